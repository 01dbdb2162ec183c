import type { Clock } from './clock.ts';

/** How long a value is kept, and how much of them at once: the oldest go first. */
export interface Keeping<Value> {
  readonly keptInMs: number;
  readonly maxWeight: number;
  /** What a value weighs, 1 or more. */
  readonly weigh: (value: Value) => number;
}

interface Kept<Value> {
  readonly value: Promise<Value>;
  readonly fromMs: number;
  weight: number;
}

/**
 * Reads each key at most once in so long, however often it is asked for; who asks meanwhile gets what was read, or waits for the
 * read under way. A read that fails is not kept.
 */
export function keptEach<Value>(
  clock: Pick<Clock, 'now'>,
  { keptInMs, maxWeight, weigh }: Keeping<Value>,
  read: (key: string) => Promise<Value>,
): (key: string) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();
  const isOver = ({ fromMs }: Kept<Value>) => clock.now() - fromMs >= keptInMs;
  const makeRoom = () => {
    let weight = [...kept.values()].reduce((sum, one) => sum + one.weight, 0);
    for (const [key, one] of kept) {
      if (weight <= maxWeight && !isOver(one)) return;
      kept.delete(key);
      weight -= one.weight;
    }
  };
  const readAnew = (key: string): Promise<Value> => {
    const mine: Kept<Value> = { value: read(key), fromMs: clock.now(), weight: 1 };
    // Behind the others, which are older.
    kept.delete(key);
    kept.set(key, mine);
    mine.value.then(
      (value) => {
        mine.weight = weigh(value);
        makeRoom();
      },
      () => {
        if (kept.get(key) === mine) kept.delete(key);
      },
    );
    makeRoom();
    return mine.value;
  };
  return (key) => {
    const known = kept.get(key);
    return known === undefined || isOver(known) ? readAnew(key) : known.value;
  };
}
