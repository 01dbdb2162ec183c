import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Hold, isOverAt } from '../model/hold.ts';
import type { Intent, PauseIntent, ResumeIntent } from './intent.ts';
import type { KeyHistory, Settled } from './settleStatement.ts';

/** What is stored about a key beside its holds. */
export interface KeyState {
  readonly history: KeyHistory;
  /** Deliveries that count, and whose holds are not all written yet. */
  readonly unfinished: readonly string[];
}

const said = z.object({
  atMs: z.number(),
  rank: z.number(),
  deliveryId: z.string(),
  reportIds: z.array(z.string()).nullable(),
});

export const keyStateShape: z.ZodType<KeyState> = z.object({
  history: z.object({ said: z.array(said) }),
  unfinished: z.array(z.string()),
});

/** The id of all holds of a key. The key names its source, so no two sources share one. */
export function webhookHoldId(key: string): string {
  return `webhook.${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/** Everything that the holds of a key depend on. */
export interface PlanInput<Said extends Exclude<Intent, { action: 'ignore' }>> {
  readonly source: string;
  readonly intent: Said;
  readonly settled: Extract<Settled, { history: KeyHistory }>;
  /** The holds of the key that are stored. */
  readonly stored: readonly Hold[];
  readonly nowMs: number;
}

/** The holds that end, as they are to be written. Pure. */
export function planResume({
  intent,
  settled,
  stored,
  nowMs,
  source,
}: PlanInput<ResumeIntent>): readonly Hold[] {
  const meant = meantBy(settled);
  return stored
    .filter((hold) => meant(hold.reportId) && !isOverAt(hold, nowMs))
    .map((hold) => endedBy(hold, source, intent.reason, nowMs));
}

/**
 * The holds that begin, move or end, as they are to be written; those that are as they should be are left out. `reportIds`
 * are the reports of the source that are meant. While it goes on, a hold keeps what a person decided about its report.
 * A pause of all ends what the key held beside them. Pure.
 */
export function planPause(
  input: PlanInput<PauseIntent> & { readonly reportIds: readonly string[] },
): readonly Hold[] {
  const { intent, settled, stored, nowMs, source, reportIds } = input;
  const meant = meantBy(settled);
  const live = new Map(stored.filter((hold) => !isOverAt(hold, nowMs)).map((hold) => [hold.reportId, hold]));
  const wanted = new Set(reportIds.filter(meant));
  const held = [...wanted].flatMap((reportId) => {
    const before = live.get(reportId) ?? null;
    const hold = holdOf(input, reportId, before);
    return before !== null && isSame(before, hold) ? [] : [hold];
  });
  const isAboutAll = settled.reportIds === null;
  const left = [...live.values()].filter(
    ({ reportId }) => isAboutAll && meant(reportId) && !wanted.has(reportId),
  );
  return [...held, ...left.map((hold) => endedBy(hold, source, intent.reason, nowMs))];
}

/** Who a webhook's holds name. */
export function webhookName(source: string): string {
  return `webhook ${source}`;
}

function meantBy({
  reportIds,
  exceptReportIds,
}: Pick<PlanInput<ResumeIntent>['settled'], 'reportIds' | 'exceptReportIds'>): (reportId: string) => boolean {
  const only = reportIds === null ? null : new Set(reportIds);
  const except = new Set(exceptReportIds);
  return (reportId) => (only?.has(reportId) ?? true) && !except.has(reportId);
}

function endedBy(hold: Hold, source: string, why: string, atMs: number): Hold {
  return { ...hold, ended: { by: webhookName(source), why, atMs } };
}

function holdOf(
  { intent, nowMs, source }: PlanInput<PauseIntent>,
  reportId: string,
  before: Hold | null,
): Hold {
  const goesOn = before !== null && before.fromMs <= nowMs && intent.fromMs <= nowMs;
  return {
    holdId: webhookHoldId(intent.key),
    reportId,
    holder: { kind: 'webhook', source, key: intent.key },
    state: goesOn ? before.state : 'live',
    who: webhookName(source),
    why: intent.reason,
    fromMs: goesOn ? Math.min(before.fromMs, intent.fromMs) : intent.fromMs,
    untilMs: intent.untilMs,
    onManualResume: 'respect',
    requestId: intent.deliveryId,
    createdMs: before?.createdMs ?? nowMs,
    ended: null,
  };
}

/** The same delivery again makes no hold longer. */
function isSame(before: Hold, after: Hold): boolean {
  return before.requestId === after.requestId || JSON.stringify(before) === JSON.stringify(after);
}
