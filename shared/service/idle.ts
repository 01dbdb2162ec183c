import type { AccountBrief } from '../ledger/survey.ts';
import { LOOK_AFTER_MS } from '../running/followUps.ts';
import { nextOccurrence, occurrenceAt } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The daily look is taken at the first tick after this hour, UTC. */
const DAILY_LOOK_AT_HOUR = 6;

/** True where a tick has nothing to do on the account: nothing is held or owned, and no window is near. Pure. */
export function isIdle(input: {
  readonly windows: readonly Window[];
  readonly brief: AccountBrief;
  readonly nowMs: number;
  readonly tickInMs: number;
}): boolean {
  const { windows, brief, nowMs, tickInMs } = input;
  const isNear = (window: Window) => {
    const next = nextOccurrence(window, nowMs);
    return occurrenceAt(window, nowMs) !== null || (next !== null && next.fromMs <= nowMs + tickInMs);
  };
  const isFollowUpDue = brief.nextExpectedMs !== null && brief.nextExpectedMs + LOOK_AFTER_MS <= nowMs;
  return brief.owned === 0 && brief.waiting === 0 && !isFollowUpDue && !windows.some(isNear);
}

/** True for the one tick a day that also looks for pauses by others. Pure; the first tick ever is none. */
export function isDailyLook(lastTickMs: number | null, nowMs: number): boolean {
  const dayOf = (atMs: number) => Math.floor((atMs - DAILY_LOOK_AT_HOUR * HOUR_IN_MS) / DAY_IN_MS);
  return lastTickMs !== null && dayOf(lastTickMs) < dayOf(nowMs);
}
