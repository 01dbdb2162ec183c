import type { ReportDecision } from '../deciding/decideReport.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import { type Hold, isLiveAt } from '../model/hold.ts';
import { periodInMs } from '../model/lastLook.ts';
import type { Ownership } from '../model/ownership.ts';
import { alarmsInSteps } from '../running/alarms.ts';
import { inSteps, type Steps } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { AccountView } from './readAccount.ts';
import type { ServiceParts } from './serviceParts.ts';

/** Why a report wants a person, by a stable name. The most urgent stands first. */
export const ATTENTION_CAUSES = [
  'leftPaused',
  'doubtful',
  'owed',
  'unseen',
  'late',
  'notEffective',
  'tooLong',
  'recreated',
] as const;

type AttentionCause = (typeof ATTENTION_CAUSES)[number];

/** Something about a report that lasts until a person looks at it. */
export interface Attention {
  readonly cause: AttentionCause;
  /** What is so. */
  readonly message: string;
  /** What to do about it. */
  readonly whatToDo: string;
}

/** A run acts within a minute of what is due: what has waited for so long is late. */
const LATE_AFTER_MS = 120_000;

/** Whoever was read by its id so lately is there, even where a list lacks it. */
const LOOKED_LATELY_MS = 900_000;

const causeOfEvent: Partial<Record<ReportEvent['name'], AttentionCause>> = {
  LeftPaused: 'leftPaused',
  ReportDoubtful: 'doubtful',
  ResumeOwed: 'owed',
  PauseNotEffective: 'notEffective',
  HoldTooLong: 'tooLong',
  ReportRecreated: 'recreated',
};

const whatToDo: Readonly<Record<AttentionCause, string>> = {
  leftPaused:
    'Look at it in Partner Center. If it shall run, resume it and take it over; if it shall stay paused, acknowledge it.',
  doubtful:
    'Ask who paused it. If it shall run, resume it and take it over, with a reason; if it shall stay paused, acknowledge it.',
  owed: 'It is tried again at the latest after five minutes. If it stays, see the code: quota, permission, sign-in.',
  unseen: 'Check in Partner Center that it exists, and that the identity still sees it.',
  late: 'It is tried again each minute. If it stays, see when its account was looked at last, and the runs.',
  notEffective: 'Look at it in Partner Center. It is tried again every 15 minutes while its hold lasts.',
  tooLong: 'See who holds it, and resume it if it was forgotten.',
  recreated:
    'Stop the automation that makes reports anew, or delete one of the two: both run after the resume.',
};

/** What wants a person about each report of an account, as it is shown now; reports that want nobody are left out. */
export function* attentionOf(
  { maxHoldInMs, tickInMs }: Pick<ServiceParts, 'maxHoldInMs' | 'tickInMs'>,
  { snapshot, observations }: Pick<Extract<AccountView, { ok: true }>, 'snapshot' | 'observations'>,
  decisions: readonly Pick<ReportDecision, 'reportId' | 'action' | 'reason'>[],
  nowMs: number,
): Steps<ReadonlyMap<string, readonly Attention[]>> {
  const found = new Map<string, Attention[]>();
  const add = (reportId: string, cause: AttentionCause, message: string) => {
    const attention = { cause, message, whatToDo: whatToDo[cause] };
    found.set(reportId, [...(found.get(reportId) ?? []), attention]);
  };
  const bridged = new Set(
    decisions.flatMap(({ reportId, reason }) => (reason === 'next_hold_begins_soon' ? [reportId] : [])),
  );
  const alarms = yield* alarmsInSteps({
    ...{ snapshot, observations, bridged, nowMs, maxHoldInMs, isListed: false },
    periodInMs: periodInMs(tickInMs),
  });
  for (const { event } of alarms) {
    const cause = causeOfEvent[event.name];
    if (cause !== undefined) add(event.reportId, cause, sentence(event.detail));
  }
  yield* inSteps(snapshot.ownerships.values(), (owned) => {
    if (observations.get(owned.reportId)?.kind !== 'seen' && isUnseen(owned, nowMs)) {
      add(owned.reportId, 'unseen', 'Paused by us, and Partner Center does not show it now.');
    }
  });
  const heldSinceMs = earliestLive(
    snapshot.holds.map(({ hold }) => hold),
    nowMs,
  );
  yield* inSteps(decisions, ({ reportId, action }) => {
    const sinceMs = heldSinceMs.get(reportId) ?? nowMs;
    if (action === 'pause' && nowMs - sinceMs > LATE_AFTER_MS) {
      add(reportId, 'late', `It is to be paused since ${utcText(sinceMs)}, and is not yet.`);
    }
  });
  return new Map([...found].map(([reportId, all]) => [reportId, all.toSorted(byUrgency)]));
}

function byUrgency(one: Attention, other: Attention): number {
  return ATTENTION_CAUSES.indexOf(one.cause) - ATTENTION_CAUSES.indexOf(other.cause);
}

function isUnseen({ kind, odd, lookedMs }: Ownership, nowMs: number): boolean {
  return kind !== 'ended' && (odd?.status === 'notFound' || nowMs - lookedMs > LOOKED_LATELY_MS);
}

function earliestLive(holds: readonly Hold[], nowMs: number): ReadonlyMap<string, number> {
  const sinceMs = new Map<string, number>();
  for (const hold of holds) {
    if (isLiveAt(hold, nowMs)) {
      sinceMs.set(hold.reportId, Math.min(hold.fromMs, sinceMs.get(hold.reportId) ?? hold.fromMs));
    }
  }
  return sinceMs;
}

/** An alarm's detail as a sentence for people. */
function sentence(detail: string): string {
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1).replace(/; settle it:.*$|; see docs\/.*$/, '')}.`;
}
