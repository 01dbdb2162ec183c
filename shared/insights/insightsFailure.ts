import type { ResultClasses } from '../model/codeClass.ts';
import { isSignInFailure, type SignInFailureCode } from '../signIn/signInFailure.ts';

/** Why a call to the Insights API did not do what was asked. Stable: stored, shown and documented by these names. */
export const insightsFailures = {
  /** The id is no UUID; nothing was sent. */
  invalid_report_id: {},
  /** The service refused the request as it stands (400). */
  invalid_request: {},
  /** 400 with one of the documented quota messages. */
  quota_exceeded: {},
  /** 401 again after one forced token refresh. */
  unauthorized: { endsRun: true },
  /** 403. */
  forbidden: {},
  /** The service itself says that it has no such report. */
  not_found: { endsHold: 'whenAsked' },
  /** A 404 that is not the service's own answer: the base URL is wrong, and it proves nothing about a report. */
  endpoint_not_found: {},
  /** 429, or the account is held back longer than this call may last. */
  throttled: { triedAgain: 'inThisRun' },
  /** No connection, a broken one, or 5xx. */
  upstream_unavailable: {},
  /** No answer within the attempt's limit, or 408. */
  timeout: {},
  /** The caller's signal. */
  aborted: { endsRun: true },
  /** Too little time was left to begin. */
  deadline_too_near: {},
  /** An answer that this contract does not know: a redirect, a foreign shape, too large, other reports. */
  unexpected_answer: {},
  /** The account's address, or a link in an answer, is none that the token may be sent to. */
  foreign_origin: { endsRun: true },
  /** Reads by id show the report as it was before the change. */
  not_confirmed: {},
} as const satisfies ResultClasses;

/** The code of a failed call; without a token, or with one that lacks multi-factor authentication, that of the sign-in. */
export type InsightsFailureCode = keyof typeof insightsFailures | SignInFailureCode;

/** True for a code that a failed call may bear. */
export function isFailureCode(code: string): code is InsightsFailureCode {
  return isSignInFailure(code) || Object.hasOwn(insightsFailures, code);
}

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
