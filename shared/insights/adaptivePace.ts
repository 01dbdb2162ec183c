import type { LearnedPace } from '../model/learnedPace.ts';
import { cut, grown, limitKept, limitSeen, type PaceLimit, seenInMs, worthKeeping } from './paceLimit.ts';
import { createSuspectedLimit } from './suspectedLimit.ts';

/**
 * The pace of an account whose limit nobody set: as fast as it goes until the service refuses calls, then as fast as it was seen
 * to take them, and now and then a little faster. A refusal that tells of no limit changes nothing.
 */
export interface AdaptivePace {
  /** The earliest instant at which the next call may begin; never before `nowMs`. */
  earliestMs(nowMs: number): number;
  /** A call begins now. */
  begin(nowMs: number): void;
  /** The service took a call. */
  taken(nowMs: number): void;
  /** The service refused a call that began at `sentMs`, and takes none for so long. */
  refused(refusal: { readonly nowMs: number; readonly sentMs: number; readonly holdInMs: number }): void;
  /** Whether a limit is known. */
  isLimited(): boolean;
  /** What is worth keeping for later runs; null where no limit is known. */
  learned(): LearnedPace | null;
  /** Goes by what an earlier run learned, where this process knows nothing better. */
  recall(learned: LearnedPace | null): void;
  /** Knows nothing any more. */
  forget(): void;
}

/** Only refusals that hold the account back for no longer say anything of a limit in a second. */
const LONGEST_HOLD_IN_MS = 5_000;

/** A gap between calls that is longer counts as so long: in it nothing was tried. */
const LONGEST_GAP_IN_MS = 2_000;

/** A timer that is late by so much slows nothing that follows. */
const LATE_IN_MS = 25;

/** A pace is compared with what obeying brought after so long. */
const COMPARED_AFTER_MS = 8_000;

/** Less than this share of what obeying brought is slower: the first refusals at a pace are its price. */
const SLOWER = 0.9;

/** Of what went as fast as it could, spells that are no longer count. */
const LONGEST_SPELL_COUNTED_MS = 30_000;

/** More than are taken in a hold-off at the highest rate. */
const MOST_REMEMBERED = 5_000;

/** A pace that knows nothing yet. */
export function createAdaptivePace(): AdaptivePace {
  let limit: PaceLimit | null = null;
  let suspected = createSuspectedLimit();
  let refusedMs = Number.NEGATIVE_INFINITY;
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  /** Since the last refusal; `fromMs` null before the first call of it. */
  let spell: { readonly fromMs: number | null; readonly taken: number } = { fromMs: null, taken: 0 };
  /** How long calls have gone on in it, when the last one began, and when the next may. */
  let wentOnInMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let nextMs = Number.NEGATIVE_INFINITY;
  let takenMs: number[] = [];
  /** Since the limit is known, hold-offs included, and what obeying each refusal would have brought in a second. */
  let paced = { inMs: 0, taken: 0 };
  let obeyedPerSecond = 0;
  /** All that went as fast as it could, hold-offs included. */
  let free = { taken: 0, inMs: 0 };

  const goBy = (known: PaceLimit | null, obeyed: number) => {
    limit = known;
    obeyedPerSecond = obeyed;
    paced = { inMs: 0, taken: 0 };
    takenMs = [];
  };
  /** Slower than to obey and no more: then it was no limit, or is none any more. */
  const isSlower = () =>
    paced.inMs >= COMPARED_AFTER_MS && (paced.taken * 1_000) / paced.inMs < obeyedPerSecond * SLOWER;
  const learn = (nowMs: number, holdInMs: number) => {
    const { fromMs, taken } = spell;
    if (limit === null) {
      const from = fromMs ?? nowMs;
      const inMs = heldUntilMs - from;
      // A spell that goes over a pause of the runs says nothing of how fast calls go.
      if (inMs <= LONGEST_SPELL_COUNTED_MS) free = { taken: free.taken + taken, inMs: free.inMs + inMs };
      const seen = suspected.refused({ fromMs: from, taken, refusedMs: nowMs, heldUntilMs });
      if (seen !== null) goBy(limitSeen(seen), (free.taken * 1_000) / Math.max(1, free.inMs));
    } else if (isSlower()) {
      suspected.wasNone();
      limit = null;
    } else if (holdInMs <= LONGEST_HOLD_IN_MS) {
      const takenLately = takenMs.filter((ms) => ms > nowMs - seenInMs(holdInMs)).length;
      limit = cut(limit, { wentOnInMs, taken, holdInMs, takenLately });
      paced = { ...paced, inMs: paced.inMs + holdInMs };
    }
  };

  return {
    earliestMs: (nowMs) => (limit === null ? nowMs : Math.max(nowMs, nextMs)),
    begin: (nowMs) => {
      // What was under way when calls were refused is no part of what comes after.
      if (spell.fromMs === null) spell = { fromMs: nowMs, taken: 0 };
      if (limit === null) return;
      const byMs = Math.min(nowMs - Math.max(lastMs, heldUntilMs), LONGEST_GAP_IN_MS);
      lastMs = nowMs;
      if (byMs > 0) {
        wentOnInMs += byMs;
        paced = { ...paced, inMs: paced.inMs + byMs };
        limit = grown(limit, { wentOnInMs, byMs });
      }
      if (limit === null) return;
      // What is late by a little is counted by the plan: else each late timer would slow all calls that follow.
      nextMs = (nowMs - nextMs <= LATE_IN_MS ? nextMs : nowMs) + 1_000 / limit.callsPerSecond;
    },
    taken: (nowMs) => {
      spell = { ...spell, taken: spell.taken + 1 };
      if (limit === null) return;
      paced = { ...paced, taken: paced.taken + 1 };
      takenMs.push(nowMs);
      if (takenMs.length > MOST_REMEMBERED) takenMs = takenMs.slice(-MOST_REMEMBERED / 2);
    },
    refused: ({ nowMs, sentMs, holdInMs }) => {
      // Begun before the account was held back: the same refusal once more.
      if (sentMs <= refusedMs) return;
      refusedMs = nowMs;
      heldUntilMs = nowMs + holdInMs;
      learn(nowMs, holdInMs);
      spell = { fromMs: null, taken: 0 };
      wentOnInMs = 0;
      nextMs = heldUntilMs;
    },
    isLimited: () => limit !== null,
    learned: () => (limit === null ? null : { ...worthKeeping(limit), obeyedPerSecond }),
    recall: (learned) => {
      if (limit !== null || learned === null) return;
      goBy(limitKept(learned), learned.obeyedPerSecond);
    },
    forget: () => {
      goBy(null, 0);
      free = { taken: 0, inMs: 0 };
      suspected = createSuspectedLimit();
    },
  };
}
