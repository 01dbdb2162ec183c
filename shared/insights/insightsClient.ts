import type { Report, ReportExecution } from '../model/report.ts';
import type { InsightsFailure } from './insightsFailure.ts';

/** What every call of one run shares. */
export interface CallContext {
  /** `MS-CorrelationId` of every request. */
  readonly correlationId: string;
  /** Ends a wait, or a request under way, at once. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds; no attempt outlasts it. */
  readonly deadlineMs: number;
}

/** What is known of a call that was answered. */
export interface CallFacts {
  /** The service's clock when it answered (`Date` header, whole seconds); of several pages the last one's. */
  readonly serviceTimeMs: number | null;
  /** `isMfaCompliant` of the answer; null where the service does not say. */
  readonly isMfaCompliant: boolean | null;
  readonly attempts: number;
  readonly durationInMs: number;
  /** The part of the duration that the account was held back after a 429. */
  readonly throttledInMs: number;
  /** `MS-RequestId` of the call; of several pages the last one's. */
  readonly requestId: string;
}

/** The outcome of a call, as data: nothing here throws for what the service or the network does. */
export type InsightsAnswer<T> =
  | ({ readonly ok: true; readonly value: T } & CallFacts)
  | { readonly ok: false; readonly failure: InsightsFailure };

/** All reports that could be read; an item that could not be is left out and counted, so that it hides no other. */
export type ListAnswer<T> =
  | ({ readonly ok: true; readonly value: readonly T[]; readonly unreadableItems: number } & CallFacts)
  | { readonly ok: false; readonly failure: InsightsFailure };

/** The outcome of a pause or a resume; a success always rests on a report that the service showed. */
export type ChangeAnswer =
  | ({
      readonly ok: true;
      readonly value: Report;
      readonly confirmedBy: 'answer' | 'readBack';
      /** When the last PUT left, epoch milliseconds: it may have waited for its turn after it was written ahead. */
      readonly sentMs: number;
    } & CallFacts)
  | { readonly ok: false; readonly failure: InsightsFailure };

/** What is about to be sent. */
export interface PutAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly startedMs: number;
  /** Epoch milliseconds by which the attempt is over, whatever happens. */
  readonly latestEndMs: number;
  /** The report as the client has just read it, where the caller's own read had grown too old; else null. */
  readonly reread: Report | null;
  /** When the report was read that this attempt is for, epoch milliseconds. */
  readonly readAtMs: number;
  /** False where every earlier attempt of this call was plainly refused, so that none of them changed the report. */
  readonly isAfterUnclear: boolean;
}

/** How a change is guarded. */
export interface PutOptions {
  /** When the caller read the report, epoch milliseconds; by default the begin of the call. */
  readonly readAtMs?: number;
  /**
   * Where the report may be found again without a call of its own, once the caller's read has grown too old; null where
   * it may not, and then it is read by its id.
   */
  readonly readAgain?: () => Promise<{ readonly report: Report; readonly readAtMs: number } | null>;
  /** Awaited right before every PUT leaves, so that it can be written ahead; false stops the call (`stopped`). */
  readonly onAttempt?: (attempt: PutAttempt) => Promise<boolean>;
}

/** Filters of `GET /ScheduledReport`. Whether a name is matched whole or by prefix is not documented. */
export interface ReportFilter {
  readonly reportName?: string;
  readonly queryId?: string;
}

/** Filters of `GET /ScheduledReport/execution`; the service's own defaults are `Completed` and the latest only. */
export interface ExecutionFilter {
  readonly executionStatus?: readonly ReportExecution['executionStatus'][];
  readonly getLatestExecution?: boolean;
}

/** The Insights API of one account. Every method is bounded in time, attempts and size. */
export interface InsightsClient {
  /** Every report that the account sees; none is an empty list, whether the service says 404 or `[]`. */
  list(filter: ReportFilter, context: CallContext): Promise<ListAnswer<Report>>;
  /** One report; `not_found` only where the service itself says so. */
  get(reportId: string, context: CallContext): Promise<InsightsAnswer<Report>>;
  /** Succeeds only with a report seen `Paused`. */
  pause(reportId: string, context: CallContext, options?: PutOptions): Promise<ChangeAnswer>;
  /** Succeeds only with a report seen `Active`, or `Inactive`, which the caller judges. */
  resume(reportId: string, context: CallContext, options?: PutOptions): Promise<ChangeAnswer>;
  /** The runs of these reports; none is an empty list. */
  executions(
    reportIds: readonly string[],
    filter: ExecutionFilter,
    context: CallContext,
  ): Promise<ListAnswer<ReportExecution>>;
  /** Closes the kept connections; the client must not be used afterwards. */
  close(): void;
}
