/** What is known of a limit that the service sets on an account's calls, and how it is tried. */
export interface PaceLimit {
  /** The rate that is gone by. */
  readonly callsPerSecond: number;
  /** The rate that was refused last. */
  readonly refusedPerSecond: number;
  /** For so long calls keep to their rate before they are tried a little faster. */
  readonly steadyInMs: number;
}

/** How a spell of calls under a limit ended: refused, after so long in which calls went on. */
export interface RefusedSpell {
  readonly wentOnInMs: number;
  readonly taken: number;
  readonly holdInMs: number;
  /** Calls that were taken in the last {@link seenInMs} of it. */
  readonly takenLately: number;
}

/** Slower than this nothing is paced: where the service takes so little, each refusal is obeyed and no more. */
const LEAST_PER_SECOND = 4;

/** A rate above this is none. */
const MOST_PER_SECOND = 500;

const LEAST_STEADY_IN_MS = 2_000;
const MOST_STEADY_IN_MS = 32_000;

/** What is left at most of a rate that was refused. */
const LEFT = 0.95;

/** From here on a rate is the one that was refused, or near it; above it the limit is another by now. */
const NEAR_REFUSED = 0.9;
const ABOVE_REFUSED = 1.04;

/** How much faster each second, by how near the rate is to the one that was refused last. */
const FASTER: readonly { readonly below: number; readonly perSecond: number }[] = [
  { below: NEAR_REFUSED, perSecond: 1.4 },
  { below: ABOVE_REFUSED, perSecond: 1.02 },
  { below: 1.3, perSecond: 1.3 },
  { below: Number.POSITIVE_INFINITY, perSecond: 2 },
];

/** What was taken before two refusals says how much is taken at least, not how much more is. */
const UNSETTLED = 1.5;

/** So many calls say what a rate is. */
const MANY_CALLS = 8;

/** How far back the rate is looked at that was taken before a refusal: what is taken in a hold-off is a limit of that time. Pure. */
export function seenInMs(holdInMs: number): number {
  return Math.max(1_000, holdInMs);
}

/** The limit where so many calls a second were seen to be taken; null where that is too few to pace by. Pure. */
export function limitSeen(callsPerSecond: number): PaceLimit | null {
  return callsPerSecond < LEAST_PER_SECOND
    ? null
    : { callsPerSecond, refusedPerSecond: callsPerSecond * UNSETTLED, steadyInMs: LEAST_STEADY_IN_MS };
}

/** The limit as an earlier run left it. Pure. */
export function limitKept(kept: Pick<PaceLimit, 'callsPerSecond' | 'steadyInMs'>): PaceLimit {
  return { ...kept, refusedPerSecond: kept.callsPerSecond / LEFT };
}

/** What is worth keeping of it: the rate before it was tried faster, for as long as the limit seems to be the same. Pure. */
export function worthKeeping({
  callsPerSecond,
  refusedPerSecond,
  steadyInMs,
}: PaceLimit): Pick<PaceLimit, 'callsPerSecond' | 'steadyInMs'> {
  const isSame = callsPerSecond <= refusedPerSecond * ABOVE_REFUSED;
  return {
    callsPerSecond: isSame ? Math.min(callsPerSecond, refusedPerSecond * LEFT) : callsPerSecond,
    steadyInMs,
  };
}

/** The limit after calls went on for a while more, `wentOnInMs` since the last refusal; null where there is none any more. Pure. */
export function grown(
  limit: PaceLimit,
  { wentOnInMs, byMs }: { readonly wentOnInMs: number; readonly byMs: number },
): PaceLimit | null {
  const nearness = limit.callsPerSecond / limit.refusedPerSecond;
  const step = FASTER.find(({ below }) => nearness < below);
  if (step === undefined || (nearness >= NEAR_REFUSED && wentOnInMs < limit.steadyInMs)) return limit;
  const callsPerSecond = limit.callsPerSecond * step.perSecond ** (byMs / 1_000);
  return callsPerSecond > MOST_PER_SECOND ? null : { ...limit, callsPerSecond };
}

/** The limit after a refusal; null where what is left is too little to pace by. Pure. */
export function cut(limit: PaceLimit, spell: RefusedSpell): PaceLimit | null {
  const { callsPerSecond, refusedPerSecond, steadyInMs } = limit;
  const { wentOnInMs, taken, holdInMs, takenLately } = spell;
  // To obey this refusal and no more would have got so much through.
  const obeying = (taken * 1_000) / (wentOnInMs + holdInMs);
  const seen = (takenLately * 1_000) / seenInMs(holdInMs);
  const left = Math.max(obeying, Math.min(seen, callsPerSecond * LEFT));
  if (left < LEAST_PER_SECOND) return null;
  const isSame = callsPerSecond <= refusedPerSecond * ABOVE_REFUSED;
  const isFarOver = callsPerSecond > 1.3 * left && taken >= MANY_CALLS && wentOnInMs >= seenInMs(holdInMs);
  const steady = isSame && wentOnInMs >= steadyInMs ? 2 * steadyInMs : steadyInMs;
  return {
    callsPerSecond: left,
    refusedPerSecond: isFarOver ? left / NEAR_REFUSED : callsPerSecond,
    steadyInMs: isSame ? Math.min(MOST_STEADY_IN_MS, steady) : LEAST_STEADY_IN_MS,
  };
}
