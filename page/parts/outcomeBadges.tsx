import { wordsOf } from '../facts/words.ts';

const BAD = new Set(['failed', 'doubtful', 'forbidden', 'notFound', 'owed']);
const GOOD = new Set(['paused', 'resumed', 'alreadyActive', 'alreadyPaused']);

/** 0 for an outcome that nobody is content with, 2 for one as asked, 1 between. Pure. */
export function rankOf(outcome: string): number {
  return BAD.has(outcome) ? 0 : GOOD.has(outcome) ? 2 : 1;
}

/** How many reports came to each outcome. */
export function OutcomeBadges({ counts }: { readonly counts: Readonly<Record<string, number | undefined>> }) {
  return (
    <>
      {Object.entries(counts).map(([outcome, number = 0]) =>
        number === 0 ? null : (
          <span key={outcome} class={`badge ${['bad', 'quiet', 'good'][rankOf(outcome)]}`}>
            {wordsOf(outcome)} {number}
          </span>
        ),
      )}
    </>
  );
}
