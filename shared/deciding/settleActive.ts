import type { Ownership } from '../model/ownership.ts';
import type { Settled, SettleInput } from './settled.ts';
import { close, eventOf, isUnderWay, keep, serviceReadMs } from './settled.ts';

/**
 * A report of the ledger is seen `Active`: our pause did not take effect, our resume did, or a person resumed it. Goes
 * by the instant of the read, so that one read never counts as two. Pure.
 */
export function settleActive(input: SettleInput): Settled {
  const { ownership } = input;
  switch (ownership.kind) {
    case 'pausing':
      return settleNotPaused(input, ownership);
    case 'resuming':
      return settleResumed(input, ownership);
    case 'paused':
    case 'doubtful':
      return settleResumedByHand(input, ownership);
  }
}

/** Once no read can be stale any more the attempt is forgotten: a pause found later is not ours by it. */
function settleNotPaused(input: SettleInput, ownership: Extract<Ownership, { kind: 'pausing' }>): Settled {
  if (isUnderWay(ownership, input)) {
    return keep(ownership, 'attempt_under_way');
  }
  const overAtMs = ownership.attempts.at(-1)?.untilServiceMs ?? ownership.sinceMs;
  if (serviceReadMs(input) >= overAtMs + input.timing.staleReadGraceInMs) {
    return { ownership: null, wait: null, holdsBecome: 'live', events: [] };
  }
  return keep(ownership, input.liveHolds.length > 0 ? null : 'fresh_read_awaited');
}

function settleResumed(input: SettleInput, ownership: Extract<Ownership, { kind: 'resuming' }>): Settled {
  if (isTooFresh(input)) {
    return keep(ownership, 'fresh_read_awaited');
  }
  if (input.liveHolds.length === 0) {
    return close(input, 'back_already', 'ReportResumed', 'the resume had taken effect');
  }
  // A resume of ours that arrives late must not undo the pause that comes next.
  return isUnderWay(ownership, input)
    ? keep(ownership, 'attempt_under_way')
    : close(input, null, 'ReportResumed', 'the resume had taken effect');
}

function settleResumedByHand(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'paused' | 'doubtful' }>,
): Settled {
  const { readAtMs } = input.seen;
  if (isTooFresh(input)) {
    return keep(ownership, 'fresh_read_awaited');
  }
  const { seenActiveAtMs } = ownership;
  if (seenActiveAtMs === null || readAtMs < seenActiveAtMs + input.timing.betweenReadsInMs) {
    return keep({ ...ownership, seenActiveAtMs: seenActiveAtMs ?? readAtMs }, 'seen_active_once');
  }
  if (input.liveHolds.some((hold) => hold.onManualResume === 'reassert')) {
    return {
      ownership: null,
      wait: null,
      holdsBecome: 'dropped',
      events: [eventOf(input, 'ManualResumeReasserted', 'somebody resumed it; its window pauses it again')],
    };
  }
  const detail = 'somebody resumed it, and it stays so';
  return {
    ...close(input, 'manual_resume_respected', 'ManualResumeRespected', detail),
    holdsBecome: 'dropped',
  };
}

function isTooFresh({ seen, ownership, timing }: SettleInput): boolean {
  return seen.readAtMs < ownership.sinceMs + timing.staleReadGraceInMs;
}
