import type { Report } from '../asking/answers.ts';
import { kindOf } from '../facts/kinds.ts';
import { wordsOf } from '../facts/words.ts';

/** What a report is, in one coloured word or two. Colour says nothing that the word does not. */
export function StatusBadge({ report }: { readonly report: Report }) {
  const [first] = report.attention;
  if (first !== undefined) {
    return <span class="badge bad">{wordsOf(first.cause)}</span>;
  }
  switch (kindOf(report)) {
    case 'ours':
      return <span class="badge ours">{oursText(report)}</span>;
    case 'foreign':
      return <span class="badge foreign">Paused by others</span>;
    case 'inactive':
      return <span class="badge quiet">Run out</span>;
    default:
      return report.status === null ? (
        <span class="badge quiet">Not shown</span>
      ) : (
        <span class="badge good">{report.status}</span>
      );
  }
}

function oursText({ ownership }: Report): string {
  return ownership === 'pausing'
    ? 'Being paused'
    : ownership === 'resuming'
      ? 'Being resumed'
      : 'Paused by us';
}
