import type { Clock } from '../time/clock.ts';

/** Sums up what anybody can set off as often as he likes, so that telling it costs little however often it is. */
export interface RefusalSums {
  /**
   * Counts one of this kind. The first of a minute is to be told, with how many there were since one was told last, itself
   * included; null for all others.
   */
  count(kind: string): number | null;
}

/** Of each kind one is told in so long. */
const TOLD_EVERY_MS = 60_000;

/** More kinds than this are not kept apart. */
const MAX_KINDS = 500;

const OTHERS = 'others';

/** No refusals yet. */
export function createRefusalSums(clock: Pick<Clock, 'now'>): RefusalSums {
  const kinds = new Map<string, { toldMs: number; untold: number }>();
  return {
    count: (kind) => {
      const name = kinds.has(kind) || kinds.size < MAX_KINDS ? kind : OTHERS;
      const known = kinds.get(name) ?? { toldMs: Number.NEGATIVE_INFINITY, untold: 0 };
      kinds.set(name, known);
      known.untold += 1;
      const nowMs = clock.now();
      if (nowMs - known.toldMs < TOLD_EVERY_MS) {
        return null;
      }
      const { untold } = known;
      kinds.set(name, { toldMs: nowMs, untold: 0 });
      return untold;
    },
  };
}
