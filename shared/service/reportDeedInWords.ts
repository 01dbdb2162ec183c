import type { TrailEntry } from '../model/ownership.ts';
import { explained } from '../running/explain.ts';
import { isResultCode } from '../running/reportResult.ts';
import { whoInWords } from './holdInWords.ts';

/** Names of what happened, as people say it; an event that is not here is told by its own words. */
const deeds: Readonly<Record<string, string>> = {
  paused: 'paused',
  resumed: 'resumed',
  alreadyPaused: 'asked for; it was paused already',
  alreadyActive: 'asked for; it was active already',
  foreign: 'asked for; somebody else had paused it',
  stillHeld: 'asked for; something else holds it still',
  inactive: 'asked for; its schedule has run out',
  adopted: 'taken in as paused by us',
  failed: 'could not be changed',
  forbidden: 'could not be changed: Partner Center forbids it',
  notFound: 'not found',
  doubtful: 'in doubt, so it was left alone',
  skipped: 'left for later',
  holdBegun: 'held from here on',
  holdEnded: 'held no more',
};

/** What happened to a report, in one sentence for people. Pure. */
export function reportDeedInWords({ what, who, why, observed }: Omit<TrailEntry, 'atMs' | 'runId'>): string {
  const deed = deeds[what];
  if (deed === undefined) {
    return why === '' ? what : why;
  }
  const seen = observed === null ? '' : `; seen ${observed} afterwards`;
  const because = why.split('; ').map(partInWords).join('; ');
  return `${deed}, by ${whoInWords(who)}${because === '' ? '' : ` (${because})`}${seen}`;
}

const messages: Readonly<Record<string, { readonly message: string }>> = explained;

/** A reason begins with codes, as `whyOf` writes it: people are told what they mean. */
function partInWords(part: string): string {
  const message = messages[part]?.message;
  if (message !== undefined) return message.replace(/\.$/, '');
  return isResultCode(part) ? part.replaceAll('_', ' ') : part;
}
