import { type Hold, isOverAt } from '../model/hold.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import { fitHistory } from './fitHistory.ts';
import type { Intent, PauseIntent, PayloadRefusal } from './intent.ts';
import type { SourceReports } from './meantReports.ts';
import { type KeyState, planPause, planResume, webhookHoldId } from './planHolds.ts';
import { isInDoubt, NO_HISTORY, settleStatement } from './settleStatement.ts';
import type { WebhookParts } from './webhookParts.ts';
import type { WebhookSource } from './webhookSource.ts';

/** What became of one event. */
export type Applied =
  | { readonly kind: 'applied'; readonly holds: readonly Hold[]; readonly atMaximum: number }
  /** It came before and was dealt with, or something later was said already. */
  | { readonly kind: 'nothingNew'; readonly because: 'repeated' | 'outdated' }
  /** A pause that MODE does not let begin: nothing was written of it. `holds` would have been, as far as that is known. */
  | {
      readonly kind: 'notBegun';
      readonly because: 'observe_mode' | 'mode_off';
      readonly holds: number;
      readonly atMaximum: number;
    }
  | { readonly kind: 'refused'; readonly code: PayloadRefusal }
  /** The account's reports could not be read, so that nothing was written. */
  | { readonly kind: 'unknownReports' };

/** An event that asks for something. */
export type ActiveIntent = Exclude<Intent, { action: 'ignore' }>;

/**
 * Writes what an event asks for: what was said and the holds in one step, so that a late writer of something older can
 * never undo what is newer. A source reaches the holds of its own keys only. MODE keeps pauses from being written, and no end:
 * what it keeps from being acted upon is due when it lets it. @throws LedgerError
 */
export async function applyIntent(
  {
    parts,
    keyedHolds,
  }: Pick<WebhookParts, 'keyedHolds'> & { readonly parts: Pick<ServiceParts, 'mode' | 'clock'> },
  {
    source,
    accountKey,
    intent,
    place,
    meant,
  }: {
    readonly source: WebhookSource;
    readonly accountKey: string;
    readonly intent: ActiveIntent;
    /** Of the delivery, in the account's order of requests. */
    readonly place: number;
    readonly meant: () => Promise<SourceReports>;
  },
): Promise<Applied> {
  if (parts.mode === 'off' && intent.action === 'pause') {
    return { kind: 'notBegun', because: 'mode_off', holds: 0, atMaximum: 0 };
  }
  const asked = intent.action === 'pause' ? await reportsOf(source, intent, meant) : null;
  if (asked !== null && asked.kind !== 'reports') return asked;
  const nowMs = parts.clock.now();
  let outcome: Applied = { kind: 'nothingNew', because: 'outdated' };
  await keyedHolds.change({ accountKey, holdId: webhookHoldId(intent.key) }, (state, stored) => {
    const { history, unfinished } = state ?? { history: NO_HISTORY, unfinished: [] };
    const settled = settleStatement(history, asked?.intent ?? intent, nowMs);
    if (settled.verdict === 'outdated') {
      outcome = { kind: 'nothingNew', because: 'outdated' };
      return null;
    }
    if (settled.verdict === 'forgotten') {
      outcome = { kind: 'refused', code: 'said_too_long_ago' };
      return null;
    }
    if (settled.verdict === 'again' && !unfinished.includes(intent.deliveryId)) {
      outcome = { kind: 'nothingNew', because: 'repeated' };
      return null;
    }
    if (isInDoubt(settled, intent)) {
      outcome = { kind: 'refused', code: 'said_too_long_ago' };
      return null;
    }
    const common = { source, settled, stored, nowMs, place };
    const { holds, atMaximum } =
      asked === null
        ? { holds: planResumeOf(intent, common), atMaximum: 0 }
        : planPause({ ...common, intent: asked.intent, reportIds: asked.reportIds });
    const counting = new Set(settled.history.said.map(({ deliveryId }) => deliveryId));
    const others = unfinished.filter((id) => id !== intent.deliveryId && counting.has(id));
    const isHeld = heldBy(stored, holds, nowMs);
    const fitted = fitHistory(settled.history, { isHeld, unfinished: others });
    // An end is written in any case, because it makes what is held less, and so is what was begun.
    if (fitted.isTooLong && intent.action === 'pause' && settled.verdict === 'apply') {
      outcome = { kind: 'refused', code: 'too_much_said' };
      return null;
    }
    if (parts.mode === 'observe' && intent.action === 'pause') {
      outcome = { kind: 'notBegun', because: 'observe_mode', holds: holds.length, atMaximum };
      return null;
    }
    outcome = { kind: 'applied', holds, atMaximum };
    const next = (left: readonly string[]): KeyState => ({ history: fitted.history, unfinished: left });
    return { holds, state: next(others), unfinished: next([...others, intent.deliveryId]) };
  });
  return outcome;
}

/** Which reports the key holds once these holds are written. */
function heldBy(
  stored: readonly Hold[],
  written: readonly Hold[],
  nowMs: number,
): (reportId: string) => boolean {
  const after = new Map([...stored, ...written].map((hold) => [hold.reportId, hold]));
  return (reportId) => {
    const hold = after.get(reportId);
    return hold !== undefined && !isOverAt(hold, nowMs);
  };
}

function planResumeOf(
  intent: ActiveIntent,
  common: Omit<Parameters<typeof planResume>[0], 'intent'>,
): readonly Hold[] {
  return intent.action === 'resume' ? planResume({ ...common, intent }) : [];
}

type Asked =
  | { readonly kind: 'reports'; readonly reportIds: readonly string[]; readonly intent: PauseIntent }
  | Extract<Applied, { kind: 'refused' | 'unknownReports' }>;

/** Which reports a pause is about, within what its source may touch. */
async function reportsOf(
  source: WebhookSource,
  intent: PauseIntent,
  meant: () => Promise<SourceReports>,
): Promise<Asked> {
  const all = await meant();
  if (!all.ok) return { kind: 'unknownReports' };
  const allowed = new Set(all.reportIds);
  const granted = intent.reportIds?.filter((reportId) => allowed.has(reportId)) ?? null;
  if (granted?.length === 0) return { kind: 'refused', code: 'report_not_allowed' };
  const reportIds = granted ?? all.reportIds;
  if (reportIds.length > source.maxReports) return { kind: 'refused', code: 'too_many_reports' };
  return { kind: 'reports', reportIds, intent: { ...intent, reportIds: granted } };
}
