/**
 * While anything is held or looked after, its account is looked at so often, whatever else is due: what people do in Partner
 * Center is told to nobody.
 */
export const LOOK_PERIOD_IN_MS = 300_000;

/** What counts in periods (a driver that does not come, a report left paused) counts looks, however often the timer fires. Pure. */
export function periodInMs(tickInMs: number): number {
  return Math.max(tickInMs, LOOK_PERIOD_IN_MS);
}

/** Why an account is to be looked at again at an instant that was known at its last look. */
export type NextLookReason =
  /** A hold begins or ends then. */
  | 'holdBoundary'
  /** A report is to be read by id then. */
  | 'lookById'
  /** The next execution of a resumed report can be asked for then. */
  | 'execution'
  /** Something could not be done or seen, or is under way: tried again. */
  | 'openWork'
  /** The look itself failed: tried again. */
  | 'lookFailed'
  /** What a person may have done meanwhile. */
  | 'period';

/** When the next look is due at the latest, epoch milliseconds, and why. */
export interface NextLook {
  readonly atMs: number;
  readonly because: NextLookReason;
}

/** Why a look at an account failed, by a stable code. */
export interface LookFailure {
  readonly code: string;
  readonly message: string;
}

/**
 * What the last look at a whole account left behind, so that a tick can tell without asking anybody whether the next one is
 * due. No row of it: nothing is held or looked after, or no look has ended since that is so. Instants are epoch milliseconds.
 */
export interface LastLook {
  /** When the last look that saw the account's reports read the ledger; null where none did since there is something to see. */
  readonly lookedMs: number | null;
  /** When the last look of any outcome began. */
  readonly triedMs: number;
  readonly next: NextLook;
  /** Looks in a row that failed, or left something open. */
  readonly tries: number;
  /** Why the last one saw no list of reports; null where it did. */
  readonly failure: LookFailure | null;
  /** The mark of the last news that it took in: doors leave another one with all that they write. */
  readonly news: string;
  /** The windows as it knew them, and which of their occurrences were open, as one mark. */
  readonly windows: string;
  /** Occurrences that were open and are begun, by their keys. */
  readonly begun: readonly string[];
}
