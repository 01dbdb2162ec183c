import type { PastOccurrence } from '../asking/answers.ts';

/** What became of an occurrence, at a glance. */
export interface Result {
  readonly kind: 'now' | 'good' | 'warn' | 'bad';
  readonly text: string;
}

/** How an occurrence is to be coloured, and called in a word or two. Pure. */
export function resultOf({ state, counts, problem }: PastOccurrence): Result {
  if (counts.owed + counts.doubtful > 0) return { kind: 'bad', text: 'Not settled' };
  switch (state) {
    case 'open':
      return problem === null ? { kind: 'now', text: 'On now' } : { kind: 'bad', text: 'On, and in trouble' };
    case 'missed':
      return { kind: 'bad', text: 'Missed' };
    case 'ending':
      return { kind: 'warn', text: 'Ending' };
    case 'unknown':
      return { kind: 'warn', text: 'Not kept' };
    case 'done':
      return counts.failed > 0
        ? { kind: 'bad', text: 'Done in part' }
        : { kind: 'good', text: counts.everPaused === 0 ? 'Nothing to do' : 'Done' };
  }
}
