import type { Clock } from '../time/clock.ts';

/** A place among the calls under way. */
export interface GatePass {
  /** Gives the place back; further calls do nothing. */
  leave(): void;
}

/** Whether a call may go on. */
export type GateEntry =
  | { readonly kind: 'entered'; readonly pass: GatePass; readonly throttledInMs: number }
  /** The account is held back, or its places are taken, until after `latestMs`. */
  | { readonly kind: 'tooLate'; readonly isHeldBack: boolean; readonly throttledInMs: number }
  | { readonly kind: 'aborted'; readonly throttledInMs: number };

/** The one door for all calls of an account: bounded concurrency, and one throttled answer stops everybody. */
export interface AccountGate {
  /** Waits for a place and for the end of a hold-off; `latestMs` is the last instant at which entering is of use. */
  enter(options: { readonly signal: AbortSignal; readonly latestMs: number }): Promise<GateEntry>;
  /** Lets nobody in for this long; a shorter hold-off never shortens a longer one. */
  holdBack(delayInMs: number): void;
  /** Whether nobody may go on now. */
  isHeldBack(): boolean;
}

type Turn = 'place' | 'tooLate' | 'aborted';

interface Waiter {
  readonly latestMs: number;
  readonly settle: (turn: Turn) => void;
}

/** How far apart the first calls after a hold-off begin, so that they do not come back as a herd. */
const spreadInMs = 2_000;

/**
 * The gate of one account. After a hold-off each waiting call adds its own share of `random`, so that the service is
 * not hit by all of them in the same instant.
 */
export function createAccountGate(options: {
  readonly maxConcurrency: number;
  readonly clock: Clock;
  readonly random: () => number;
}): AccountGate {
  const { clock, random } = options;
  const places = createPlaces(options.maxConcurrency, clock);
  let heldFromMs = 0;
  let heldUntilMs = 0;
  let earlierHoldsInMs = 0;

  const isHeldBack = () => clock.now() < heldUntilMs;
  const heldInMsUntilNow = () =>
    earlierHoldsInMs + Math.max(0, Math.min(clock.now(), heldUntilMs) - heldFromMs);

  const takeTurn = async (signal: AbortSignal, latestMs: number): Promise<Turn> => {
    if (latestMs < heldUntilMs) return 'tooLate';
    const turn = await places.take(signal, latestMs);
    while (turn === 'place' && isHeldBack()) {
      const interruption = latestMs < heldUntilMs ? 'tooLate' : await waitOut(signal, latestMs);
      if (interruption === null) continue;
      places.giveBack();
      return interruption;
    }
    return turn;
  };

  const waitOut = async (signal: AbortSignal, latestMs: number): Promise<'aborted' | null> => {
    const atMs = Math.min(latestMs, heldUntilMs + random() * spreadInMs);
    try {
      await clock.sleep(Math.ceil(atMs - clock.now()), signal);
      return null;
    } catch {
      return 'aborted';
    }
  };

  return {
    isHeldBack,
    enter: async ({ signal, latestMs }) => {
      const heldBefore = heldInMsUntilNow();
      const turn = await takeTurn(signal, latestMs);
      const throttledInMs = heldInMsUntilNow() - heldBefore;
      if (turn === 'aborted') return { kind: 'aborted', throttledInMs };
      if (turn === 'tooLate') return { kind: 'tooLate', isHeldBack: isHeldBack(), throttledInMs };
      let isIn = true;
      const leave = () => {
        if (isIn) places.giveBack();
        isIn = false;
      };
      return { kind: 'entered', pass: { leave }, throttledInMs };
    },
    holdBack: (delayInMs) => {
      const nowMs = clock.now();
      if (!isHeldBack()) {
        earlierHoldsInMs += heldUntilMs - heldFromMs;
        heldFromMs = nowMs;
        heldUntilMs = nowMs;
      }
      heldUntilMs = Math.max(heldUntilMs, nowMs + delayInMs);
      places.dropBefore(heldUntilMs);
    },
  };
}

/** A bounded number of places, given in the order of asking; one that is past its time is passed over. */
function createPlaces(count: number, clock: Clock) {
  const waiters = new Set<Waiter>();
  let free = count;
  const giveBack = () => {
    for (const waiter of waiters) {
      const isTooLate = clock.now() > waiter.latestMs;
      waiter.settle(isTooLate ? 'tooLate' : 'place');
      if (!isTooLate) return;
    }
    free += 1;
  };
  const take = (signal: AbortSignal, latestMs: number) =>
    new Promise<Turn>((resolve) => {
      if (signal.aborted) return resolve('aborted');
      if (clock.now() > latestMs) return resolve('tooLate');
      if (free > 0) {
        free -= 1;
        return resolve('place');
      }
      const onAbort = () => waiter.settle('aborted');
      const waiter: Waiter = {
        latestMs,
        settle: (turn) => {
          waiters.delete(waiter);
          signal.removeEventListener('abort', onAbort);
          resolve(turn);
        },
      };
      waiters.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  const dropBefore = (untilMs: number) => {
    for (const waiter of waiters) if (waiter.latestMs < untilMs) waiter.settle('tooLate');
  };
  return { take, giveBack, dropBefore };
}
