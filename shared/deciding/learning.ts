import type { Attempt, Evidence, LearnedFacts, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { compareTimes, isEdited, MAX_OFFSET_IN_MS, settledMs, UNKNOWN_OFFSET_IN_MS } from './evidence.ts';

/** Unmoved tells only where the time before was older than this, and so could have moved. */
const COULD_MOVE_IN_MS = 60_000;

/** Of reports that are not ours: so many, and this share of those compared, must move by themselves. */
const MIN_MOVED = 5;
const MIN_SHARE = 0.2;

/** A day later half of the lag of lists is forgotten. */
const LAG_HALVES_IN_MS = 86_400_000;

/**
 * What a change that was read within ten seconds teaches about the account's times. Pure.
 */
export function learnFromChange(
  learned: LearnedFacts,
  change: {
    readonly before: Evidence;
    readonly after: Evidence;
    readonly attempt: Attempt;
    readonly readAtMs: number;
  },
): LearnedFacts {
  const { before, after, attempt, readAtMs } = change;
  const pauseWasRead = learned.pauseWasRead || attempt.towards === 'Paused';
  if (isEdited(before, after)) {
    return { ...learned, pauseWasRead };
  }
  const sentMs = attempt.sentMs + attempt.serviceOffsetInMs;
  const untilMs = readAtMs + attempt.serviceOffsetInMs;
  const movement = compareTimes(before, after);
  if (movement === 'moved' && after.modifiedMs !== null) {
    const sample = { minInMs: after.modifiedMs - untilMs, maxInMs: after.modifiedMs - sentMs };
    const isOurs =
      Math.abs(sample.minInMs) <= MAX_OFFSET_IN_MS && Math.abs(sample.maxInMs) <= MAX_OFFSET_IN_MS;
    return isOurs
      ? {
          ...learned,
          pauseWasRead,
          changesMoveTime: joined(learned, 'yes'),
          timeOffset: hull(learned, sample),
        }
      : { ...learned, pauseWasRead };
  }
  const couldMove =
    before.modifiedMs === null || before.modifiedMs < sentMs - MAX_OFFSET_IN_MS - COULD_MOVE_IN_MS;
  return movement === 'same' && couldMove
    ? { ...learned, pauseWasRead, changesMoveTime: joined(learned, 'no') }
    : { ...learned, pauseWasRead };
}

/**
 * What a stamp teaches that was not read at once: of an accepted pause that a later run found, or stored late, after the pause was read.
 * Only as long as nothing else is known. Pure.
 */
export function learnFromLateStamp(learned: LearnedFacts, before: Ownership, after: Ownership): LearnedFacts {
  const attempt = after.attempts.findLast(({ towards }) => towards === 'Paused');
  if (learned.timeOffset !== null || attempt === undefined || after.kind !== 'paused') {
    return learned;
  }
  const sample =
    before.kind === 'pausing' && attempt.answer === 'accepted'
      ? stampFound(before.before, after.kept, attempt)
      : before.kind === 'paused'
        ? stampStoredLate(before.kept, after.kept, attempt)
        : null;
  return sample === null
    ? learned
    : { ...learned, changesMoveTime: joined(learned, 'yes'), timeOffset: sample };
}

type Offset = NonNullable<LearnedFacts['timeOffset']>;

/** A stamp long after the attempt may be somebody's touch; one before it is none, unless the clocks are apart. */
function stampFound(before: Evidence, found: Evidence, attempt: Attempt): Offset | null {
  const sample = sampleOf(before, found, attempt);
  return sample !== null && sample.maxInMs >= -MAX_OFFSET_IN_MS && sample.maxInMs <= UNKNOWN_OFFSET_IN_MS
    ? sample
    : null;
}

function stampStoredLate(before: Evidence, found: Evidence, attempt: Attempt): Offset | null {
  const sample = sampleOf(before, found, attempt);
  return sample !== null &&
    Math.max(Math.abs(sample.minInMs), Math.abs(sample.maxInMs)) <= 2 * MAX_OFFSET_IN_MS
    ? sample
    : null;
}

/** How far the stamp is from the attempt, which may have taken effect late; null where the reads show no stamp. */
function sampleOf(before: Evidence, found: Evidence, attempt: Attempt): Offset | null {
  const { modifiedMs } = found;
  const { sentMs, serviceOffsetInMs } = attempt;
  if (modifiedMs === null || isEdited(before, found) || compareTimes(before, found) !== 'moved') {
    return null;
  }
  return {
    minInMs: modifiedMs - settledMs(attempt) - serviceOffsetInMs,
    maxInMs: modifiedMs - sentMs - serviceOffsetInMs,
  };
}

function joined(
  { changesMoveTime: known }: LearnedFacts,
  seen: 'yes' | 'no',
): LearnedFacts['changesMoveTime'] {
  return known === 'unknown' || known === seen ? seen : 'both';
}

function hull({ timeOffset }: LearnedFacts, sample: NonNullable<LearnedFacts['timeOffset']>) {
  return timeOffset === null
    ? sample
    : {
        minInMs: Math.min(timeOffset.minInMs, sample.minInMs),
        maxInMs: Math.max(timeOffset.maxInMs, sample.maxInMs),
      };
}

/** A report that is not ours as a list showed it, to be compared with a later list. */
export interface StrangerSample {
  readonly reportId: string;
  readonly reportStatus: Report['reportStatus'];
  readonly evidence: Evidence;
}

/** Whether times of reports that nobody touched were seen to move: same status and contents in both lists. Pure. */
export function timesMoveByThemselves(
  sample: readonly StrangerSample[],
  listed: ReadonlyMap<string, Report>,
): boolean {
  const compared = sample.flatMap(({ reportId, reportStatus, evidence }) => {
    const now = listed.get(reportId);
    return now === undefined || now.reportStatus !== reportStatus || isEdited(evidence, now)
      ? []
      : [compareTimes(evidence, now) === 'moved'];
  });
  const moved = compared.filter((one) => one).length;
  return moved >= MIN_MOVED && moved >= MIN_SHARE * compared.length;
}

/** How old lists were seen to be: the most of what is known, less with time, and of what was seen now. Pure. */
export function learnLag(knownInMs: number, seenInMs: number, sinceInMs: number): number {
  return Math.round(Math.max(seenInMs, knownInMs * 0.5 ** (sinceInMs / LAG_HALVES_IN_MS)));
}
