import type { CallFacts } from './insightsClient.ts';

type Counted = Pick<CallFacts, 'attempts' | 'durationInMs' | 'throttledInMs'>;

/** What two calls, one after the other, cost together. Pure. */
export function joinCounts(earlier: Counted | null, later: Counted): Counted {
  return {
    attempts: (earlier?.attempts ?? 0) + later.attempts,
    durationInMs: (earlier?.durationInMs ?? 0) + later.durationInMs,
    throttledInMs: (earlier?.throttledInMs ?? 0) + later.throttledInMs,
  };
}

/** The facts of a list: the service's time of its last part, which is the one nearest to the caller's own clock. Pure. */
export function joinFacts(earlier: CallFacts | null, later: CallFacts): CallFacts {
  return {
    serviceTimeMs: later.serviceTimeMs ?? earlier?.serviceTimeMs ?? null,
    isMfaCompliant: later.isMfaCompliant ?? earlier?.isMfaCompliant ?? null,
    requestId: later.requestId,
    ...joinCounts(earlier, later),
  };
}
