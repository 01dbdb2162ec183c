/** An account that a tick leaves to a driver of its own. */
export interface DueAccount {
  /** The account's name. */
  readonly account: string;
  readonly accountKey: string;
}

/** A driver that should have worked on its account by now. */
export interface LateDriver {
  readonly account: string;
  /** Since when nothing was done on it, epoch milliseconds. */
  readonly sinceMs: number;
}

/** Where a tick leaves many accounts: each gets one message of the queue, and whichever instance takes it works on it. */
export interface Drivers {
  /**
   * Asks for a driver for each account that has none yet. An account whose driver gave no sign of life for two periods
   * is asked for anew. @throws what the storage throws; what was asked for by then stands.
   */
  ask(
    due: readonly DueAccount[],
    tick: {
      readonly correlationId: string;
      readonly nowMs: number;
      /** See `periodInMs` of `model/lastLook.ts`. */
      readonly periodInMs: number;
      /** When the tick before this one began; null before the first. */
      readonly lastTickMs: number | null;
      /** The tick that also looks for pauses by others, and drops old history. */
      readonly isDaily: boolean;
    },
  ): Promise<{ readonly late: readonly LateDriver[] }>;
}
