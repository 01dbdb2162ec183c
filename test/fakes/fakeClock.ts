import type { Clock } from '../../shared/time/clock.ts';

/** A clock that a test moves by hand. */
export interface FakeClock extends Clock {
  /** Every delay that was asked for, in order, milliseconds. */
  readonly sleeps: readonly number[];
  /** How many sleeps are waiting now. */
  sleeping(): number;
  /** Moves the time on, wakes in order whoever is due on the way, and lets them run. */
  advance(byInMs: number): Promise<void>;
}

interface Sleeper {
  readonly dueMs: number;
  wake(): void;
}

/**
 * A clock standing at `startMs`. With `selfAdvancing` a sleep moves the time to its own end at once, for tests that
 * care what was waited for and not how waits interleave.
 */
export function createFakeClock(options: { startMs?: number; selfAdvancing?: boolean } = {}): FakeClock {
  let nowMs = options.startMs ?? Date.parse('2026-03-01T00:00:00Z');
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];

  const sleep = (delayInMs: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      sleeps.push(delayInMs);
      const dueMs = nowMs + delayInMs;
      if (options.selfAdvancing) {
        nowMs = Math.max(nowMs, dueMs);
        return resolve();
      }
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
    });

  const advance = async (byInMs: number) => {
    const targetMs = nowMs + byInMs;
    for (;;) {
      await settle();
      const [next] = [...sleepers].filter((one) => one.dueMs <= targetMs).sort((a, b) => a.dueMs - b.dueMs);
      if (next === undefined) break;
      nowMs = Math.max(nowMs, next.dueMs);
      next.wake();
    }
    nowMs = targetMs;
    await settle();
  };

  return { now: () => nowMs, sleep, sleeps, sleeping: () => sleepers.size, advance };
}

/** Lets everything run that needs no time. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
