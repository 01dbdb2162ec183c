import type { Report, ReportExecution } from '../model/report.ts';
import type { CallRank } from './accountGate.ts';
import type { AttemptFailure, InsightsFailure } from './insightsFailure.ts';

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

/** The report as it was read by id right before a PUT. */
export interface ReadBeforePut {
  /** Null where the service has no such report. */
  readonly report: Report | null;
  /** When it was asked for, epoch milliseconds. */
  readonly readAtMs: number;
  /** The service's clock minus ours. */
  readonly serviceOffsetInMs: number;
  /** When the PUT that follows is over at the latest, epoch milliseconds. */
  readonly latestEndMs: number;
  /**
   * Gives the place among the account's calls back. Whoever asks the service for more, or waits, does so first: a call that
   * waits for a place while its caller keeps one could wait for itself.
   */
  giveWay(): void;
}

/** A PUT that left. */
export interface SentPut {
  readonly sentMs: number;
  readonly endedMs: number;
  readonly limitMs: number;
  /** `refused`: a plain 4xx. Whatever it says, only a read tells what became of the report. */
  readonly answer: 'accepted' | 'unclear' | 'refused';
  readonly failure: AttemptFailure | null;
}

/** How the caller takes part in a change. */
export interface ChangeHooks {
  /** Decides on what was read, and writes ahead; false ends the call without a PUT. May be asked several times. */
  beforePut(read: ReadBeforePut): Promise<boolean>;
  /** Told of each PUT that left, as soon as it ended. */
  afterPut(sent: SentPut): void;
}

/** What came of a change: the last PUT that left, if any did, and why it went no further. */
export interface ChangeAnswer {
  readonly sent: SentPut | null;
  /** True where `beforePut` said no. */
  readonly declined: boolean;
  readonly failure: InsightsFailure | null;
  readonly facts: CallFacts;
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
  get(reportId: string, context: CallContext, rank?: CallRank): Promise<InsightsAnswer<Report>>;
  /** Reads the report by id, asks the caller, and sends at most one PUT that is not refused for token or pace. */
  change(
    verb: 'pause' | 'resume',
    reportId: string,
    context: CallContext,
    hooks: ChangeHooks,
  ): Promise<ChangeAnswer>;
  /** The runs of these reports; none is an empty list. */
  executions(
    reportIds: readonly string[],
    filter: ExecutionFilter,
    context: CallContext,
  ): Promise<ListAnswer<ReportExecution>>;
  /** Closes the kept connections; the client must not be used afterwards. */
  close(): void;
}
