import type { MissedOccurrence } from '../ledger/occurrenceHistory.ts';
import { inSteps, PIECES_PER_OCCURRENCE, type Steps } from '../time/steps.ts';
import { occurrencesBetween } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';

/** Ticks may be missed for long; more occurrences than this of one window are not told one by one. */
const MAX_TOLD = 10;

/** An occurrence that is over, of which account's window. */
export interface MissedWindow extends MissedOccurrence {
  readonly account: string;
}

/**
 * The occurrences that began and ended between two ticks, so that nothing was paused for them. One that a person ended was not
 * missed: somebody knew of it. Pure.
 */
export function* missedInSteps(
  windows: readonly Window[],
  lastTickMs: number,
  nowMs: number,
): Steps<readonly MissedWindow[]> {
  const missed: MissedWindow[] = [];
  const see = (window: Window) => {
    for (const { fromMs, untilMs } of occurrencesBetween(window, lastTickMs, nowMs, MAX_TOLD)) {
      if (fromMs > lastTickMs && untilMs !== null && untilMs <= nowMs && !isEnded(window, fromMs)) {
        const { name, account, schedule } = window;
        missed.push({ window: name, account, fromMs, untilMs, timeZone: schedule.timeZone });
      }
    }
  };
  yield* inSteps(windows, see, PIECES_PER_OCCURRENCE);
  return missed;
}

function isEnded({ said }: Window, fromMs: number): boolean {
  return said?.some((one) => one.fromMs === fromMs && one.said === 'ended') === true;
}
