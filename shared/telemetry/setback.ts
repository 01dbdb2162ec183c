import type { Clock } from '../time/clock.ts';
import type { SendOutcome } from './telemetryItem.ts';

/** What is remembered of a delivery that fails: when to try again, and what to tell of it. */
export interface Setback {
  failed(outcome: Extract<SendOutcome, { kind: 'failed' }>): void;
  succeeded(): void;
  lost(count: number): void;
  /** True until the next attempt is due. */
  isInForce(): boolean;
  /** What to tell now: once when it begins and again every ten minutes; null where there is nothing to tell. */
  newsToTell(): SetbackNews | null;
}

/** Why telemetry does not arrive, and how much is lost since it was told last. */
interface SetbackNews {
  readonly reason: string;
  readonly lost: number;
}

const FIRST_DELAY_IN_MS = 5_000;
const MAX_DELAY_IN_MS = 5 * 60_000;
const MAX_RETRY_AFTER_IN_MS = 15 * 60_000;
const TELL_EVERY_MS = 10 * 60_000;

/** No setback yet. */
export function createSetback(clock: Clock): Setback {
  let failures = 0;
  let untilMs = 0;
  let reason: string | null = null;
  let lostSinceTold = 0;
  let toldAtMs: number | null = null;
  const isInForce = () => clock.now() < untilMs;
  return {
    failed: ({ reason: why, retryAfterInMs }) => {
      reason = why;
      if (isInForce() && retryAfterInMs === null) {
        return;
      }
      const delayInMs =
        retryAfterInMs === null
          ? Math.min(FIRST_DELAY_IN_MS * 2 ** failures, MAX_DELAY_IN_MS)
          : Math.min(retryAfterInMs, MAX_RETRY_AFTER_IN_MS);
      untilMs = Math.max(untilMs, clock.now() + delayInMs);
      failures += 1;
    },
    succeeded: () => {
      // One kind of items may arrive while another was just refused.
      if (!isInForce()) {
        failures = 0;
        reason = lostSinceTold === 0 ? null : reason;
      }
    },
    lost: (count) => {
      lostSinceTold += count;
      reason ??= 'too_much';
    },
    isInForce,
    newsToTell: () => {
      const isDue = toldAtMs === null || clock.now() - toldAtMs >= TELL_EVERY_MS;
      if (reason === null || !isDue) {
        return null;
      }
      const news = { reason, lost: lostSinceTold };
      toldAtMs = clock.now();
      lostSinceTold = 0;
      reason = failures === 0 ? null : reason;
      return news;
    },
  };
}
