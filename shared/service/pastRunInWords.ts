import type { Outcome, RunDoor } from '../running/reportResult.ts';
import { whoInWords } from './holdInWords.ts';
import type { ShownPastRun } from './shownPastRun.ts';

const deeds: { readonly [Door in RunDoor]: string } = {
  tick: 'tick',
  pause: 'pause',
  resume: 'resume',
  drain: 'drain',
  adopt: 'adoption of pauses',
  acknowledge: 'acknowledgement',
  relearn: 'learning anew',
  end: 'early end of a window',
  extend: 'longer window',
  webhook: 'webhook',
};

const phrases: { readonly [O in Outcome]: string } = {
  paused: 'paused',
  resumed: 'resumed',
  adopted: 'taken in',
  failed: 'failed',
  forbidden: 'forbidden',
  doubtful: 'in doubt',
  notFound: 'not found',
  foreign: 'already paused by a person',
  alreadyPaused: 'paused already',
  alreadyActive: 'active already',
  stillHeld: 'still held',
  inactive: 'with a schedule that has run out',
  skipped: 'left for later',
};

/** A run in one sentence for people: what it was, who set it off and why, and what came of it. Pure. */
export function pastRunInWords(run: Omit<ShownPastRun, 'inWords'>): string {
  const who = run.door === 'tick' && run.who === 'timer' ? '' : ` by ${whoInWords(run.who)}`;
  const why = run.why === '' ? '' : ` ("${run.why}")`;
  return `${deeds[run.door]}${who}${why}: ${outcomeInWords(run)}`;
}

function outcomeInWords({ summary, problems, status }: Omit<ShownPastRun, 'inWords'>): string {
  const counts = Object.entries(phrases).flatMap(([outcome, phrase]) => {
    const count = summary[outcome] ?? 0;
    return count === 0 ? [] : [`${count} ${phrase}`];
  });
  const [problem] = problems;
  const told = [
    ...(status === 'working' ? ['still works'] : []),
    ...(counts.length === 0 ? [] : [counts.join(', ')]),
    ...(problem === undefined ? [] : [problem.message]),
  ];
  return told.length === 0 ? 'nothing had to be changed' : told.join('; ');
}
