import type { Report } from '../model/report.ts';
import type { SignInFailureCode } from '../signIn/signInFailure.ts';

/** Why a call to the Insights API did not do what was asked. Stable: stored, shown and documented by these names. */
export type InsightsFailureCode =
  /** The id is no UUID; nothing was sent. */
  | 'invalid_report_id'
  /** The service refused the request as it stands (400). */
  | 'invalid_request'
  /** 400 with one of the documented quota messages. */
  | 'quota_exceeded'
  /** 401 again after one forced token refresh. */
  | 'unauthorized'
  /** No token could be had, or the service wants one with multi-factor authentication (900421). */
  | SignInFailureCode
  /** 403. */
  | 'forbidden'
  /** The service itself says that it has no such report. */
  | 'not_found'
  /** A 404 that is not the service's own answer: the base URL is wrong, and it proves nothing about a report. */
  | 'endpoint_not_found'
  /** 429, or the account is held back longer than this call may last. */
  | 'throttled'
  /** No connection, a broken one, or 5xx. */
  | 'upstream_unavailable'
  /** No answer within the attempt's limit, or 408. */
  | 'timeout'
  /** The caller's signal. */
  | 'aborted'
  /** Too little time was left to begin. */
  | 'deadline_too_near'
  /** An answer that this contract does not know: a redirect, a foreign shape, too large, other reports. */
  | 'unexpected_answer'
  /** The account's address, or a link in an answer, is none that the token may be sent to. */
  | 'foreign_origin'
  /** The change may or may not have happened and the report could not be read to tell. */
  | 'ambiguous'
  /** The service accepted the change, but no read showed it. */
  | 'not_confirmed'
  /** `onAttempt` said no, or failed. */
  | 'stopped'
  /** While the change had to wait somebody else brought the report to the wanted status. */
  | 'overtaken';

/** A failed call, safe to log and to show: no token, no link, no query text, no control character, bounded length. */
export interface InsightsFailure {
  readonly code: InsightsFailureCode;
  /** At most 300 characters. */
  readonly message: string;
  /** The answer's status, or the one its body claims under HTTP 200; null where nothing was answered. */
  readonly httpStatus: number | null;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** Requests that left, without reads that only look at the outcome. */
  readonly attempts: number;
  readonly durationInMs: number;
  /** The part of the duration that the account was held back after a 429. */
  readonly throttledInMs: number;
  /** `MS-RequestId` of the call, for support. */
  readonly requestId: string;
  /** Only for changes. False is proof that none of the attempts changed the report; true is not proof of the opposite. */
  readonly mayHaveTakenEffect: boolean;
  /** Only for changes: the report as it was last seen after the first attempt, where it was. */
  readonly observed: Report | null;
}

/** One attempt that failed, before anything is known of the call as a whole. */
export interface AttemptFailure {
  readonly code: InsightsFailureCode;
  readonly message: string;
  readonly httpStatus: number | null;
  readonly retryable: boolean;
  /** What the answer asked for, not capped; null where it asked for nothing. */
  readonly retryAfterInMs: number | null;
  readonly mayHaveTakenEffect: boolean;
  /** Whether the request may have left at all. */
  readonly sent: boolean;
}

/** A failure of ours, before anything was sent. Pure. */
export function notSent(code: InsightsFailureCode, message: string, retryable = false): AttemptFailure {
  return {
    code,
    message,
    httpStatus: null,
    retryable,
    retryAfterInMs: null,
    mayHaveTakenEffect: false,
    sent: false,
  };
}
