import type { AttemptFailure } from './insightsFailure.ts';

/** What is known when an attempt has failed. */
export interface RetrySituation {
  readonly failure: Pick<AttemptFailure, 'retryable' | 'httpStatus' | 'retryAfterInMs'>;
  /** Attempts made, this one included. */
  readonly attempts: number;
  readonly maxAttempts: number;
  /** How many of them ended with a 500, this one included. */
  readonly serverErrors: number;
  readonly backOffInMs: number;
  readonly retryAfterCapInMs: number;
  readonly nowMs: number;
  /** Epoch milliseconds after which no attempt may begin. */
  readonly latestStartMs: number;
}

/** Again after a wait, or not, and then why. */
export type RetryDecision =
  | { readonly retry: true; readonly delayInMs: number }
  | { readonly retry: false; readonly because: 'final' | 'attempts' | 'deadline' };

/**
 * Whether to try again. The service's word comes first, capped; without one the back-off counts. A 500 is repeated
 * once only, because the service also answers its clients' mistakes with it. Pure.
 */
export function decideRetry(situation: RetrySituation): RetryDecision {
  const { failure } = situation;
  if (!failure.retryable) return { retry: false, because: 'final' };
  if (failure.httpStatus === 500 && situation.serverErrors > 1) return { retry: false, because: 'final' };
  if (situation.attempts >= situation.maxAttempts) return { retry: false, because: 'attempts' };
  const delayInMs = delayAfter(situation);
  if (situation.nowMs + delayInMs > situation.latestStartMs) return { retry: false, because: 'deadline' };
  return { retry: true, delayInMs };
}

/** Milliseconds to wait: `Retry-After` capped, or the back-off where there is none or it says "at once". Pure. */
export function delayAfter(
  situation: Pick<RetrySituation, 'backOffInMs' | 'retryAfterCapInMs'> & {
    readonly failure: Pick<AttemptFailure, 'retryAfterInMs'>;
  },
): number {
  const asked = situation.failure.retryAfterInMs;
  return asked === null || asked === 0 ? situation.backOffInMs : Math.min(asked, situation.retryAfterCapInMs);
}
