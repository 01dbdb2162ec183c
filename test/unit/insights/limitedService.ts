import { createAccountGate } from '../../../shared/insights/accountGate.ts';
import type { AdaptivePace } from '../../../shared/insights/adaptivePace.ts';
import { defaultClientLimits } from '../../../shared/insights/clientLimits.ts';
import { delayAfter } from '../../../shared/insights/decideRetry.ts';
import { backOffInMs } from '../../../shared/time/backOff.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';
import { createVirtualTime, type VirtualTime } from '../../simulation/virtualTime.ts';

/** How a service counts calls: null where it takes one now, else for how long it does not, in milliseconds. */
export interface Limiter {
  ask(nowMs: number): number | null;
  /** From now on another number of calls a second. */
  change(callsPerSecond: number): void;
}

export type LimiterKind = 'fixed window' | 'sliding window' | 'token bucket';

export const limiters: Readonly<Record<LimiterKind, (callsPerSecond: number) => Limiter>> = {
  'fixed window': (limit) => fixedWindow(limit, 1_000),
  'sliding window': (limit) => {
    let most = limit;
    const taken: number[] = [];
    return {
      change: (next) => {
        most = next;
      },
      ask: (nowMs) => {
        while ((taken[0] ?? nowMs) <= nowMs - 1_000) taken.shift();
        const oldest = taken.at(-most);
        if (taken.length >= most && oldest !== undefined) return oldest + 1_000 - nowMs;
        taken.push(nowMs);
        return null;
      },
    };
  },
  'token bucket': (limit) => {
    let most = limit;
    let tokens = limit;
    let filledMs = 0;
    return {
      change: (next) => {
        most = next;
      },
      ask: (nowMs) => {
        tokens = Math.min(most, tokens + ((nowMs - filledMs) * most) / 1_000);
        filledMs = nowMs;
        if (tokens < 1) return ((1 - tokens) * 1_000) / most;
        tokens -= 1;
        return null;
      },
    };
  },
};

/** So many calls in each window of that length. */
export function fixedWindow(callsInWindow: number, lengthInMs: number): Limiter {
  let most = callsInWindow;
  let window = 0;
  let taken = 0;
  return {
    change: (next) => {
      most = next;
    },
    ask: (nowMs) => {
      const current = Math.floor(nowMs / lengthInMs);
      if (current !== window) [window, taken] = [current, 0];
      if (taken >= most) return (current + 1) * lengthInMs - nowMs;
      taken += 1;
      return null;
    },
  };
}

/** Obeys each refusal and learns nothing: what the gate did before it learned. */
export const learnsNothing: AdaptivePace = {
  earliestMs: (nowMs) => nowMs,
  begin: () => {},
  taken: () => {},
  refused: () => {},
  isLimited: () => false,
  learned: () => null,
  recall: () => {},
  forget: () => {},
};

/** One who calls: so many calls, through the gate of an account. */
interface Caller {
  readonly calls: number;
  readonly pace: AdaptivePace;
}

export interface Called {
  readonly lastedInMs: number;
  readonly refused: number;
}

const LATENCY_IN_MS = 50;

/** Lets callers make their calls at once, eight at a time each, on a time that passes by itself. Tells of each how long it took. */
export async function letCall(options: {
  readonly limiter: Limiter;
  /** Whether a refusal says, in whole seconds, for how long no call is taken. */
  readonly saysRetryAfter: boolean;
  readonly callers: readonly Caller[];
  /** The limit is another once so many calls were taken. */
  readonly change?: { readonly afterCalls: number; readonly callsPerSecond: number };
  readonly seed: number;
}): Promise<readonly Called[]> {
  const { limiter, callers, change, seed } = options;
  const time = createVirtualTime(1_800_000_000_137 + seed * 331);
  const random = seededRandom(seed);
  const clock = clockOf(time);
  const beganMs = time.now();
  let taken = 0;
  const ask = () => {
    const waitInMs = limiter.ask(time.now());
    taken += waitInMs === null ? 1 : 0;
    if (taken === change?.afterCalls) limiter.change(change.callsPerSecond);
    return waitInMs;
  };
  const work = async ({ calls, pace }: Caller): Promise<Called> => {
    const gate = createAccountGate({
      ...{ maxConcurrency: 8, callsPerSecond: null, clock, random, learning: pace },
    });
    const { signal } = new AbortController();
    let [left, refused] = [calls, 0];
    const callOnce = async (attempt: number): Promise<boolean> => {
      const entry = await gate.enter({ signal, latestMs: Number.POSITIVE_INFINITY, rank: 'read' });
      if (entry.kind !== 'entered') throw new Error(entry.kind);
      const sentMs = time.now();
      const oneWayInMs = (LATENCY_IN_MS / 2) * (0.8 + 0.4 * random());
      await time.after(oneWayInMs);
      const waitInMs = ask();
      await time.after(waitInMs === null ? oneWayInMs : 5);
      if (waitInMs === null) {
        gate.taken();
      } else {
        refused += 1;
        const retryAfterInMs = options.saysRetryAfter ? Math.ceil(waitInMs / 1_000) * 1_000 : null;
        const backOff = backOffInMs(attempt, defaultClientLimits, random);
        gate.holdBack(
          delayAfter({
            ...{ failure: { retryAfterInMs }, backOffInMs: backOff },
            retryAfterCapInMs: 120_000,
          }),
          sentMs,
        );
      }
      entry.pass.leave();
      return waitInMs === null;
    };
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        for (let attempt = 1; !(await callOnce(attempt)); attempt += 1);
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    return { lastedInMs: time.now() - beganMs, refused };
  };
  let isDone = false;
  const all = Promise.all(callers.map(work)).finally(() => {
    isDone = true;
  });
  while (!isDone) await time.runUntil(time.now() + 1_000);
  return all;
}

function clockOf(time: VirtualTime): Clock {
  return {
    now: time.now,
    sleep: (delayInMs, signal) =>
      new Promise((resolve, reject) => {
        const cancel = time.at(time.now() + delayInMs, resolve);
        const stop = () => {
          cancel();
          reject(signal.reason);
        };
        signal.addEventListener('abort', stop, { once: true });
      }),
  };
}
