import type { Hold } from '../model/hold.ts';
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

/** Shows one hold. */
export function shownHold(hold: Hold): ShownHold {
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
