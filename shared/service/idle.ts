import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { isFollowUpDue } from '../running/followUps.ts';
import { nextOccurrence, occurrenceAt } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The daily look is taken at the first tick after this hour, UTC. */
const DAILY_LOOK_AT_HOUR = 6;

/** True where a tick has nothing to do on the account: nothing is held or owned, and no window is near. Pure. */
export function isIdle(input: {
  readonly windows: readonly Window[];
  readonly snapshot: AccountSnapshot;
  readonly nowMs: number;
  readonly tickInMs: number;
}): boolean {
  const { windows, snapshot, nowMs, tickInMs } = input;
  const { holds, ownerships, takeOvers, untold } = snapshot;
  const isNear = (window: Window) => {
    const next = nextOccurrence(window, nowMs);
    return occurrenceAt(window, nowMs) !== null || (next !== null && next.fromMs <= nowMs + tickInMs);
  };
  const isEmpty = holds.length === 0 && ownerships.size === 0 && takeOvers.size === 0 && untold.length === 0;
  return isEmpty && !isFollowUpDue(snapshot, nowMs) && !windows.some(isNear);
}

/** True for the one tick a day that also looks for pauses by others. Pure; the first tick ever is none. */
export function isDailyLook(lastTickMs: number | null, nowMs: number): boolean {
  const dayOf = (atMs: number) => Math.floor((atMs - DAILY_LOOK_AT_HOUR * HOUR_IN_MS) / DAY_IN_MS);
  return lastTickMs !== null && dayOf(lastTickMs) < dayOf(nowMs);
}
