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
  confirm: 5_000,
};

/**
 * From so long a wait on, the read after a change goes before all that is not begun yet: what is not read within ten seconds
 * of its change can become doubtful.
 */
const CONFIRMED_WITHIN_MS = 2_000;

/** Who goes next: the lowest rank and age together, of equal ones who asked first; null where nobody may. Pure. */
export function nextInLine<One extends Waiter>(
  waiters: Iterable<One>,
  { isPlaceFree, nowMs }: { readonly isPlaceFree: boolean; readonly nowMs: number },
): One | null {
  let best: One | null = null;
  let bestMs = Number.POSITIVE_INFINITY;
  for (const one of waiters) {
    if (isPlaceFree || one.hasPlace) {
      const ms = dueMs(one, nowMs);
      if (best === null || ms < bestMs) [best, bestMs] = [one, ms];
    }
  }
  return best;
}

function dueMs({ rank, askedMs }: Waiter, nowMs: number): number {
  const isOverdue = rank === 'confirm' && nowMs - askedMs >= CONFIRMED_WITHIN_MS;
  return isOverdue ? Number.MIN_SAFE_INTEGER + askedMs : askedMs + HANDICAP_IN_MS[rank];
}
