import { randomUUID } from 'node:crypto';
import type { Clock } from '../time/clock.ts';
import type { CallFacts } from './insightsClient.ts';
import type { AttemptFailure, InsightsFailure } from './insightsFailure.ts';

/** What has happened in one logical call so far. */
export interface CallLog {
  /** `MS-RequestId`, the same for every attempt. */
  readonly requestId: string;
  /** Every failed attempt that was sent. */
  readonly failures: readonly AttemptFailure[];
  addFailure(failure: AttemptFailure): void;
  addSuccess(): void;
  addThrottledTime(throttledInMs: number): void;
  facts(): Omit<CallFacts, 'serviceTimeMs' | 'isMfaCompliant'>;
  toFailure(failure: AttemptFailure): InsightsFailure;
}

/** An empty log, begun now. */
export function createCallLog(clock: Clock): CallLog {
  const requestId = randomUUID();
  const startedMs = clock.now();
  const failures: AttemptFailure[] = [];
  let successes = 0;
  let throttledInMs = 0;
  const facts = () => ({
    requestId,
    attempts: failures.length + successes,
    throttledInMs,
    durationInMs: clock.now() - startedMs,
  });
  return {
    requestId,
    failures,
    addFailure: (failure) => {
      failures.push(failure);
    },
    addSuccess: () => {
      successes += 1;
    },
    addThrottledTime: (inMs) => {
      throttledInMs += inMs;
    },
    facts,
    toFailure: ({ code, message, httpStatus, retryable }) => ({
      ...{ code, message, httpStatus, retryable },
      ...facts(),
    }),
  };
}
