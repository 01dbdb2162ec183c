import type { Clock } from './clock.ts';

/**
 * Reads at most once in so long, however often it is asked; who asks meanwhile gets what was read, or waits for the read
 * under way. A read that fails is not kept.
 * `keptInMsOf` says how long a value is kept that shall be kept otherwise, null for the same as all.
 */
export function keptFor<Value>(
  clock: Pick<Clock, 'now'>,
  keptInMs: number,
  read: () => Promise<Value>,
  keptInMsOf: (value: Value) => number | null = () => null,
): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly fromMs: number; keptInMs: number } | null = null;
  return () => {
    const nowMs = clock.now();
    if (kept === null || nowMs - kept.fromMs >= kept.keptInMs) {
      const value = read();
      const mine = { value, fromMs: nowMs, keptInMs };
      kept = mine;
      value.then(
        (read) => {
          mine.keptInMs = keptInMsOf(read) ?? keptInMs;
        },
        () => {
          kept = kept === mine ? null : kept;
        },
      );
    }
    return kept.value;
  };
}
