import type { Clock } from '../time/clock.ts';
import { type AdaptivePace, createAdaptivePace } from './adaptivePace.ts';
import { createCallPace } from './callPace.ts';
import { nextInLine, type Waiter } from './waitingLine.ts';

/**
 * What a call is for; `begun` is the next step of a change that has been read already and must not grow old, `confirm` the
 * read after it.
 */
export type CallRank = 'begun' | 'resume' | 'read' | 'pause' | 'confirm';

interface Wish {
  readonly signal: AbortSignal;
  /** The last instant at which going on is of use. */
  readonly latestMs: number;
}

/** A place among the calls under way, and the turn for one call. */
export interface GatePass {
  /** Waits for the turn of one more call; takes a place again where it was given back. */
  again(wish: Wish): Promise<GateTurn>;
  /** Gives the place back; further calls do nothing. */
  leave(): void;
}

/** Why a call may not go on; for how long the account was held back meanwhile. */
type GateRefusal =
  /** The account is held back, or its places are taken, until after `latestMs`. */
  | { readonly kind: 'tooLate'; readonly isHeldBack: boolean; readonly throttledInMs: number }
  | { readonly kind: 'aborted'; readonly throttledInMs: number };

type GateTurn = { readonly kind: 'entered'; readonly throttledInMs: number } | GateRefusal;

/** Whether a call may go on. */
type GateEntry =
  | { readonly kind: 'entered'; readonly pass: GatePass; readonly throttledInMs: number }
  | GateRefusal;

/**
 * The one door for all calls of an account: bounded concurrency, a fixed ceiling of calls per second, and one
 * throttled answer stops everybody.
 */
export interface AccountGate {
  /** Waits for a place, for the turn under the ceiling, and for the end of a hold-off. */
  enter(wish: Wish & { readonly rank: CallRank }): Promise<GateEntry>;
  /** Lets nobody in for this long, since the service refused what was sent then; a shorter hold-off never shortens a longer one. */
  holdBack(delayInMs: number, sentMs: number): void;
  /** The service took a call. */
  taken(): void;
  /** Counts a call that another process may have begun right now: the next one keeps its distance from it. */
  countAnothers(): void;
  /** Whether nobody may go on now. */
  isHeldBack(): boolean;
  /** Whether no call is under way or waiting, and nobody is held back. */
  isIdle(): boolean;
  /** What is learned of a limit that nobody set. */
  readonly learning: Pick<AdaptivePace, 'learned' | 'recall' | 'forget'>;
  /** Until when nobody may go on, epoch milliseconds; in the past where the account is free. */
  heldUntilMs(): number;
}

interface Waiting extends Waiter {
  readonly settle: (turn: 'turn' | 'tooLate' | 'aborted') => void;
}

/** Over how long the first calls after a hold-off are spread where no ceiling does it, so that they come back as no herd. */
const SPREAD_IN_MS = 2_000;

/**
 * The gate of one account. `callsPerSecond` null is no ceiling: then only a 429 slows it down, and what 429s show of a limit. Until
 * they show one, the calls after a hold-off begin apart by a share of `random`.
 */
export function createAccountGate(options: {
  readonly maxConcurrency: number;
  readonly callsPerSecond: number | null;
  readonly clock: Clock;
  readonly random: () => number;
  /** What learns of a limit that nobody set; one that knows nothing yet where it is left out. */
  readonly learning?: AdaptivePace;
}): AccountGate {
  const { clock, random, maxConcurrency, callsPerSecond, learning = createAdaptivePace() } = options;
  const pace = createCallPace(callsPerSecond);
  const shareInMs = SPREAD_IN_MS / maxConcurrency;
  const hold = createHoldOff(clock);
  const line = new Set<Waiting>();
  let free = maxConcurrency;
  /** Calls that still come back one by one after a hold-off, and when the next of them may. */
  let comingBack = 0;
  let comeBackMs = 0;
  let alarm: { readonly atMs: number; readonly cancel: AbortController } | null = null;

  const isComingBack = (nowMs: number) => comingBack > 0 && nowMs < hold.untilMs() + SPREAD_IN_MS;
  const serve = () => {
    for (;;) {
      const nowMs = clock.now();
      const pacedMs = Math.max(pace.earliestMs(nowMs), learning.earliestMs(nowMs));
      const openMs = Math.max(pacedMs, isComingBack(nowMs) ? comeBackMs : nowMs);
      for (const one of line) if (one.latestMs < openMs) one.settle('tooLate');
      const next = nextInLine(line, { isPlaceFree: free > 0, nowMs });
      if (next === null || openMs > nowMs) return wakeAt(next === null ? null : openMs);
      begin(next, nowMs);
    }
  };
  const begin = (next: Waiting, nowMs: number) => {
    pace.begin(nowMs);
    learning.begin(nowMs);
    if (comingBack > 0) {
      comingBack -= 1;
      comeBackMs = nowMs + random() * shareInMs;
    }
    if (!next.hasPlace) free -= 1;
    next.settle('turn');
  };
  const wakeAt = (atMs: number | null) => {
    if (alarm !== null && alarm.atMs === atMs) return;
    alarm?.cancel.abort();
    alarm = atMs === null ? null : { atMs, cancel: new AbortController() };
    if (alarm === null || atMs === null) return;
    const wake = () => {
      alarm = null;
      serve();
    };
    clock.sleep(Math.ceil(atMs - clock.now()), alarm.cancel.signal).then(wake, () => {});
  };

  const takeTurn = async (wish: Wish & { rank: CallRank }, hasPlace: boolean) => {
    const before = hold.heldInMs();
    const turn = await new Promise<'turn' | 'tooLate' | 'aborted'>((resolve) => {
      const { signal, latestMs, rank } = wish;
      if (signal.aborted) return resolve('aborted');
      if (latestMs < Math.max(clock.now(), hold.untilMs())) return resolve('tooLate');
      const onAbort = () => {
        waiting.settle('aborted');
        serve();
      };
      const waiting: Waiting = {
        ...{ rank, latestMs, hasPlace, askedMs: clock.now() },
        settle: (how) => {
          line.delete(waiting);
          signal.removeEventListener('abort', onAbort);
          resolve(how);
        },
      };
      line.add(waiting);
      signal.addEventListener('abort', onAbort, { once: true });
      serve();
    });
    return { turn, throttledInMs: hold.heldInMs() - before };
  };
  const asTurn = ({ turn, throttledInMs }: Awaited<ReturnType<typeof takeTurn>>): GateTurn => {
    if (turn === 'turn') return { kind: 'entered', throttledInMs };
    return turn === 'aborted'
      ? { kind: 'aborted', throttledInMs }
      : { kind: 'tooLate', isHeldBack: hold.isHeld(), throttledInMs };
  };
  const passOf = (): GatePass => {
    let isIn = true;
    return {
      again: async (wish) => {
        const turn = asTurn(await takeTurn({ ...wish, rank: 'begun' }, isIn));
        isIn ||= turn.kind === 'entered';
        return turn;
      },
      leave: () => {
        if (!isIn) return;
        isIn = false;
        free += 1;
        serve();
      },
    };
  };

  return {
    learning,
    countAnothers: () => pace.begin(clock.now()),
    isHeldBack: hold.isHeld,
    isIdle: () => free === maxConcurrency && line.size === 0 && !hold.isHeld(),
    heldUntilMs: hold.untilMs,
    enter: async (wish) => {
      const turn = asTurn(await takeTurn(wish, false));
      return turn.kind === 'entered' ? { ...turn, pass: passOf() } : turn;
    },
    taken: () => learning.taken(clock.now()),
    holdBack: (delayInMs, sentMs) => {
      hold.prolong(delayInMs);
      learning.refused({ nowMs: clock.now(), sentMs, holdInMs: hold.untilMs() - clock.now() });
      comingBack = callsPerSecond === null && !learning.isLimited() ? maxConcurrency : 1;
      comeBackMs = hold.untilMs() + random() * shareInMs;
      serve();
    },
  };
}

/** Until when the account is held back, and for how long it has been so far. */
function createHoldOff(clock: Clock) {
  let fromMs = 0;
  let untilMs = 0;
  let earlierInMs = 0;
  const isHeld = () => clock.now() < untilMs;
  return {
    isHeld,
    untilMs: () => untilMs,
    heldInMs: () => earlierInMs + Math.max(0, Math.min(clock.now(), untilMs) - fromMs),
    prolong: (delayInMs: number) => {
      const nowMs = clock.now();
      if (!isHeld()) {
        earlierInMs += untilMs - fromMs;
        fromMs = nowMs;
        untilMs = nowMs;
      }
      untilMs = Math.max(untilMs, nowMs + delayInMs);
    },
  };
}
