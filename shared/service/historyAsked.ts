/** History is kept for so long. */
export const HISTORY_DAYS = 90;

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

/** One page, and the place of its last where there is more. */
export interface HistoryPage<Item> {
  readonly items: readonly Item[];
  readonly goesOnAfter: string | null;
}
