/**
 * Where a report of an occurrence stands, or what became of it.
 * - `underWay`: its window wants it paused, and that is not done yet.
 * - `paused`: paused by us now.
 * - `resumed`: paused by us, and back.
 * - `stillHeld`: paused by us, and something else held it when the occurrence was over.
 * - `owed`: paused by us, nothing holds it any more, and it is not back yet.
 * - `foreign`: a person had paused it; left alone.
 * - `resumedByPerson`: a person resumed it, or asked for it; left alone.
 * - `doubtful`: whose pause it is cannot be told.
 * - `inactive`, `notFound`: its schedule has run out; the service shows no such report.
 * - `failed`: it was not paused.
 */
export const tallyStates = [
  'underWay',
  'paused',
  'resumed',
  'stillHeld',
  'owed',
  'foreign',
  'resumedByPerson',
  'doubtful',
  'inactive',
  'notFound',
  'failed',
] as const;

export type TallyState = (typeof tallyStates)[number];

/** A report of which more is to be said than that it was paused and came back. */
export interface NotableReport {
  readonly reportId: string;
  /** Empty where it is not known. */
  readonly reportName: string;
  readonly state: TallyState;
  /** Why, by the code of its result; null where no run said it. */
  readonly code: string | null;
  /** The same in words; empty where no run said it. */
  readonly message: string;
  /** Executions that were due while it was paused in the occurrence. */
  readonly missedExecutions: number;
}

/** The first execution of a report that was seen to be done after the occurrence. */
export interface FirstExecution {
  readonly reportId: string;
  readonly reportName: string;
  /** When it was generated, epoch milliseconds. */
  readonly completedMs: number;
}

/** What became of the executions of an occurrence's reports. */
export interface TalliedExecutions {
  /** Due while their reports were paused in the occurrence, and not made up for. */
  readonly missed: number;
  /** Of so many reports. */
  readonly missedReports: number;
  /** First executions after the occurrence that were seen to be done. */
  readonly completed: number;
  /** First executions that never came. */
  readonly missing: number;
  /** Reports that were paused again before their first execution was seen. */
  readonly pausedAgain: number;
  /** The earliest that was seen to be done; null where none was yet. */
  readonly first: FirstExecution | null;
}

/** Of so many reports of an occurrence it is said one by one what became of them. */
export const MAX_NOTABLE = 100;

/**
 * What became of the reports of one occurrence of a window: kept with the account while any of it can change, and counted alone
 * in the history. Each report counts once, by what is so, so that a run that is done again changes nothing. Instants are epoch
 * milliseconds.
 */
export interface OccurrenceTally {
  readonly window: string;
  readonly fromMs: number;
  /** The end as it was planned last; null stays until somebody resumes. */
  readonly untilMs: number | null;
  readonly timeZone: string;
  /** Whether pauses were begun at all. */
  readonly mode: 'act' | 'observe';
  /** When its first report was held; null where none was. */
  readonly heldSinceMs: number | null;
  /** Who gave it another end than its window says. */
  readonly said: {
    readonly what: 'ended' | 'extended';
    readonly by: string;
    readonly why: string;
    readonly atMs: number;
    readonly untilMs: number;
  } | null;
  /** Why the last look at it could do nothing; null where it could. */
  readonly problem: { readonly code: string; readonly message: string } | null;
  /** Whether it is over. */
  readonly isOver: boolean;
  /** When that was seen; null while it is on. */
  readonly overSinceMs: number | null;
  /** Reports that are counted and are looked at no more. */
  readonly counts: Readonly<Partial<Record<TallyState, number>>>;
  /** The others by their ids. */
  readonly ids: Readonly<Partial<Record<TallyState, readonly string[]>>>;
  /** Resumed reports whose first execution is still to be seen. */
  readonly awaited: readonly string[];
  readonly executions: TalliedExecutions;
  /** {@link MAX_NOTABLE} at most. */
  readonly notable: readonly NotableReport[];
}
