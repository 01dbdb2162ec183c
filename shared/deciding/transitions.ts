import type { Ownership } from '../model/ownership.ts';
import type { Sight } from './sight.ts';
import type { Of, Transition, TransitionInput } from './transition.ts';
import {
  asKnown,
  becomesPaused,
  becomesResumed,
  comesBack,
  done,
  doubt,
  edited,
  endsAs,
  exhausted,
  givesUpPause,
  gone,
  isMissing,
  resumedByPerson,
  resumeNotDone,
  resumeWithoutEffect,
  settles,
  settlesUnlessHeld,
  stays,
  staysDoubtful,
  triesAgain,
  unlessResumed,
  waits,
} from './transitionRules.ts';

type Rule<Kind extends Ownership['kind']> = (input: TransitionInput<Of<Kind>>) => Transition;
type Table = { readonly [Kind in Ownership['kind']]: { readonly [S in Sight]: Rule<Kind> } };

/**
 * The table of ownership: each state with each sight. A pair that is missing does not compile.
 * Source of its rows: what a service may do that nobody has seen; `docs/decisions.md` says why.
 */
const transitions: Table = {
  pausing: {
    pausedByUs: becomesPaused,
    pausedAndEdited: becomesPaused,
    pausedByOthers: doubt('found paused after an attempt of ours, but the times do not fit'),
    pausedEarly: waits('attempt_under_way'),
    activeEarly: triesAgain,
    activeFirst: triesAgain,
    activeTwice: givesUpPause,
    inactiveFirst: waits('seen_inactive_once'),
    inactiveTwice: exhausted,
    missing: waits('unseen'),
    missingForDays: gone,
    notLooked: waits('attempt_under_way'),
  },
  paused: {
    pausedByUs: stays,
    pausedAndEdited: edited,
    pausedByOthers: doubt('somebody touched it while we kept it paused, and may want it paused'),
    pausedEarly: stays,
    activeEarly: unlessResumed(waits('fresh_read_awaited')),
    activeFirst: unlessResumed(waits('seen_active_once')),
    activeTwice: unlessResumed(resumedByPerson),
    inactiveFirst: waits('seen_inactive_once'),
    inactiveTwice: exhausted,
    missing: isMissing,
    missingForDays: gone,
    notLooked: asKnown,
  },
  resuming: {
    pausedByUs: resumeNotDone,
    pausedAndEdited: resumeNotDone,
    pausedByOthers: doubt('found paused after a resume of ours, and touched since'),
    pausedEarly: waits('attempt_under_way'),
    activeEarly: becomesResumed,
    activeFirst: becomesResumed,
    activeTwice: becomesResumed,
    inactiveFirst: waits('seen_inactive_once'),
    inactiveTwice: exhausted,
    missing: waits('unseen'),
    missingForDays: gone,
    notLooked: waits('attempt_under_way'),
  },
  resumed: {
    pausedByUs: resumeWithoutEffect,
    pausedAndEdited: doubt('paused again after our resume was read, and edited'),
    pausedByOthers: doubt('paused again after our resume was read'),
    pausedEarly: waits('resume_settles'),
    activeEarly: settles,
    activeFirst: settles,
    activeTwice: done,
    inactiveFirst: settlesUnlessHeld('seen_inactive_once'),
    inactiveTwice: exhausted,
    missing: settlesUnlessHeld('unseen'),
    missingForDays: gone,
    notLooked: settles,
  },
  doubtful: {
    pausedByUs: staysDoubtful,
    pausedAndEdited: staysDoubtful,
    pausedByOthers: staysDoubtful,
    pausedEarly: staysDoubtful,
    activeEarly: waits('doubtful'),
    activeFirst: waits('seen_active_once'),
    activeTwice: resumedByPerson,
    inactiveFirst: waits('seen_inactive_once'),
    inactiveTwice: exhausted,
    missing: waits('unseen'),
    missingForDays: gone,
    notLooked: waits('doubtful'),
  },
  ended: {
    pausedByUs: comesBack,
    pausedAndEdited: comesBack,
    pausedByOthers: doubt('came back paused, and it cannot be told by whom'),
    pausedEarly: asKnown,
    activeEarly: asKnown,
    activeFirst: asKnown,
    activeTwice: asKnown,
    inactiveFirst: asKnown,
    inactiveTwice: endsAs('exhausted', exhausted),
    missing: asKnown,
    missingForDays: endsAs('gone', gone),
    notLooked: asKnown,
  },
};

/** What the look makes of the ownership. Pure. */
export function transitionOf(input: TransitionInput, sight: Sight): Transition {
  const { ownership } = input;
  switch (ownership.kind) {
    case 'pausing':
      return transitions.pausing[sight]({ ...input, ownership });
    case 'paused':
      return transitions.paused[sight]({ ...input, ownership });
    case 'resuming':
      return transitions.resuming[sight]({ ...input, ownership });
    case 'resumed':
      return transitions.resumed[sight]({ ...input, ownership });
    case 'doubtful':
      return transitions.doubtful[sight]({ ...input, ownership });
    case 'ended':
      return transitions.ended[sight]({ ...input, ownership });
  }
}
