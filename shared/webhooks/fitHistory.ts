import type { KeyHistory, Said } from './settleStatement.ts';

/** As long as the JSON of what is kept of a key may become, in UTF-16 units: a row takes 480,000, and bears more beside it. */
export const MAX_HISTORY_LENGTH = 440_000;

/** What may not be forgotten of a history. */
export interface StillCounts {
  /** True where the key holds the report, now or from some instant on. */
  readonly isHeld: (reportId: string) => boolean;
  /** Deliveries that are to be finished when they come again: what a pause of these has yet to hold is no less meant. */
  readonly unfinished: readonly string[];
}

/** A history that is as short as it must be, or, where it is too long all the same, as short as it can be. */
export interface FittedHistory {
  readonly history: KeyHistory;
  readonly isTooLong: boolean;
}

/**
 * Forgets, the oldest first, what was said about reports that the key does not hold, until the history is short enough. What was forgotten can only have put aside a pause that was said before it and comes
 * late: so from then on no pause counts that was said up to {@link KeyHistory.forgottenUntilMs}. An end that comes late
 * counts as before, because it ends nothing of what is not held, and what is held is remembered. Pure.
 */
export function fitHistory(
  history: KeyHistory,
  { isHeld, unfinished }: StillCounts,
  maxLength = MAX_HISTORY_LENGTH,
): FittedHistory {
  const mustStay = new Set(unfinished);
  const length = JSON.stringify({ ...history, unfinished }).length;
  let tooLong = length + FLOOR_LENGTH - maxLength;
  let forgottenUntilMs = history.forgottenUntilMs;
  const kept: Said[] = [];
  for (const said of history.said.toReversed()) {
    const mayGo = said.isEnd || !mustStay.has(said.deliveryId);
    const left = tooLong > 0 && mayGo ? ofHeld(said, isHeld) : said;
    if (left !== said) {
      tooLong -= lengthOf(said) - lengthOf(left);
      forgottenUntilMs = Math.max(forgottenUntilMs ?? said.atMs, said.atMs);
    }
    if (left !== null) kept.push(left);
  }
  return { history: { said: kept.reverse(), forgottenUntilMs }, isTooLong: tooLong > 0 };
}

/** What may be written for the instant in place of null. */
const FLOOR_LENGTH = 16;

/** The same where all of it is held, or it is about the whole key; null where nothing is. */
function ofHeld(said: Said, isHeld: (reportId: string) => boolean): Said | null {
  if (said.reportIds === null) return said;
  const reportIds = said.reportIds.filter(isHeld);
  if (reportIds.length === said.reportIds.length) return said;
  return reportIds.length === 0 ? null : { ...said, reportIds };
}

function lengthOf(said: Said | null): number {
  return said === null ? 0 : JSON.stringify(said).length + 1;
}
