import type { Clock } from '../../shared/time/clock.ts';

/** A clock that stands still until it is told the time; who sleeps wakes when the time is told that it waits for. */
export interface ToldClock extends Clock {
  tell(nowMs: number): void;
}

/** Starts at `startMs`; `onSleep` learns what is waited for. */
export function createToldClock(startMs: number, onSleep: (dueMs: number) => void): ToldClock {
  let nowMs = startMs;
  const sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  return {
    now: () => nowMs,
    sleep: (delayInMs, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const dueMs = nowMs + delayInMs;
        const stop = () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        };
        const wake = () => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper = { dueMs, wake };
        sleepers.add(sleeper);
        signal.addEventListener('abort', stop, { once: true });
        onSleep(dueMs);
      }),
    tell: (toldMs) => {
      nowMs = toldMs;
      for (const { dueMs, wake } of [...sleepers]) {
        if (dueMs <= nowMs) wake();
      }
    },
  };
}

/** The same, where who waits is woken at once, at the time that it waits for; `beforeWaking` brings all else there first. */
export function createWakingClock(
  startMs: number,
  beforeWaking: (dueMs: number) => Promise<void>,
): ToldClock {
  const clock = createToldClock(startMs, (dueMs) => {
    void beforeWaking(dueMs).then(() => clock.tell(Math.max(dueMs, clock.now())));
  });
  return clock;
}
