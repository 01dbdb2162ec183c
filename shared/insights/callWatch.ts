import type { InsightsFailureCode } from './insightsFailure.ts';

/** One request as it went, for telemetry. */
interface WatchedExchange {
  readonly method: 'GET' | 'PUT';
  readonly url: URL;
  readonly startedMs: number;
  readonly durationInMs: number;
  /** From 1. */
  readonly attempt: number;
  /** `MS-RequestId`. */
  readonly requestId: string;
  /** The answer's status, or the one its body claims under HTTP 200; null where nothing was answered. */
  readonly httpStatus: number | null;
  /** `isMfaCompliant` of the answer, also of a refusal; null where it does not say. */
  readonly isMfaCompliant: boolean | null;
  /** Why it was no success; null where it was one. */
  readonly code: InsightsFailureCode | null;
}

/** Somebody who is told of every request and every call; must not throw. */
export interface CallWatch {
  exchanged(exchange: WatchedExchange): void;
  /** A whole call is over, retries included. */
  ended(facts: { readonly throttledInMs: number }): void;
}
