/** A named maintenance window of one account: when it is, and which reports it holds paused. */
export interface Window {
  /** `[a-z0-9-]{1,63}`, unique among all windows. */
  readonly name: string;
  /** Name of the account whose reports are meant. */
  readonly account: string;
  readonly reports: ReportSelector;
  /** UUIDs in lower case. An exclusion always wins over the selector. */
  readonly excludeReportIds: readonly string[];
  /** Name pattern as in {@link MatchSelector}; null excludes nothing. */
  readonly excludeNamePattern: string | null;
  readonly schedule: Schedule;
  /** What happens to a report that a person resumes inside the window: leave it alone, or pause it again. */
  readonly onManualResume: 'respect' | 'reassert';
  /** Above this many selected reports the window pauses none. */
  readonly maxReports: number;
  readonly enabled: boolean;
}

/** Which reports a window means, before its exclusions. */
export type ReportSelector = IdSelector | MatchSelector;

/** The reports with these ids, ExecuteNow reports included. */
export interface IdSelector {
  readonly kind: 'ids';
  /** UUIDs in lower case, each once, at least one. */
  readonly reportIds: readonly string[];
}

/**
 * The reports that match; looked up on every tick, so that a report created inside the window is taken in. Never an
 * ExecuteNow report. Either `all` is true, or at least one of the two others is set; where both are, both must match.
 */
export interface MatchSelector {
  readonly kind: 'match';
  readonly all: boolean;
  /** Whole name, whatever its case; `*` stands for any run of characters, `?` for exactly one. No escape sign. */
  readonly namePattern: string | null;
  /** UUID in lower case. */
  readonly queryId: string | null;
}

export type Schedule = RecurringSchedule | OneOffSchedule;

/** Starts by a cron expression in local wall time. */
export interface RecurringSchedule {
  readonly kind: 'recurring';
  /** Cron of the start: five fields, or six with seconds first. */
  readonly start: string;
  /** Elapsed time; null lasts until the next start, which people are shown as "until resumed". */
  readonly durationMs: number | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Local dates `YYYY-MM-DD`; a start whose wall time is on one of them does not happen. */
  readonly skipDates: readonly string[];
}

/** Happens once. */
export interface OneOffSchedule {
  readonly kind: 'oneOff';
  readonly fromMs: number;
  readonly untilMs: number;
  /** IANA name in which people are shown the two instants. */
  readonly timeZone: string;
}
