/** A fixed ceiling: at most so many calls begin in any second. */
export interface CallPace {
  /** The earliest instant at which the next call may begin; never before `nowMs`. */
  earliestMs(nowMs: number): number;
  /** A call begins now. */
  begin(nowMs: number): void;
}

/**
 * So much longer than a second is the time that a second's calls are spread over: it allows for timers that are late,
 * and for calls that reach the service sooner or later than they should.
 */
const JITTER_IN_MS = 25;

/**
 * Calls that begin evenly, so that none comes in a burst. A fraction above one counts as the whole number below it;
 * 0.5 is one call in two seconds. Null is no ceiling.
 */
export function createCallPace(callsPerSecond: number | null): CallPace {
  if (callsPerSecond === null) {
    return { earliestMs: (nowMs) => nowMs, begin: () => {} };
  }
  const apartInMs =
    callsPerSecond < 1
      ? 1000 / callsPerSecond + JITTER_IN_MS
      : (1000 + JITTER_IN_MS) / Math.floor(callsPerSecond);
  let nextMs = Number.NEGATIVE_INFINITY;
  return {
    earliestMs: (nowMs) => Math.max(nowMs, nextMs),
    begin: (nowMs) => {
      // What is late by a little is counted by the plan: else each late timer would slow all calls that follow.
      const isLateByLittle = nowMs - nextMs <= JITTER_IN_MS;
      nextMs = (isLateByLittle ? nextMs : nowMs) + apartInMs;
    },
  };
}
