import type { Evidence, LearnedFacts, Observation, OddLook, Ownership } from '../model/ownership.ts';
import { attributePause } from './attribution.ts';
import { areTimesEvidence, compareTimes, evidenceOf, isEdited, isOwnStamp, settledMs } from './evidence.ts';
import { BETWEEN_LOOKS_IN_MS, GONE_AFTER_MS } from './netAfter.ts';

/**
 * What a look at a report of the ledger means, in the words of the table `transitions.ts`. `Early` is before our last
 * attempt could take effect no more; `First` a look that needs a second one; `Twice` that second one.
 */
export const SIGHTS = [
  'pausedByUs',
  'pausedAndEdited',
  'pausedByOthers',
  'pausedEarly',
  'activeEarly',
  'activeFirst',
  'activeTwice',
  'inactiveFirst',
  'inactiveTwice',
  'missing',
  'missingForDays',
  'notLooked',
] as const;
export type Sight = (typeof SIGHTS)[number];

/** What a look is judged by. */
export interface SightInput {
  readonly ownership: Ownership;
  readonly observation: Observation;
  readonly learned: LearnedFacts;
  /** So many of ours are 404 that the account is blind, and none of them is gone. */
  readonly isAccountBlind: boolean;
}

/** Classifies a look. A list is none: it only hints. Pure. */
export function sightOf(input: SightInput): Sight {
  const { ownership, observation } = input;
  if (observation.kind === 'notFound') {
    return missingSight(input, observation.readAtMs);
  }
  if (observation.kind === 'absent' || observation.by === 'list') {
    return 'notLooked';
  }
  const { report, readAtMs } = observation;
  switch (report.reportStatus) {
    case 'Active':
      return isEarly(ownership, readAtMs)
        ? 'activeEarly'
        : isSecond(ownership.odd, 'Active', readAtMs)
          ? 'activeTwice'
          : 'activeFirst';
    case 'Inactive':
      return !isEarly(ownership, readAtMs) && isSecond(ownership.odd, 'Inactive', readAtMs)
        ? 'inactiveTwice'
        : 'inactiveFirst';
    case 'Paused':
      return pausedSight(input, evidenceOf(report), readAtMs);
  }
}

/** The odd look that stands after this one: begun, gone on with, or outvoted. Pure. */
export function oddAfter(ownership: Ownership, sight: Sight, readAtMs: number): OddLook | null {
  switch (sight) {
    case 'activeFirst':
    case 'activeTwice':
      return oddLook(ownership.odd, 'Active', readAtMs);
    case 'inactiveFirst':
    case 'inactiveTwice':
      // Within the attempt's time a look counts for nothing yet.
      return isEarly(ownership, readAtMs) ? null : oddLook(ownership.odd, 'Inactive', readAtMs);
    case 'missing':
    case 'missingForDays':
      return oddLook(ownership.odd, 'notFound', readAtMs);
    case 'notLooked':
    case 'activeEarly':
    case 'pausedEarly':
      return ownership.odd;
    case 'pausedByUs':
    case 'pausedAndEdited':
    case 'pausedByOthers':
      return null;
  }
}

/** When the last attempt can take effect no more and no read is older than it; 0 where there was none. */
export function careSettledMs({ attempts }: Ownership): number {
  return Math.max(0, ...attempts.map(settledMs));
}

function isEarly(ownership: Ownership, readAtMs: number): boolean {
  return readAtMs < careSettledMs(ownership);
}

function isSecond(odd: OddLook | null, status: OddLook['status'], readAtMs: number): boolean {
  return odd?.status === status && readAtMs - odd.firstMs >= BETWEEN_LOOKS_IN_MS;
}

function oddLook(odd: OddLook | null, status: OddLook['status'], readAtMs: number): OddLook {
  const firstMs = odd?.status === status ? odd.firstMs : readAtMs;
  return { status, firstMs, lastMs: readAtMs };
}

function missingSight({ ownership, isAccountBlind }: SightInput, readAtMs: number): Sight {
  const { odd } = ownership;
  const sinceMs = odd?.status === 'notFound' ? odd.firstMs : readAtMs;
  return readAtMs - sinceMs >= GONE_AFTER_MS && !isAccountBlind ? 'missingForDays' : 'missing';
}

const SIGHT_BY = { ours: 'pausedByUs', doubtful: 'pausedByOthers', unclear: 'pausedEarly' } as const;

function pausedSight(input: SightInput, found: Evidence, readAtMs: number): Sight {
  const { ownership, learned } = input;
  const { attempts, odd, chain } = ownership;
  const stoodActive = odd?.status === 'Active';
  switch (ownership.kind) {
    case 'pausing': {
      const { before } = ownership;
      const ofPause = attempts.filter(({ towards }) => towards === 'Paused');
      const by = attributePause({
        ...{ before, found, readAtMs, attempts: ofPause, learned, stoodActive },
        readActiveMs: chain.readActiveMs,
      });
      return SIGHT_BY[by];
    }
    case 'paused':
    case 'resuming':
      return keptSight(ownership.kept, { found, readAtMs }, input, stoodActive);
    case 'resumed':
      if (isEarly(ownership, readAtMs)) {
        return 'pausedEarly';
      }
      // Our resume was read, and still nothing moved since our pause: it never took effect.
      return areTimesEvidence(learned) && compareTimes(ownership.kept, found) === 'same'
        ? 'pausedByUs'
        : 'pausedByOthers';
    case 'ended':
      return ownership.because === 'not_effective'
        ? endedAttemptSight(ownership, input, found, readAtMs)
        : keptSight(ownership.kept, { found, readAtMs }, input, stoodActive);
    case 'doubtful':
      return 'pausedByOthers';
  }
}

/** After an attempt that reads refuted, only a stamp of its own makes a later pause ours. */
function endedAttemptSight(
  { kept, attempts, chain }: Extract<Ownership, { kind: 'ended' }>,
  { learned }: SightInput,
  found: Evidence,
  readAtMs: number,
): Sight {
  const ofPause = attempts.filter(({ towards }) => towards === 'Paused');
  const by = attributePause({
    ...{ before: kept, found, readAtMs, attempts: ofPause, learned, stoodActive: true },
    readActiveMs: chain.readActiveMs,
  });
  return SIGHT_BY[by];
}

/** A pause that we keep is found again: as it was, edited, or touched by somebody. */
function keptSight(
  kept: Evidence,
  { found, readAtMs }: { readonly found: Evidence; readonly readAtMs: number },
  { ownership, learned }: SightInput,
  stoodActive: boolean,
): Sight {
  const movement = learned.timesMoveByThemselves ? 'none' : compareTimes(kept, found);
  // A resume of ours leaves no stamp on what is paused: whoever paused it after that was somebody else.
  const ofPause = ownership.attempts.filter(({ towards }) => towards === 'Paused');
  const isOwn = movement !== 'moved' || isOwnStamp(found.modifiedMs, readAtMs, ofPause, learned);
  if (stoodActive && !(areTimesEvidence(learned) && movement === 'same')) {
    return 'pausedByOthers';
  }
  if (isEdited(kept, found)) {
    return 'pausedAndEdited';
  }
  return isOwn ? 'pausedByUs' : 'pausedByOthers';
}
