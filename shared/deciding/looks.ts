import type { Evidence, LearnedFacts, Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { compareTimes, isEdited, listedOf } from './evidence.ts';
import { BETWEEN_LOOKS_IN_MS, isStandingActive } from './netAfter.ts';
import { careSettledMs } from './sight.ts';

const DAY_IN_MS = 86_400_000;

/**
 * Whether a report of the ledger is to be read by id now, seeing what the list shows of it: while its outcome is open,
 * when the list hints at a change, when an odd look wants its second one, and once a day. Pure.
 */
export function isLookDue(
  ownership: Ownership,
  listed: Observation,
  { nowMs, learned }: { readonly nowMs: number; readonly learned: LearnedFacts },
): boolean {
  if (nowMs >= nextLookMs(ownership)) {
    return true;
  }
  switch (ownership.kind) {
    case 'pausing':
    case 'resuming':
    case 'resumed':
      return false;
    case 'paused':
    case 'doubtful':
    case 'ended':
      return hints(ownership, listed, learned);
  }
}

/** From when on a report of the ledger is to be read by id, whatever the list shows of it. Pure. */
export function nextLookMs(ownership: Ownership): number {
  const { odd } = ownership;
  const againMs = odd === null ? 0 : odd.lastMs + BETWEEN_LOOKS_IN_MS;
  switch (ownership.kind) {
    case 'pausing':
    case 'resuming':
      return 0;
    case 'resumed':
      return Math.max(careSettledMs(ownership), againMs);
    case 'paused':
    case 'doubtful':
    case 'ended': {
      const dailyMs = ownership.lookedMs + DAY_IN_MS;
      const wantsSecond = odd !== null && odd.status !== 'notFound' && !isWatchedDaily(ownership);
      return wantsSecond ? Math.min(againMs, dailyMs) : dailyMs;
    }
  }
}

/**
 * Whether a look would teach how far the clock of the account's times is from ours: a pause that was read before its time was
 * stored is looked at once more when that must have been. A few of a run are enough. Pure.
 */
export function teachesTimes(ownership: Ownership, learned: LearnedFacts, nowMs: number): boolean {
  const settledMs = careSettledMs(ownership);
  const isKnown = learned.timeOffset !== null || learned.timesMoveByThemselves;
  return ownership.kind === 'paused' && !isKnown && ownership.lookedMs < settledMs && nowMs >= settledMs;
}

/** Given up, and nothing that a look could end soon: the net alone is left. */
function isWatchedDaily({ kind, net }: Ownership): boolean {
  return kind === 'ended' && (net.closed !== null || isStandingActive(net));
}

/** What a list shows beside what is kept; a difference that a look by id has explained hints at nothing more. */
function hints(ownership: Ownership, listed: Observation, learned: LearnedFacts): boolean {
  const isGivenUp = ownership.kind === 'ended';
  if (listed.kind !== 'seen') {
    return !isGivenUp;
  }
  const { report } = listed;
  if ((report.reportStatus === 'Paused') === isGivenUp) {
    return true;
  }
  return isChanged(ownership, report, learned) && listedOf(report, learned) !== ownership.listed;
}

function isChanged(ownership: Ownership, report: Report, learned: LearnedFacts): boolean {
  if (!('kept' in ownership)) {
    return true;
  }
  const isMoved = !learned.timesMoveByThemselves && compareTimes(ownership.kept, report) === 'moved';
  return isMoved || isEdited(ownership.kept, report);
}

/**
 * Whether a read by id shows something else than is expected, or a time that went back or got lost, so that it is repeated
 * before it counts. Pure.
 */
export function isOddLook(ownership: Ownership | null, observation: Observation): boolean {
  const status = statusOf(observation);
  switch (ownership?.kind) {
    case undefined:
      return false;
    case 'paused':
      return status !== 'Paused' || hasLostTime(ownership.kept, observation);
    case 'doubtful':
      return status !== 'Paused';
    case 'resumed':
      return status !== 'Active';
    case 'pausing':
    case 'resuming':
      return status === 'Inactive' || status === 'notFound';
    case 'ended':
      return status === 'Paused';
  }
}

function hasLostTime(kept: Evidence, observation: Observation): boolean {
  return observation.kind === 'seen' && compareTimes(kept, observation.report) === 'none';
}

/** Whether two looks show the report in the same state, with the same time. Pure. */
export function isSameLook(one: Observation, other: Observation): boolean {
  return statusOf(one) === statusOf(other) && timeOf(one) === timeOf(other);
}

/** How a look shows the report. */
function statusOf(observation: Observation): string {
  return observation.kind === 'seen' ? observation.report.reportStatus : observation.kind;
}

/**
 * The look that more than half of the reads showed; the last one where none did. Where a list had shown it Active or
 * Inactive and the first read did too, two sources agree: it was so, whatever came after. Pure.
 */
export function outvoted(
  reads: readonly [Observation, ...Observation[]],
  listed: Observation | null = null,
): Observation {
  const [first] = reads;
  if (listed?.kind === 'seen' && statusOf(first) === statusOf(listed) && statusOf(listed) !== 'Paused') {
    return reads.findLast((one) => statusOf(one) === statusOf(first)) ?? first;
  }
  const most = reads.filter(
    (one) => 2 * reads.filter((other) => statusOf(other) === statusOf(one)).length > reads.length,
  );
  // A time that is older than another's is a glitch, never news.
  const [newest = reads.at(-1) ?? first] = most
    .toReversed()
    .sort((one, other) => timeOf(other) - timeOf(one));
  return newest;
}

function timeOf(observation: Observation): number {
  return observation.kind === 'seen' ? (observation.report.modifiedMs ?? 0) : 0;
}
