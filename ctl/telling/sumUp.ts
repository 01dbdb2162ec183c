import type { Report } from '../connection/answers.ts';
import { showInstant } from './instant.ts';

/** So many reports that are not as usual are listed; more are summed up. */
export const MOST_LISTED = 50;

interface Unusual {
  readonly report: Report;
  readonly kind: string | null;
}

/** How many reports are of each kind, by who holds them until when, the most first. Pure. */
export function sumUp(unusual: readonly Unusual[], timeZone: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { report, kind } of unusual) {
    const words = `${kind ?? 'as usual'}${heldBy(report, timeZone)}`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, two]) => two - one).map(([words, number]) => `${number} ${words}`);
}

function heldBy({ holds }: Report, timeZone: string): string {
  const [first] = holds.filter(({ state }) => state === 'live');
  if (first === undefined) {
    return '';
  }
  const holder = first.holder === 'request' ? `a request by ${first.who}` : first.holder;
  const until = first.untilUtc === null ? 'without an end' : `until ${showInstant(first.untilUtc, timeZone)}`;
  return `, held by ${holder} ${until}`;
}
