import { safeText } from '../text/safeText.ts';
import type { WebhookAction } from './instruction.ts';
import { type AnyIntent, ignored, type Mapped, notMapped, type PauseIntent } from './intent.ts';
import { refuseByAge } from './said.ts';
import type { WebhookSource } from './webhookSource.ts';

const MAX_AHEAD_MS = 366 * 86_400_000;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where ends and pauses fall in the same instant, the later in this order wins. */
export const RANK = { planned: 0, rescheduled: 1, pause: 2, resume: 3 } as const;

/** What every kind of payload comes down to. */
export interface Statement extends AnyIntent {
  readonly action: WebhookAction;
  /** Whether the sender names which maintenance this is about. */
  readonly isNamed: boolean;
  readonly reportIds: readonly string[] | null;
  /** Null begins now. */
  readonly fromMs: number | null;
  /** Null leaves the end to the source's default. */
  readonly untilMs: number | null;
  /** True goes on after the named end, with the default: the sender says that it is still under way. */
  readonly isUnderWay: boolean;
}

/** Makes a statement an intent within what its source may do: end, limits, reports. */
export function createIntent(source: WebhookSource, statement: Statement, nowMs: number): Mapped {
  const tooOldOrNew = refuseByAge(statement.saidAtMs, nowMs);
  if (tooOldOrNew) return tooOldOrNew;
  const reportIds = statement.reportIds?.map((id) => id.trim().toLowerCase()) ?? null;
  if (reportIds?.some((id) => !UUID.test(id))) return notMapped('bad_field', 'reportIds');
  const unique = reportIds === null ? null : [...new Set(reportIds)];
  switch (statement.action) {
    case 'ignore':
      return ignored('asked_to_ignore', statement);
    case 'resume':
      return resumed({ ...statement, reportIds: unique }, 'asked');
    case 'pause':
      return pauseOf(source, { ...statement, reportIds: unique }, nowMs);
  }
}

function resumed(statement: Statement, because: 'asked' | 'over_already'): Mapped {
  const { reportIds } = statement;
  return { ok: true, intent: { ...commonOf(statement), action: 'resume', reportIds, because } };
}

function pauseOf(source: WebhookSource, statement: Statement, nowMs: number): Mapped {
  const { reportIds } = statement;
  const allowed = source.reports.kind === 'ids' ? new Set(source.reports.reportIds) : null;
  const granted = reportIds?.filter((id) => allowed?.has(id) ?? true) ?? null;
  const isGranted = new Set(granted);
  if (granted?.length === 0) return notMapped('report_not_allowed', 'reportIds');
  if (granted !== null && granted.length > source.maxReports)
    return notMapped('too_many_reports', 'reportIds');
  const fromMs = statement.fromMs ?? nowMs;
  if (fromMs > nowMs + MAX_AHEAD_MS) return notMapped('instant_out_of_range', 'from');
  const end = endOf(source, statement, { fromMs, nowMs });
  const isWholeKey = statement.isNamed || granted === null;
  if (end === 'over')
    return resumed({ ...statement, reportIds: isWholeKey ? null : granted }, 'over_already');
  if (end === 'before_beginning') return notMapped('bad_field', 'until');
  return {
    ok: true,
    intent: {
      ...commonOf(statement),
      ...end,
      action: 'pause',
      fromMs,
      reportIds: granted,
      deniedReportIds: reportIds?.filter((id) => !isGranted.has(id)) ?? [],
      isWholeKey,
    },
  };
}

function endOf(
  { defaultHoldMs, maxHoldMs }: WebhookSource,
  { untilMs, isUnderWay }: Statement,
  { fromMs, nowMs }: { fromMs: number; nowMs: number },
): Pick<PauseIntent, 'untilMs' | 'untilBy'> | 'over' | 'before_beginning' {
  const isOverrun = isUnderWay && untilMs !== null && untilMs <= nowMs;
  if (untilMs === null || isOverrun) {
    const untilByDefaultMs = fromMs + defaultHoldMs;
    return untilByDefaultMs <= nowMs ? 'over' : { untilMs: untilByDefaultMs, untilBy: 'default' };
  }
  if (untilMs <= fromMs) return untilMs <= nowMs ? 'over' : 'before_beginning';
  const latestMs = fromMs + maxHoldMs;
  const endMs = Math.min(untilMs, latestMs);
  if (endMs <= nowMs) return 'over';
  return { untilMs: endMs, untilBy: untilMs > latestMs ? 'maximum' : 'sender' };
}

function commonOf({ key, deliveryId, saidAtMs, rank, reason }: AnyIntent): AnyIntent {
  return { key, deliveryId, saidAtMs, rank, reason: safeText(reason, 500).toWellFormed() };
}
