import type { HeldAccount } from '../ledger/ledger.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { HeldRun, RunContext } from './runContext.ts';

/** The account's lease where it was to be had; since when ticks have been waiting for it where it was not. */
type Taken = {
  readonly held: HeldAccount | null;
  readonly waitedSinceMs: number | null;
};

/** A request's way: now or not. @throws LedgerError */
export async function holdAtOnce({ ledger, accountKey }: RunContext): Promise<Taken> {
  return { held: await ledger.hold(accountKey), waitedSinceMs: null };
}

/** A tick looks so often whether its turn has come, and says so often that it waits. */
const LOOKS_EVERY_MS = 500;
const SAYS_EVERY_MS = 8_000;

/** Its word is good for so long: one that is killed keeps requests away no longer. Whoever comes again says it for longer. */
const SAYS_FOR_MS = 20_000;
const COMES_AGAIN_WITHIN_MS = 40_000;

/** A tick that waits has this much left for its own work. */
const KEPT_FOR_WORK_MS = 30_000;

/**
 * A tick's turn comes: from the moment on at which it says that it waits, no request takes the lease, and whoever has it
 * begins nothing more.
 */
export async function holdForTick(run: RunContext): Promise<Taken> {
  const { ledger, accountKey, clock, deadlineMs, signal, waitsInMs } = run;
  let held = await ledger.holdForTick(accountKey);
  if (held === null && waitsInMs === 0) {
    return { held, waitedSinceMs: (await ledger.sayWaits(accountKey, COMES_AGAIN_WITHIN_MS)).sinceMs };
  }
  let waitedSinceMs: number | null = null;
  let saidMs = Number.NEGATIVE_INFINITY;
  const untilMs = Math.min(clock.now() + waitsInMs, deadlineMs - KEPT_FOR_WORK_MS);
  while (held === null && clock.now() < untilMs) {
    if (clock.now() - saidMs >= SAYS_EVERY_MS) {
      waitedSinceMs = (await ledger.sayWaits(accountKey, SAYS_FOR_MS)).sinceMs;
      saidMs = clock.now();
    }
    await clock.sleep(LOOKS_EVERY_MS, signal);
    held = await ledger.holdForTick(accountKey);
  }
  return { held, waitedSinceMs };
}

/** What became due meanwhile begins within a period: then the tick reads and decides anew, and goes on. */
export function afterAPeriod({ clock, tickInMs }: RunContext): () => boolean {
  const untilMs = clock.now() + Math.max(tickInMs, MIN_PERIOD_MS);
  return () => clock.now() >= untilMs;
}

const MIN_PERIOD_MS = 60_000;

/** Looked at while it works, at most once in two seconds. */
export function whenATickWaits({ clock, ledger, accountKey }: RunContext): () => boolean {
  let isWaitedFor = false;
  let isLooking = false;
  let lookedMs = clock.now();
  const look = async () => {
    try {
      isWaitedFor = await ledger.isWaitedFor(accountKey);
    } catch (error) {
      // What cannot be read now is read at the next look; the run's own writes tell that the storage is out.
      asLedgerError(error);
    } finally {
      isLooking = false;
      lookedMs = clock.now();
    }
  };
  return () => {
    if (!isWaitedFor && !isLooking && clock.now() - lookedMs >= 2_000) {
      isLooking = true;
      void look();
    }
    return isWaitedFor;
  };
}

/** The lease is renewed by its writes; while a long list is read, page by page, there are none. */
export async function whileRenewing<Value>(
  { held, clock, onExchange }: HeldRun,
  work: () => Promise<Value>,
): Promise<Value> {
  let renewedMs = clock.now();
  const renew = async () => {
    try {
      await held.writer.write([]);
    } catch (error) {
      // Lost or out of reach: the next write says so.
      asLedgerError(error);
    }
  };
  const stop = onExchange(() => {
    if (clock.now() - renewedMs > RENEW_AFTER_MS) {
      renewedMs = clock.now();
      void renew();
    }
  });
  try {
    return await work();
  } finally {
    stop();
  }
}

const RENEW_AFTER_MS = 15_000;
