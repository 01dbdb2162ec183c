import type { AttemptInterval, Evidence, PauseMovesModifiedTime } from '../model/ownership.ts';
import { floorToSecond, parseServiceTime } from './serviceTime.ts';

/** Whose pause it is, as far as the evidence goes. */
export type Verdict = 'ours' | 'doubtful';

/** The longest attempt takes 20 s, and the service's clock is known to about a second. */
const SETTLES_WITHIN_MS = 22_000;

/**
 * Our PUT was answered and the report shows `Paused`; `before` was read `Active` right before it left.
 * A `modifiedTime` that moved to an instant before our PUT left means that somebody came between.
 */
export function judgeAnsweredPause(input: {
  readonly before: Evidence;
  readonly after: Evidence;
  readonly attempts: readonly AttemptInterval[];
}): Verdict {
  const { before, after, attempts } = input;
  const modifiedMs = parseServiceTime(after.modifiedTime);
  if (after.modifiedTime === before.modifiedTime || modifiedMs === null) {
    return 'ours';
  }
  const last = attempts.at(-1);
  const afterOursLeft = last !== undefined && modifiedMs >= last.fromServiceMs;
  return afterOursLeft || isWithinAttempt(modifiedMs, attempts) ? 'ours' : 'doubtful';
}

/**
 * The attempts with the instant at which the last one left, which may be later than it was written ahead: what others
 * did in between is theirs. Only whoever sent it knows; after a kill the whole interval counts.
 */
export function narrowedTo(
  sentServiceMs: number,
  attempts: readonly AttemptInterval[],
): readonly AttemptInterval[] {
  const last = attempts.at(-1);
  return last === undefined
    ? attempts
    : [...attempts.slice(0, -1), { ...last, fromServiceMs: Math.max(last.fromServiceMs, sentServiceMs) }];
}

/** An intent was found whose outcome nobody wrote, and the report shows `Paused`. */
export function judgeFoundPause(input: {
  readonly before: Evidence;
  readonly found: Evidence;
  readonly attempts: readonly AttemptInterval[];
  readonly pauseMovesModifiedTime: PauseMovesModifiedTime;
}): Verdict {
  const { before, found, attempts, pauseMovesModifiedTime } = input;
  if (attempts.length === 0) {
    return 'doubtful';
  }
  if (found.modifiedTime === before.modifiedTime) {
    return pauseMovesModifiedTime === 'yes' ? 'doubtful' : 'ours';
  }
  const modifiedMs = parseServiceTime(found.modifiedTime);
  return modifiedMs !== null && isWithinAttempt(modifiedMs, attempts) ? 'ours' : 'doubtful';
}

/**
 * What happened to a report that we keep paused. `late` is our own pause: the service may answer before the change
 * is stored, so that `modifiedTime` still moves within an attempt's time of `confirmedServiceMs`.
 */
export function judgeKept(input: {
  readonly kept: Evidence;
  readonly found: Evidence;
  readonly confirmedServiceMs: number;
}): 'untouched' | 'late' | 'edited' | 'touched' {
  const { kept, found, confirmedServiceMs } = input;
  if (found.contentHash !== kept.contentHash) {
    return 'edited';
  }
  if (found.modifiedTime === kept.modifiedTime) {
    return 'untouched';
  }
  const settling: AttemptInterval = {
    fromServiceMs: confirmedServiceMs - SETTLES_WITHIN_MS,
    untilServiceMs: confirmedServiceMs + SETTLES_WITHIN_MS,
  };
  const movedMs = parseServiceTime(found.modifiedTime);
  return movedMs !== null && isWithinAttempt(movedMs, [settling]) ? 'late' : 'touched';
}

/**
 * What a confirmed change from `Active` to `Paused` teaches about the account's API; null where it teaches nothing,
 * because somebody else moved `modifiedTime`, or one in the same second as our call may have moved without showing it.
 */
export function learnFrom(input: {
  readonly before: Evidence;
  readonly after: Evidence;
  readonly attempts: readonly AttemptInterval[];
}): 'yes' | 'no' | null {
  const { before, after, attempts } = input;
  if (after.contentHash !== before.contentHash) {
    return null;
  }
  if (after.modifiedTime !== before.modifiedTime) {
    const movedMs = parseServiceTime(after.modifiedTime);
    return movedMs !== null && isWithinAttempt(movedMs, attempts) ? 'yes' : null;
  }
  const beforeMs = parseServiceTime(before.modifiedTime);
  const first = attempts[0];
  const longBefore =
    first !== undefined && (beforeMs === null || beforeMs < floorToSecond(first.fromServiceMs) - 1000);
  return longBefore ? 'no' : null;
}

function isWithinAttempt(modifiedMs: number, attempts: readonly AttemptInterval[]): boolean {
  return attempts.some(
    ({ fromServiceMs, untilServiceMs }) =>
      floorToSecond(fromServiceMs) <= modifiedMs && modifiedMs <= untilServiceMs,
  );
}
