import type { Attempt, Evidence, LearnedFacts } from '../model/ownership.ts';
import {
  areTimesEvidence,
  CONFIRMED_WITHIN_MS,
  compareTimes,
  isStampOf,
  knownOffset,
  offsetAfterAccepted,
  stampSettledMs,
  stampUntilMs,
} from './evidence.ts';

/** Whose pause it is, as far as the evidence goes; `unclear` as long as a time that would tell may not be stored yet. */
export type Attribution = 'ours' | 'doubtful' | 'unclear';

/**
 * A report with a pause of ours under way is read `Paused`. Read within ten seconds of the attempt's end it is ours. Later
 * only times decide: moved within an attempt is ours, moved elsewhere is not; unmoved is ours unless our
 * changes are known to move it. Pure.
 */
export function attributePause(input: {
  readonly before: Evidence;
  readonly found: Evidence;
  readonly readAtMs: number;
  /** Those towards Paused, oldest first. */
  readonly attempts: readonly Attempt[];
  /** The last read by id that showed Active; null where none did. */
  readonly readActiveMs: number | null;
  /** Whether one showed Active when no attempt could take effect any more. */
  readonly stoodActive: boolean;
  readonly learned: LearnedFacts;
}): Attribution {
  const { before, found, attempts, learned } = input;
  const last = attempts.at(-1);
  if (last === undefined) {
    return 'doubtful';
  }
  if (isReadAtOnce(last, input)) {
    return 'ours';
  }
  // Where it stood active when nothing of ours could come any more, only a stamp that proves something makes it ours.
  if (input.stoodActive && !areTimesEvidence(learned)) {
    return 'doubtful';
  }
  const movement = learned.timesMoveByThemselves ? 'none' : compareTimes(before, found);
  if (movement === 'moved') {
    const modifiedMs = found.modifiedMs ?? 0;
    const isWithin = attempts.some((attempt) => {
      const isAccepted = attempt.answer === 'accepted' && !input.stoodActive;
      const offset = isAccepted
        ? offsetAfterAccepted(learned, attempt, input.readAtMs)
        : knownOffset(learned, attempt, input.readAtMs);
      return isStampOf(attempt, modifiedMs, stampUntilMs(attempt), offset);
    });
    return isWithin ? 'ours' : 'doubtful';
  }
  const isKnownToMove = movement === 'same' && areTimesEvidence(learned);
  if (isKnownToMove && attempts.some((attempt) => input.readAtMs < stampSettledMs(attempt))) {
    return 'unclear';
  }
  return isKnownToMove || input.stoodActive ? 'doubtful' : 'ours';
}

/** Somebody who paused it in these seconds cannot be told from us. */
function isReadAtOnce(
  { endedMs, answer }: Attempt,
  { readAtMs, readActiveMs }: { readonly readAtMs: number; readonly readActiveMs: number | null },
): boolean {
  if (endedMs === null || readAtMs > endedMs + CONFIRMED_WITHIN_MS) {
    return false;
  }
  return answer === 'accepted' || readActiveMs === null || readActiveMs < endedMs;
}
