import type { Clock } from '../../shared/time/clock.ts';

/** The scenario's time: stands still until the scenario moves it, and a sleep moves it to the sleep's own end. */
export interface ScenarioClock extends Clock {
  /** Moves the time, forward only. */
  moveTo(atMs: number): Promise<void>;
  /** Begins anew; may go back. */
  reset(atMs: number): void;
}

/** `onMove` hears every new instant before anything else happens at it. */
export function createScenarioClock(onMove: (nowMs: number) => Promise<void>): ScenarioClock {
  let nowMs = 0;
  const moveTo = async (atMs: number) => {
    if (atMs > nowMs) {
      nowMs = atMs;
      await onMove(atMs);
    }
  };
  return {
    now: () => nowMs,
    sleep: async (delayInMs, signal) => {
      signal.throwIfAborted();
      await moveTo(nowMs + delayInMs);
    },
    moveTo: async (atMs) => {
      if (atMs < nowMs) {
        throw new Error(`${new Date(atMs).toISOString()} is before ${new Date(nowMs).toISOString()}`);
      }
      await moveTo(atMs);
    },
    reset: (atMs) => {
      nowMs = atMs;
    },
  };
}
