/**
 * Work in steps: each yields how much it did since the last one, in pieces of a few microseconds (a report looked at,
 * an occurrence computed), so that whoever drives it can let others have their turn in between.
 */
export type Steps<T> = Generator<number, T, void>;

/** Lets everything else that waits for the event loop have its turn. */
export type GiveWay = () => Promise<void>;

/** Most pieces of work between two turns of others: well below 50 ms on a slow machine. */
export const PIECES_AT_ONCE = 1_000;

/** Does all steps at once. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does all steps, and gives way after every {@link PIECES_AT_ONCE} pieces of work. */
export async function runInSlices<T>(steps: Steps<T>, giveWay: GiveWay): Promise<T> {
  let pieces = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    pieces += step.value;
    if (pieces >= PIECES_AT_ONCE) {
      pieces = 0;
      await giveWay();
    }
  }
}

/** So many pieces are worth a step. */
export const STEP = 200;

/** The items in order, each as many pieces of work as `weight` says; a step after some of them. */
export function* inSteps<T>(items: Iterable<T>, see: (item: T) => void, weight = 1): Steps<void> {
  let pieces = 0;
  for (const item of items) {
    see(item);
    pieces += weight;
    if (pieces >= STEP) {
      yield pieces;
      pieces = 0;
    }
  }
  yield pieces;
}

/** What it costs to compute an occurrence of a window, in reports looked at. */
export const PIECES_PER_OCCURRENCE = 50;

/** What it costs to read a row of the ledger, or to tell whether it has changed, in reports looked at. */
export const PIECES_PER_ROW = 10;

/** Values that are computed once for each key, in steps. */
export interface Remembered<Key, Value extends object> {
  /** The value, where it was computed already. */
  known(key: Key): Value | undefined;
  get(key: Key): Steps<Value>;
}

/** Computes each key's value once. */
export function remembered<Key, Value extends object>(
  compute: (key: Key) => Steps<Value>,
): Remembered<Key, Value> {
  const values = new Map<Key, Value>();
  return {
    known: (key) => values.get(key),
    *get(key) {
      const before = values.get(key);
      if (before !== undefined) return before;
      const value = yield* compute(key);
      values.set(key, value);
      return value;
    },
  };
}
