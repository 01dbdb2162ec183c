/** One hand of the clock: the values that it may show, and the seconds that one step of it is worth. */
export interface Hand {
  readonly values: readonly number[];
  readonly seconds: number;
}

/** The first time of day at or after a second of the day; null where the day has none. */
export function atOrAfter([hand, ...smaller]: readonly Hand[], second: number): number | null {
  if (hand === undefined) {
    return 0;
  }
  const shown = Math.floor(second / hand.seconds);
  for (const value of hand.values.filter((one) => one >= shown)) {
    const rest = atOrAfter(smaller, value === shown ? second - value * hand.seconds : 0);
    if (rest !== null) {
      return value * hand.seconds + rest;
    }
  }
  return null;
}

/** The last time of day at or before a second of the day; null where the day has none. */
export function atOrBefore([hand, ...smaller]: readonly Hand[], second: number): number | null {
  if (hand === undefined) {
    return 0;
  }
  const shown = Math.floor(second / hand.seconds);
  for (const value of hand.values.filter((one) => one <= shown).reverse()) {
    const rest = atOrBefore(smaller, value === shown ? second - value * hand.seconds : hand.seconds - 1);
    if (rest !== null) {
      return value * hand.seconds + rest;
    }
  }
  return null;
}

/** The first and last time of a span and the extreme gaps inside it, in seconds. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly shortest: number;
  readonly longest: number;
}

/** The span of a day: the largest hand comes first. */
export function spanOf(hands: readonly Hand[]): Span {
  const moment: Span = { first: 0, last: 0, shortest: Number.POSITIVE_INFINITY, longest: 0 };
  return hands.reduceRight(spanWith, moment);
}

/** The span that a larger hand makes of the span of the smaller ones. */
function spanWith(inner: Span, { values, seconds }: Hand): Span {
  let { shortest, longest } = inner;
  let before: number | null = null;
  for (const value of values) {
    if (before !== null) {
      const gap = (value - before) * seconds - inner.last + inner.first;
      shortest = Math.min(shortest, gap);
      longest = Math.max(longest, gap);
    }
    before = value;
  }
  return {
    first: (values[0] ?? 0) * seconds + inner.first,
    last: (values.at(-1) ?? 0) * seconds + inner.last,
    ...{ shortest, longest },
  };
}
