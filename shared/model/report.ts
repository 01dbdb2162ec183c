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
  /** `modifiedTime` as an instant, epoch milliseconds; null until the first change, and where it cannot be read. */
  readonly modifiedMs: number | null;
  /** First execution, epoch milliseconds; null where the service does not say. */
  readonly startTimeMs: number | null;
  readonly recurrenceIntervalInHours: number | null;
  readonly recurrenceCount: number | null;
  /** The fields that a person can edit, each as a short hash; a field that the answer lacks is left out. */
  readonly contents: string;
}

/** One run of a report. There is no failed state in the contract. Source: "Get report executions". */
export interface ReportExecution {
  readonly executionId: string;
  readonly reportId: string;
  readonly executionStatus: 'Pending' | 'Running' | 'Paused' | 'Completed';
  readonly generatedTimeMs: number | null;
}
