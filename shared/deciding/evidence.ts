import type { Attempt, Evidence, LearnedFacts } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';

/** After the end of its limit an attempt may take effect for so long, and a read by id may lag as much. */
export const EFFECT_LAG_IN_MS = 180_000;

/** A pause that is read so soon after the end of its attempt is ours without a look at any time. */
export const CONFIRMED_WITHIN_MS = 10_000;

/** How far the clocks of `Date` and `modifiedTime` are taken to be apart until it was seen. */
export const UNKNOWN_OFFSET_IN_MS = 120_000;

/** No two clocks are further apart; a time further off is somebody else's. */
export const MAX_OFFSET_IN_MS = 900_000;

/** Times are cut to the second, on both clocks; on some services to the minute. */
const RESOLUTION_IN_MS = 2_000;
const MINUTE_IN_MS = 60_000;

/** Services store the time of a change up to so long after it. */
const STORED_WITHIN_MS = 120_000;

/** The part of a report that tells whether somebody touched it. */
export function evidenceOf({ modifiedMs, contents }: Report): Evidence {
  return { modifiedMs, contents };
}

/** How a list shows a report, to be compared with itself later: while it stays the same it hints at nothing. */
export function listedOf({ reportStatus, modifiedMs, contents }: Report, learned: LearnedFacts): string {
  return `${reportStatus} ${learned.timesMoveByThemselves ? '' : (modifiedMs ?? '')} ${contents}`;
}

/** Whether a field that a person can edit differs; a field that either lacks is no evidence. */
export function isEdited(kept: Evidence, found: Evidence): boolean {
  const before = fieldsOf(kept.contents);
  return [...fieldsOf(found.contents)].some(([field, hash]) => (before.get(field) ?? hash) !== hash);
}

function fieldsOf(contents: string): ReadonlyMap<string, string> {
  const fields = contents.split(';').filter((field) => field !== '');
  return new Map(
    fields.map((field): [string, string] => [
      field.slice(0, field.indexOf('=')),
      field.slice(field.indexOf('=') + 1),
    ]),
  );
}

/** The contents of both, a later field before an earlier one: a read that lacks a field takes nothing away. */
export function mergeEvidence(kept: Evidence, found: Evidence): Evidence {
  const fields = new Map([...fieldsOf(kept.contents), ...fieldsOf(found.contents)]);
  const contents = [...fields].map(([field, hash]) => `${field}=${hash}`).join(';');
  const isOlder = compareTimes(kept, found) === 'none';
  return { modifiedMs: isOlder ? kept.modifiedMs : found.modifiedMs, contents };
}

/** How `modifiedTime` moved between two reads by id; `none` where that tells nothing: unreadable, or older than before. */
export function compareTimes(before: Evidence, found: Evidence): 'same' | 'moved' | 'none' {
  if (found.modifiedMs === null) {
    return before.modifiedMs === null ? 'same' : 'none';
  }
  if (before.modifiedMs === null) {
    return 'moved';
  }
  // Two sources, or two replicas, may write one instant with another resolution.
  if (Math.abs(found.modifiedMs - before.modifiedMs) < 1000) {
    return 'same';
  }
  return found.modifiedMs > before.modifiedMs ? 'moved' : 'none';
}

/** Whether a time that moved, or did not, proves anything on this account. */
export function areTimesEvidence({ changesMoveTime, timesMoveByThemselves }: LearnedFacts): boolean {
  return changesMoveTime === 'yes' && !timesMoveByThemselves;
}

/** Whether the time may be the stamp of an effect of the attempt until then, both on the clocks as far as they are known. */
export function isStampOf(
  { sentMs, serviceOffsetInMs }: Attempt,
  modifiedMs: number,
  untilMs: number,
  timeOffset: NonNullable<LearnedFacts['timeOffset']>,
): boolean {
  const cutInMs = Math.max(RESOLUTION_IN_MS, cutOffInMs(modifiedMs));
  const fromMs = sentMs + serviceOffsetInMs + timeOffset.minInMs - cutInMs;
  return (
    fromMs <= modifiedMs && modifiedMs <= untilMs + serviceOffsetInMs + timeOffset.maxInMs + RESOLUTION_IN_MS
  );
}

/** How much may have been cut off a time: one of a whole minute is taken for cut to it. Pure. */
function cutOffInMs(modifiedMs: number): number {
  return modifiedMs % MINUTE_IN_MS === 0 ? MINUTE_IN_MS : 0;
}

/**
 * The offset of the two clocks, or what is taken for it until it was seen: two minutes each side, and any where the report is read so
 * soon that whoever touched it after the attempt cannot be told from us anyway.
 */
export function knownOffset(
  { timeOffset }: LearnedFacts,
  { limitMs }: Attempt,
  readAtMs: number,
): NonNullable<LearnedFacts['timeOffset']> {
  const apartInMs = readAtMs <= limitMs + UNKNOWN_OFFSET_IN_MS ? MAX_OFFSET_IN_MS : UNKNOWN_OFFSET_IN_MS;
  return timeOffset ?? { minInMs: -apartInMs, maxInMs: apartInMs };
}

/**
 * The same for a pause that the service accepted. Services store times up to minutes late: while nothing is known of their clock, a
 * time before the attempt is no touch after it, and one that is seen soon after may be any near it.
 */
export function offsetAfterAccepted(
  learned: LearnedFacts,
  { sentMs }: Attempt,
  readAtMs: number,
): NonNullable<LearnedFacts['timeOffset']> {
  const isSoon = readAtMs <= sentMs + MAX_OFFSET_IN_MS;
  return (
    learned.timeOffset ?? {
      minInMs: -MAX_OFFSET_IN_MS,
      maxInMs: isSoon ? MAX_OFFSET_IN_MS : UNKNOWN_OFFSET_IN_MS,
    }
  );
}

/** When the attempt can take effect no more, and no read by id is older than it. */
export function settledMs({ limitMs, endedMs, answer }: Attempt): number {
  const overMs = answer === 'accepted' && endedMs !== null ? endedMs : limitMs;
  return overMs + EFFECT_LAG_IN_MS;
}

/** When the time of the attempt's effect is stored at the latest, and every read shows it. */
export function stampSettledMs(attempt: Attempt): number {
  return settledMs(attempt) + STORED_WITHIN_MS;
}

/**
 * The last instant at which an effect of the attempt may be stamped: an accepted one may be late, a refused one came before its answer.
 * Any other counts for no longer than it lasted, although it may be late too: whoever paused the report since would be taken for us.
 */
export function stampUntilMs(attempt: Attempt): number {
  switch (attempt.answer) {
    case 'accepted':
      return settledMs(attempt);
    case 'refused':
      return attempt.endedMs ?? attempt.limitMs;
    default:
      return attempt.limitMs + CONFIRMED_WITHIN_MS;
  }
}

/** Whether a moved time may be the stamp of one of these attempts, rather than somebody's touch. */
export function isOwnStamp(
  modifiedMs: number | null,
  readAtMs: number,
  attempts: readonly Attempt[],
  learned: LearnedFacts,
): boolean {
  return (
    modifiedMs !== null &&
    attempts.some((attempt) => {
      const isAccepted = attempt.answer === 'accepted';
      const offset = isAccepted
        ? offsetAfterAccepted(learned, attempt, readAtMs)
        : knownOffset(learned, attempt, readAtMs);
      return isStampOf(attempt, modifiedMs, stampUntilMs(attempt), offset);
    })
  );
}
