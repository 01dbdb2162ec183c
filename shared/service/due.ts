import type { ReadWindows } from '../deciding/decide.ts';
import type { Mode } from '../deciding/decideReport.ts';
import type { AccountBrief } from '../ledger/survey.ts';
import type { LookFailure, NextLookReason } from '../model/lastLook.ts';
import { LOOK_AFTER_MS } from '../running/followUps.ts';
import { windowsMark } from '../running/keepLook.ts';
import { isAnotherDay } from '../time/day.ts';
import { inSteps, PIECES_PER_OCCURRENCE, type Steps } from '../time/steps.ts';
import { occurrenceAt } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';

/** Why a tick looks at an account. */
export type DueReason =
  /** The tick that looks at every account, once a day. */
  | 'daily'
  /** There is something to look after, and no look has ended since that is so. */
  | 'neverLooked'
  /** A window began, ended or was edited since the last look. */
  | 'windowsChanged'
  /** A request or a webhook wrote something since. */
  | 'news'
  /** A person asked for the tick, and there is something to look after. */
  | 'byHand'
  | NextLookReason;

/** What a tick has to do on an account. */
export type Due =
  | { readonly kind: 'look'; readonly because: DueReason }
  /** Nothing to look at yet; `failure` is why the last look failed, where it did: that still stands in the way. */
  | { readonly kind: 'quiet'; readonly failure: LookFailure | null };

/** All that it depends on whether an account is due. */
export interface DueInput {
  readonly mode: Mode;
  /** The account's own windows as they are in force now. */
  readonly windows: ReadWindows;
  readonly brief: AccountBrief;
  readonly nowMs: number;
  readonly isDaily: boolean;
  /** Whether a person asked for the tick, and no timer. */
  readonly isByHand: boolean;
}

/**
 * Whether a tick looks at the account, which costs calls to Partner Center, or leaves it alone, which costs nothing. By what is
 * so, and not by what happened: a tick that was missed, or a look that was cut short, leaves it due. In steps, because an account
 * may have a thousand windows. Pure.
 */
export function* dueInSteps(input: DueInput): Steps<Due> {
  const because = yield* reasonInSteps(input);
  return because === null
    ? { kind: 'quiet', failure: input.brief.lastLook?.failure ?? null }
    : { kind: 'look', because };
}

function* reasonInSteps(input: DueInput): Steps<DueReason | null> {
  const { mode, windows, brief, nowMs, isDaily, isByHand } = input;
  if (isDaily) {
    return 'daily';
  }
  const { lastLook } = brief;
  const open: string[] = [];
  const see = (window: Window) => {
    const occurrence = occurrenceAt(window, nowMs);
    if (occurrence !== null) open.push(occurrence.key);
  };
  yield* inSteps(windows.windows, see, PIECES_PER_OCCURRENCE);
  if (lastLook === null) {
    const isExecutionDue = brief.nextExpectedMs !== null && brief.nextExpectedMs + LOOK_AFTER_MS <= nowMs;
    const isToLookAfter = brief.lookedAfter > 0 || brief.waiting > 0 || isExecutionDue || open.length > 0;
    return isToLookAfter ? 'neverLooked' : null;
  }
  if (isByHand) {
    return 'byHand';
  }
  if (windowsMark(mode, windows, open) !== lastLook.windows) {
    return 'windowsChanged';
  }
  if (brief.news !== lastLook.news) {
    return 'news';
  }
  return nowMs >= lastLook.next.atMs ? lastLook.next.because : null;
}

/** True for the one tick a day that also looks for pauses by others. Pure; the first tick ever is none. */
export function isDailyLook(lastTickMs: number | null, nowMs: number): boolean {
  return lastTickMs !== null && isAnotherDay(lastTickMs, nowMs);
}
