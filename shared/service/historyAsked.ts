import { HISTORY_KEPT_IN_DAYS } from '../ledger/history.ts';

/** So much is told at once where nobody says how much, and at most. */
export const DEFAULT_HISTORY_PAGE = 50;
export const MAX_HISTORY_PAGE = 500;

/** Which part of the history is asked for, newest first. */
export interface HistoryAsked {
  /** An instant and later; null is as far as it goes. Epoch milliseconds. */
  readonly fromMs: number | null;
  /** Before an instant; null is now. */
  readonly untilMs: number | null;
  readonly limit: number;
  /** The place of the last that was told; null begins. */
  readonly after: string | null;
}

/** What is older than it is kept is told no more, also where it was not deleted yet. Pure. */
export function sinceKept<Asked extends HistoryAsked>(asked: Asked, nowMs: number): Asked {
  const keptSinceMs = nowMs - HISTORY_KEPT_IN_DAYS * 86_400_000;
  return { ...asked, fromMs: Math.max(asked.fromMs ?? keptSinceMs, keptSinceMs) };
}

/** One page, and the place of its last where there is more. */
export interface HistoryPage<Item> {
  readonly items: readonly Item[];
  readonly goesOnAfter: string | null;
}
