import type { NotableReport, TallyState } from '../model/occurrenceTally.ts';
import type { ShownOccurrence, ShownWord } from './shownWindow.ts';

/** A report of which more is to be said than that it was paused and came back. */
export interface ShownNotable extends Omit<NotableReport, 'state'> {
  readonly outcome: TallyState;
}

/** What became of one occurrence of a window. */
export interface ShownPastOccurrence extends ShownOccurrence {
  readonly account: string;
  readonly window: string;
  /**
   * - `open`: it is on.
   * - `ending`: it is over, and something of it is still owed, under way or doubtful.
   * - `done`: all that it held is told.
   * - `missed`: no tick came while it was open.
   * - `unknown`: it is over, and nothing was kept of its reports.
   */
  readonly state: 'open' | 'ending' | 'done' | 'missed' | 'unknown';
  /** When its begin was acted on, by which run, and how late that was; null where that was not kept. */
  readonly begunUtc: string | null;
  readonly begunLateInSeconds: number | null;
  readonly begunByRunId: string | null;
  /** The same of its end; null while it is on. */
  readonly endedUtc: string | null;
  readonly endedLateInSeconds: number | null;
  readonly endedByRunId: string | null;
  /** Who gave it another end than its window says. */
  readonly said: ShownWord | null;
  /** How many of its reports we paused in all, and where each of its reports stands or what became of it. */
  readonly counts: Readonly<Record<TallyState | 'everPaused', number>>;
  readonly executions: {
    /** Due while their reports were paused in it. */
    readonly missed: number;
    /** Of so many reports. */
    readonly missedReports: number;
    /** First executions after it: still to be seen, seen to be done, never come, or not seen before the report was paused again. */
    readonly awaited: number;
    readonly completed: number;
    readonly missing: number;
    readonly pausedAgain: number;
    readonly first: {
      readonly reportId: string;
      readonly reportName: string;
      readonly completedUtc: string;
    } | null;
  };
  /** The first of the reports of which there is more to say, by name. */
  readonly reports: readonly ShownNotable[];
  /** How many more there are. */
  readonly moreReports: number;
  /** Why nothing could be done for it at the last look; null where it could. */
  readonly problem: { readonly code: string; readonly message: string } | null;
  /** All of it in one sentence for people. */
  readonly inWords: string;
}
