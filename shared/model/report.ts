/** The three states of a scheduled report, and nothing else. Source: "Pause report executions", glossary. */
export type ReportStatus = 'Active' | 'Paused' | 'Inactive';

/** A scheduled Insights report as the service last showed it; only the fields this product decides by. */
export interface Report {
  /** UUID in lower case. */
  readonly reportId: string;
  readonly reportName: string;
  readonly queryId: string;
  /** Who created it: a user principal name on `mpn`, a number in text form on `cmp`. */
  readonly user: string;
  readonly reportStatus: ReportStatus;
  readonly executeNow: boolean;
  /** As the service wrote it, to be compared and never computed with; null until the first change. */
  readonly modifiedTime: string | null;
  /** First execution, epoch milliseconds; null where the service does not say. */
  readonly startTimeMs: number | null;
  readonly recurrenceIntervalInHours: number | null;
  readonly recurrenceCount: number | null;
  /**
   * A hash over every field of the answer but those that change without an edit (`modifiedTime`, `reportStatus`,
   * `executionStatus`): two equal hashes mean that nobody edited the report in between.
   */
  readonly contentHash: string;
}

/** One run of a report. There is no failed state in the contract. Source: "Get report executions". */
export interface ReportExecution {
  readonly executionId: string;
  readonly reportId: string;
  readonly executionStatus: 'Pending' | 'Running' | 'Paused' | 'Completed';
  readonly generatedTimeMs: number | null;
}
