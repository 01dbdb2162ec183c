import type { EndedBecause, Evidence, Ownership } from '../model/ownership.ts';
import { mergeEvidence, settledMs } from './evidence.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';
import type { Of, Transition, TransitionInput } from './transition.ts';

function keep(ownership: Ownership, wait: Reason | null, events: readonly ReportEvent[] = []): Transition {
  return { ownership, wait, holdsBecome: 'live', events };
}

function eventOf({ ownership }: TransitionInput, name: ReportEvent['name'], detail: string): ReportEvent {
  const { reportId, reportName } = ownership;
  return { name, reportId, reportName, detail };
}

export function waits(reason: Reason): (input: TransitionInput) => Transition {
  return ({ ownership }) => keep(ownership, reason);
}

export function asKnown({ ownership }: TransitionInput): Transition {
  return keep(ownership, null);
}

/** The evidence of the read is what is kept from now on. Held again, nothing is owed any more. */
export function stays({ ownership, found, isHeld }: TransitionInput<Of<'paused'>>): Transition {
  const kept = mergeEvidence(ownership.kept, found);
  return keep({ ...ownership, kept, owed: isHeld ? null : ownership.owed }, null);
}

/** Held, it shall stay as it is, whether or not it is shown; else its resume is owed, and gets no PUT while it is 404. */
export function isMissing({ ownership, isHeld }: TransitionInput<Of<'paused'>>): Transition {
  return keep(ownership, isHeld ? 'held_unseen' : 'unseen');
}

export function edited(input: TransitionInput<Of<'paused'>>): Transition {
  const detail = 'somebody edited it while it was paused; the pause is still ours';
  return { ...stays(input), events: [eventOf(input, 'ReportEdited', detail)] };
}

export function becomesPaused(input: TransitionInput): Transition {
  return toPaused(input, 'ReportPaused', 'the pause had taken effect');
}

function toPaused(input: TransitionInput, name: ReportEvent['name'], detail: string): Transition {
  const { ownership, found, atMs } = input;
  // A read that lacks the time, or shows an older one, takes nothing away: the true one would look like somebody's touch.
  const kept = mergeEvidence(keptOf(input), found);
  const paused: Ownership = {
    ...commonOf(ownership),
    sinceMs: atMs,
    kind: 'paused',
    kept,
    owed: null,
  };
  return keep(paused, null, [eventOf(input, name, detail)]);
}

/** Where a person has asked for the report already, the doubt is settled as it arises. */
export function doubt(because: string): (input: TransitionInput) => Transition {
  return (input) => {
    if (input.takeOver !== null) {
      return takenOver(input, input.takeOver);
    }
    const { ownership, atMs } = input;
    const doubtful: Ownership = { ...commonOf(ownership), sinceMs: atMs, kind: 'doubtful', because };
    return keep(doubtful, 'doubtful', [eventOf(input, 'ReportDoubtful', because)]);
  };
}

export function staysDoubtful(input: TransitionInput<Of<'doubtful'>>): Transition {
  return input.takeOver === null ? keep(input.ownership, 'doubtful') : takenOver(input, input.takeOver);
}

/** So much of a person's word stands in the report's row; its history has all of it. */
const MAX_SAID = 400;

/** Which link of the chain is missing stays to be seen: a person's word stands in for it. */
function takenOver(input: TransitionInput, said: string): Transition {
  const { ownership, atMs } = input;
  const word = { atMs, said: said.slice(0, MAX_SAID).toWellFormed() };
  const chain = { ...ownership.chain, takenOver: word };
  return toPaused({ ...input, ownership: { ...ownership, chain } }, 'ReportTakenOver', said);
}

/**
 * Our pause is not to be seen yet. What may still take effect is waited for; a pause that reads refute, and one that was
 * refused, are decided anew.
 */
export function triesAgain({ ownership, atMs, isHeld }: TransitionInput<Of<'pausing'>>): Transition {
  const isPending = ownership.attempts.some((attempt) => mayTakeEffect(attempt, atMs));
  if (isPending) {
    return keep(ownership, 'attempt_under_way');
  }
  return keep(ownership, isHeld ? null : 'fresh_read_awaited');
}

/** What was refused is over at once; anything else when its limit and the lag of reads have passed. */
function mayTakeEffect(attempt: Ownership['attempts'][number], nowMs: number): boolean {
  return attempt.answer !== 'refused' && nowMs < settledMs(attempt);
}

/** Two looks showed it active after all of our attempts were over: nothing of ours stands. */
export function givesUpPause(input: TransitionInput<Of<'pausing'>>): Transition {
  const { ownership, isHeld } = input;
  return isHeld ? keep(ownership, null) : keep(toEnded(input, 'not_effective'), null);
}

export function resumedByPerson(input: TransitionInput<Of<'paused' | 'doubtful'>>): Transition {
  const ended = toEnded(input, 'resumed_by_person');
  if (input.isReasserted) {
    const detail = 'somebody resumed it; its window pauses it again';
    return {
      ...keep(ended, null, [eventOf(input, 'ManualResumeReasserted', detail)]),
      holdsBecome: 'dropped',
    };
  }
  const detail = 'somebody resumed it, and it stays so';
  return {
    ...keep(ended, 'manual_resume_respected', [eventOf(input, 'ManualResumeRespected', detail)]),
    holdsBecome: 'dropped',
  };
}

export function exhausted(input: TransitionInput): Transition {
  const detail = 'its schedule has run out, so nothing is left to resume';
  const ended = toEnded(input, 'exhausted');
  return keep(ended, 'exhausted', [eventOf(input, 'ReportExhausted', detail)]);
}

export function gone(input: TransitionInput): Transition {
  const detail = 'the service has shown no such report for 7 days: it may have been deleted';
  return keep(toEnded(input, 'gone'), 'gone', [eventOf(input, 'ReportGone', detail)]);
}

/** Given up for another reason, and the net closes by this one: told once. */
export function endsAs(
  because: EndedBecause,
  end: (input: TransitionInput) => Transition,
): (input: TransitionInput<Of<'ended'>>) => Transition {
  return (input) => (input.ownership.because === because ? asKnown(input) : end(input));
}

/** Still paused: while the resume may take effect it is waited for, else it is owed, and decided anew. */
export function resumeNotDone(input: TransitionInput<Of<'resuming'>>): Transition {
  const { ownership, atMs, isHeld, found } = input;
  if (ownership.attempts.some((attempt) => attempt.towards === 'Active' && mayTakeEffect(attempt, atMs))) {
    return keep(ownership, 'attempt_under_way');
  }
  const owed = isHeld ? null : 'resume_not_done';
  const kept = mergeEvidence(ownership.kept, found);
  return keep({ ...commonOf(ownership), kind: 'paused', kept, owed }, null);
}

/** A claim is withdrawn: what was told as resumed is still paused by us. */
export function resumeWithoutEffect(input: TransitionInput<Of<'resumed'>>): Transition {
  const { ownership, found, atMs, isHeld } = input;
  const owed = isHeld ? null : 'resume_not_done';
  const kept = mergeEvidence(ownership.kept, found);
  const paused: Ownership = { ...commonOf(ownership), sinceMs: atMs, kind: 'paused', kept, owed };
  const detail = 'told as resumed, and found paused as we left it: it is resumed again';
  return keep(paused, null, [eventOf(input, 'ResumeNotEffective', detail)]);
}

export function becomesResumed(input: TransitionInput<Of<'resuming' | 'paused'>>): Transition {
  const { ownership, atMs } = input;
  const chain = { ...ownership.chain, readResumedMs: atMs };
  const { kept } = ownership;
  const resumed: Ownership = { ...commonOf(ownership), chain, sinceMs: atMs, kind: 'resumed', kept };
  return keep(resumed, waitAfterResume(resumed, input), [
    eventOf(input, 'ReportResumed', 'the resume had taken effect'),
  ]);
}

/** Shown active after a resume that was refused and that no read has refuted since: it had taken effect, and nobody else did it. */
export function unlessResumed(
  rule: (input: TransitionInput<Of<'paused'>>) => Transition,
): (input: TransitionInput<Of<'paused'>>) => Transition {
  return (input) => {
    const { attempts, chain } = input.ownership;
    const last = attempts.at(-1);
    const isOurs = last?.towards === 'Active' && (chain.readPausedMs ?? 0) < settledMs(last);
    return isOurs ? becomesResumed(input) : rule(input);
  };
}

export function settles(input: TransitionInput<Of<'resumed'>>): Transition {
  const wait = waitAfterResume(input.ownership, input);
  return keep(input.ownership, wait === 'back_already' ? 'resumed_already' : wait);
}

/** Wanted paused again, a report that is not to be seen active gets no PUT. */
export function settlesUnlessHeld(reason: Reason): (input: TransitionInput<Of<'resumed'>>) => Transition {
  return (input) => (input.isHeld ? keep(input.ownership, reason) : settles(input));
}

/** A resume of ours that arrives late must not undo the pause that comes next. */
function waitAfterResume({ attempts }: Ownership, { isHeld, atMs }: TransitionInput): Reason | null {
  if (!isHeld) {
    return 'back_already';
  }
  const isPending = attempts.some(
    (attempt) =>
      attempt.towards === 'Active' && attempt.answer !== 'accepted' && mayTakeEffect(attempt, atMs),
  );
  return isPending ? 'attempt_under_way' : null;
}

export function done(input: TransitionInput<Of<'resumed'>>): Transition {
  return keep(toEnded(input, 'resumed'), input.isHeld ? null : 'resumed_already');
}

/** It was given up, and is paused as we left it: it is ours again. */
export function comesBack(input: TransitionInput<Of<'ended'>>): Transition {
  return toPaused(input, 'ReportReturned', 'it came back paused, as we had left it: it is ours again');
}

function toEnded(input: TransitionInput, because: EndedBecause): Ownership {
  const { ownership, atMs } = input;
  const refuted = ownership.kind === 'pausing' ? ownership.refuted : 0;
  return { ...commonOf(ownership), sinceMs: atMs, kind: 'ended', because, kept: keptOf(input), refuted };
}

/** How our pause was seen last, or else what may be ours: by it a report that comes back is told from a stranger's. */
function keptOf({ ownership, found }: TransitionInput): Evidence {
  switch (ownership.kind) {
    case 'pausing':
      return ownership.before;
    case 'doubtful':
      return found;
    default:
      return ownership.kept;
  }
}

/** What every kind of ownership keeps, and nothing that only one has. */
function commonOf(ownership: Ownership) {
  const { reportId, reportName, queryId, sinceMs, attempts, odd, lookedMs, listed, chain, net, trail } =
    ownership;
  return { reportId, reportName, queryId, sinceMs, attempts, odd, lookedMs, listed, chain, net, trail };
}
