import type { Clock } from '../../shared/time/clock.ts';
import type { Around } from './memoryTables.ts';
import type { VirtualTime } from './virtualTime.ts';

/** One process of the service, which may end or stand still at any of its calls. */
export interface SimulatedProcess {
  readonly name: string;
  /** Its clock; who waits in a process that has ended waits for ever. */
  readonly clock: Clock;
  isAlive(): boolean;
  /** Does something outside of the process; where that ended meanwhile, nothing more is heard of it. */
  pass<Value>(call: () => Promise<Value>): Promise<Value>;
  /** The same for a request to the service. */
  request<Value>(call: () => Promise<Value>): Promise<Value>;
  /** The same for storage, which takes a moment. */
  readonly around: Around;
  /** From now on the call after `calls` more ends the process, or makes it stand still; see {@link Stop}. */
  stopAt(stop: Stop): void;
}

/** What happens to a process at one of its calls. */
interface Stop {
  /** How many calls still pass. */
  readonly calls: number;
  /** Whether the call itself still reaches its destination. */
  readonly reaches: boolean;
  /** For how long it stands still; null where it ends. */
  readonly standsForInMs: number | null;
  /** It has stopped now, at a request to the service or at another call. */
  readonly onStop: (isAtRequest: boolean) => void;
}

const STORAGE_TAKES_IN_MS = 8;

/** Starts a process of that name. */
export function createSimulatedProcess(name: string, time: VirtualTime): SimulatedProcess {
  const forEver = new Promise<never>(() => {});
  let isAlive = true;
  let standsUntilMs = 0;
  let stop: Stop | null = null;
  let callsLeft = 0;

  const untilItGoesOn = async () => {
    while (isAlive && time.now() < standsUntilMs) await time.after(standsUntilMs - time.now());
    if (!isAlive) await forEver;
  };
  /** Whether the process stops at this call. */
  const countCall = (): Stop | null => {
    if (stop === null) return null;
    if (callsLeft > 0) {
      callsLeft -= 1;
      return null;
    }
    const now = stop;
    stop = null;
    return now;
  };
  const halt = ({ standsForInMs, onStop }: Stop, isAtRequest: boolean) => {
    if (standsForInMs === null) isAlive = false;
    else standsUntilMs = time.now() + standsForInMs;
    onStop(isAtRequest);
  };
  const around = async <Value>(call: () => Promise<Value>, isRequest: boolean): Promise<Value> => {
    await untilItGoesOn();
    const stopping = countCall();
    if (stopping !== null && !stopping.reaches) {
      halt(stopping, isRequest);
      await untilItGoesOn();
    }
    const answer = call();
    if (stopping?.reaches === true) halt(stopping, isRequest);
    // What fails in a process that has ended is nobody's.
    const settled = await answer.then(
      (value) => ({ ok: true, value }) as const,
      (error: unknown) => ({ ok: false, error }) as const,
    );
    await untilItGoesOn();
    if (!settled.ok) throw settled.error;
    return settled.value;
  };
  const pass = <Value>(call: () => Promise<Value>) => around(call, false);

  return {
    name,
    isAlive: () => isAlive,
    pass,
    request: (call) => around(call, true),
    around: (call) =>
      pass(async () => {
        await time.after(STORAGE_TAKES_IN_MS);
        return call();
      }),
    stopAt: (next) => {
      stop = next;
      callsLeft = next.calls;
    },
    clock: {
      now: time.now,
      sleep: (delayInMs, signal) =>
        pass(
          () =>
            new Promise((resolve, reject) => {
              signal.throwIfAborted();
              const abort = () => {
                cancel();
                reject(signal.reason);
              };
              const cancel = time.at(time.now() + delayInMs, () => {
                signal.removeEventListener('abort', abort);
                resolve();
              });
              signal.addEventListener('abort', abort, { once: true });
            }),
        ),
    },
  };
}
