import { type Hold, isOverAt } from '../model/hold.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { ExpectedResume, ExpectedResumeReason } from './expectedResume.ts';
import { holdInWords } from './holdInWords.ts';

/** A hold as people are shown it. */
export interface ShownHold {
  readonly holder: string;
  readonly state: Hold['state'];
  readonly who: string;
  readonly why: string;
  readonly fromUtc: string;
  /** Null stays until somebody resumes. */
  readonly untilUtc: string | null;
  readonly requestId: string | null;
  /** Who holds it, why and until when, in one sentence's words. */
  readonly inWords: string;
}

/** A report's holds as people are shown them: those that matter most, and how many there are. */
export interface ShownHolds {
  readonly holds: readonly ShownHold[];
  readonly holdCount: number;
}

/** So many holds are shown of each report where all reports are: tens of thousands of them shall make no answer of 100 MB. */
export const MAX_HOLDS_IN_LIST = 5;

/** So many are shown of a report that is asked for by its id. */
export const MAX_HOLDS_OF_ONE = 100;

/**
 * Shows the holds that matter most, `most` of them: first what wants the pause now, then what leaves the report alone, last
 * what is over; among these what ends last. Sorts, so that it is as many pieces of work as there are holds. Pure.
 */
export function shownHolds(holds: readonly Hold[], most: number, nowMs: number): ShownHolds {
  const byWeight = (one: Hold, other: Hold) =>
    rankOf(one, nowMs) - rankOf(other, nowMs) || compareEnds(one, other) || one.fromMs - other.fromMs;
  const first = holds.length <= 1 ? holds : holds.toSorted(byWeight).slice(0, most);
  return { holds: first.map(shownHold), holdCount: holds.length };
}

const RANKS = { live: 0, foreign: 1, dropped: 2 } as const satisfies Record<Hold['state'], number>;
const RANK_OF_OVER = 3;

function rankOf(hold: Hold, nowMs: number): number {
  return isOverAt(hold, nowMs) ? RANK_OF_OVER : RANKS[hold.state];
}

/** What ends last comes first, and what has no end before all. */
function compareEnds({ untilMs: one }: Hold, { untilMs: other }: Hold): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return other - one;
}

/** Shows one hold. */
function shownHold(hold: Hold): ShownHold {
  const { holder, state, who, why, fromMs, untilMs, requestId } = hold;
  return {
    holder: holderName(holder),
    state,
    who,
    why,
    requestId,
    fromUtc: utcText(fromMs),
    untilUtc: untilMs === null ? null : utcText(untilMs),
    inWords: holdInWords(hold),
  };
}

function holderName(holder: Hold['holder']): string {
  switch (holder.kind) {
    case 'window':
      return `window ${holder.window}`;
    case 'webhook':
      return `webhook ${holder.source}`;
    case 'request':
      return 'request';
  }
}

/** When a report is expected back, as people are shown it. */
export function shownExpectation({ atMs, reason }: ExpectedResume): {
  readonly expectedResumeUtc: string | null;
  readonly expectedResumeReason: ExpectedResumeReason;
} {
  return { expectedResumeUtc: atMs === null ? null : utcText(atMs), expectedResumeReason: reason };
}
