import type { Clock } from './clock.ts';

/**
 * Reads at most once in so long, however often it is asked; who asks meanwhile gets what was read, or waits for the read
 * under way. A read that fails is not kept.
 */
export function keptFor<Value>(
  clock: Pick<Clock, 'now'>,
  keptInMs: number,
  read: () => Promise<Value>,
): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly fromMs: number } | null = null;
  return () => {
    const nowMs = clock.now();
    if (kept === null || nowMs - kept.fromMs >= keptInMs) {
      const value = read();
      const mine = { value, fromMs: nowMs };
      kept = mine;
      value.catch(() => {
        kept = kept === mine ? null : kept;
      });
    }
    return kept.value;
  };
}
