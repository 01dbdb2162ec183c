import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Hold, isOverAt } from '../model/hold.ts';
import type { Intent, PauseIntent, ResumeIntent } from './intent.ts';
import type { KeyHistory, Settled } from './settleStatement.ts';
import type { WebhookSource } from './webhookSource.ts';

/** What begins so soon goes on with what is held: a resume between the two would come with a pause right behind it. */
const SOON_MS = 5 * 60_000;

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
  // Missing in what a release before this one kept.
  isEnd: z.boolean().default(false),
});

export const keyStateShape: z.ZodType<KeyState> = z.object({
  history: z.object({
    said: z.array(said),
    // Missing in what a release before this one kept.
    forgottenUntilMs: z.number().nullable().default(null),
  }),
  unfinished: z.array(z.string()),
});

/** The id of all holds of a key. The key names its source, so no two sources share one. */
export function webhookHoldId(key: string): string {
  return `webhook.${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/** Everything that the holds of a key depend on. */
export interface PlanInput<Said extends Exclude<Intent, { action: 'ignore' }>> {
  readonly source: Pick<WebhookSource, 'name' | 'maxHoldMs'>;
  readonly intent: Said;
  readonly settled: Extract<Settled, { history: KeyHistory }>;
  /** The holds of the key that are stored. */
  readonly stored: readonly Hold[];
  readonly nowMs: number;
  readonly place: number;
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
    .map((hold) => endedBy(hold, source.name, intent.reason, nowMs));
}

/**
 * The holds that begin, move or end, as they are to be written; those that are as they should be are left out. `reportIds`
 * are the reports of the source that are meant. While it goes on, a hold keeps what a person decided about its report, and
 * when it began: from there `maxHold` counts, so that no repeat makes a pause longer. What the key held beside the
 * reports that are meant now ends, where the statement is about the whole key. Pure.
 */
export function planPause(
  input: PlanInput<PauseIntent> & { readonly reportIds: readonly string[] },
): PlannedPause {
  const { intent, settled, stored, nowMs, source, reportIds } = input;
  const meant = meantBy(settled);
  const before = new Map(stored.map((hold) => [hold.reportId, hold]));
  const wanted = new Set(reportIds.filter(meant));
  const planned = [...wanted].map((reportId) => {
    const known = before.get(reportId) ?? null;
    return { known, hold: holdOf(input, reportId, known) };
  });
  const held = planned.filter(({ known, hold }) => !isOverAt(hold, nowMs) && !isSame(known, hold, nowMs));
  const left = stored.filter(
    (hold) =>
      settled.reportIds === null &&
      !isOverAt(hold, nowMs) &&
      meant(hold.reportId) &&
      !wanted.has(hold.reportId),
  );
  return {
    holds: [
      ...held.map(({ hold }) => hold),
      ...left.map((hold) => endedBy(hold, source.name, intent.reason, nowMs)),
    ],
    atMaximum: planned.filter(({ hold }) => hold.untilMs !== null && hold.untilMs < intent.untilMs).length,
  };
}

/** What is to be written for a pause. */
export interface PlannedPause {
  readonly holds: readonly Hold[];
  /** Reports whose pause has lasted so long that it ends earlier than was asked for, or has ended already. */
  readonly atMaximum: number;
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
  { intent, nowMs, source, place }: PlanInput<PauseIntent>,
  reportId: string,
  before: Hold | null,
): Hold {
  // A hold whose time is over and that is still stored has its report paused yet, so that this is the same pause.
  const isSamePause = before !== null && before.ended === null && before.fromMs <= nowMs;
  const goesOn = isSamePause && intent.fromMs <= nowMs + SOON_MS;
  const fromMs = goesOn ? Math.min(before.fromMs, intent.fromMs) : intent.fromMs;
  return {
    holdId: webhookHoldId(intent.key),
    reportId,
    holder: { kind: 'webhook', source: source.name, key: intent.key },
    state: goesOn && !isOverAt(before, nowMs) ? before.state : 'live',
    who: webhookName(source.name),
    why: intent.reason,
    fromMs,
    untilMs: Math.min(intent.untilMs, fromMs + source.maxHoldMs),
    onManualResume: 'respect',
    requestId: intent.deliveryId,
    createdMs: before?.createdMs ?? nowMs,
    place,
    ended: null,
  };
}

/** The same delivery again makes no hold longer. */
function isSame(before: Hold | null, after: Hold, nowMs: number): boolean {
  return (
    before !== null &&
    !isOverAt(before, nowMs) &&
    (before.requestId === after.requestId || JSON.stringify(before) === JSON.stringify(after))
  );
}
