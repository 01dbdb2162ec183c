import type { CallRank } from './accountGate.ts';

/** A call that waits for its turn. */
export interface Waiter {
  readonly rank: CallRank;
  readonly askedMs: number;
  readonly latestMs: number;
  /** Whether it holds its place already, and waits for its turn alone. */
  readonly hasPlace: boolean;
}

/**
 * How much later something of the best rank may ask and still go first. So resumes go before pauses, and nobody
 * starves: whoever waits longer than this is overtaken by nothing new.
 */
const HANDICAP_IN_MS: Readonly<Record<CallRank, number>> = {
  begun: Number.NEGATIVE_INFINITY,
  resume: 0,
  read: 1_000,
  pause: 5_000,
};

/** Who goes next: the lowest rank and age together, of equal ones who asked first; null where nobody may. Pure. */
export function nextInLine<One extends Waiter>(waiters: Iterable<One>, isPlaceFree: boolean): One | null {
  let best: One | null = null;
  for (const one of waiters) {
    if ((isPlaceFree || one.hasPlace) && (best === null || dueMs(one) < dueMs(best))) best = one;
  }
  return best;
}

function dueMs({ rank, askedMs }: Waiter): number {
  return askedMs + HANDICAP_IN_MS[rank];
}
