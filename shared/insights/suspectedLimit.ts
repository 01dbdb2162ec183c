/** A spell of calls that went as fast as they could, until one was refused. */
interface FreeSpell {
  readonly fromMs: number;
  readonly taken: number;
  readonly refusedMs: number;
  readonly heldUntilMs: number;
}

/** Finds a limit where refusals follow each other as a limit would have it. */
export interface SuspectedLimit {
  /** One more refusal; how many calls a second it shows to be taken, together with those before it, if they show that. */
  refused(spell: FreeSpell): number | null;
  /** A limit that was made out was none: next time it takes twice as many refusals. */
  wasNone(): void;
}

/**
 * Only limits over a few seconds are learned. Where a longer one is used up, its calls may as well go at once and wait for its
 * end: to spread them would make a run longer that fits it.
 */
const LONGEST_SPELL_IN_MS = 5_000;

/** Refusals tell of a limit where they follow each other so soon, and as much was taken before each, but for this factor. */
const SOON_IN_MS = 10_000;
const ALIKE = 1.4;

const REFUSALS_AT_FIRST = 2;
const REFUSALS_AT_MOST = 16;

export function createSuspectedLimit(): SuspectedLimit {
  let needed = REFUSALS_AT_FIRST;
  let alike: { readonly spells: readonly FreeSpell[]; readonly rates: readonly number[] } = none;

  return {
    refused: (spell) => {
      const { fromMs, taken, refusedMs, heldUntilMs } = spell;
      // Nothing was taken since the last refusal: it was waited for too shortly, and it is the same spell.
      if (taken === 0) return null;
      if (heldUntilMs - fromMs > LONGEST_SPELL_IN_MS) {
        alike = none;
        return null;
      }
      const rate = (taken * 1_000) / Math.max(refusedMs - fromMs, heldUntilMs - refusedMs, 1_000);
      const last = alike.spells.at(-1);
      const isSoon = last !== undefined && refusedMs - last.heldUntilMs <= SOON_IN_MS;
      const isAlike = alike.rates.every((other) => rate / other <= ALIKE && other / rate <= ALIKE);
      alike =
        isSoon && isAlike
          ? { spells: [...alike.spells, spell], rates: [...alike.rates, rate] }
          : { spells: [spell], rates: [rate] };
      if (alike.spells.length < needed) return null;
      const seen = Math.max(...alike.rates);
      alike = none;
      return seen;
    },
    wasNone: () => {
      needed = Math.min(REFUSALS_AT_MOST, 2 * needed);
      alike = none;
    },
  };
}

const none = { spells: [], rates: [] } as const;
