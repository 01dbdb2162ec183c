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
  /** Whether any attempt so far may have changed the report. */
  isUnclear(): boolean;
  addFailure(failure: AttemptFailure): void;
  addSuccess(): void;
  addThrottledTime(throttledInMs: number): void;
  facts(): Omit<CallFacts, 'serviceTimeMs' | 'isMfaCompliant'>;
  toFailure(failure: AttemptFailure): InsightsFailure;
}

/** An empty log, begun now. Only a change can be unclear: a read has no effect, answered or not. */
export function createCallLog(clock: Clock, isChange: boolean): CallLog {
  const requestId = randomUUID();
  const startedMs = clock.now();
  const failures: AttemptFailure[] = [];
  let successes = 0;
  let throttledInMs = 0;
  const isUnclear = () => isChange && failures.some((failure) => failure.mayHaveTakenEffect);
  const facts = () => ({
    requestId,
    attempts: failures.length + successes,
    throttledInMs,
    durationInMs: clock.now() - startedMs,
  });
  return {
    requestId,
    failures,
    isUnclear,
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
      mayHaveTakenEffect: isUnclear(),
      observed: null,
    }),
  };
}
