import type { Hold } from '../model/hold.ts';
import type { TallyState } from '../model/occurrenceTally.ts';
import type { Ownership } from '../model/ownership.ts';
import type { ReportResult } from './reportResult.ts';

/** Where a report that an occurrence is over for stands for good. */
export const finalStates: ReadonlySet<TallyState> = new Set([
  'resumed',
  'stillHeld',
  'foreign',
  'resumedByPerson',
  'inactive',
  'notFound',
  'failed',
]);

/** Where a report stands that the occurrence holds. Pure. */
export function heldState(
  { state }: Pick<Hold, 'state'>,
  ownership: Ownership | undefined,
  result: ReportResult | undefined,
  was: TallyState | null,
): TallyState {
  if (state === 'foreign') return 'foreign';
  const ended = ownership === undefined ? null : endedState(ownership);
  if (state === 'dropped') {
    return ended ?? (was === 'resumed' ? 'resumed' : (ofResult(result) ?? 'resumedByPerson'));
  }
  switch (ownership?.kind) {
    case 'paused':
      return 'paused';
    case 'doubtful':
      return 'doubtful';
    case 'resuming':
    case 'resumed':
      return 'underWay';
    // A pause that was refused is tried again later; until then it is what it is.
    case 'pausing':
    case 'ended':
    case undefined:
      return ofResult(result) ?? (was === null || was === 'paused' ? 'underWay' : was);
  }
}

/** What became of a report that the occurrence holds no more. Pure. */
export function releasedState(
  was: TallyState | null,
  ownership: Ownership | undefined,
  result: ReportResult | undefined,
  isHeldNow: boolean,
): TallyState {
  if (was !== null && finalStates.has(was) && was !== 'failed') return was;
  switch (ownership?.kind) {
    case undefined:
      return ofNothing(was, result);
    case 'pausing':
      // Refused as far as anybody knows; should it have taken effect, it is brought back all the same.
      return was === 'failed' ? 'failed' : isHeldNow ? 'stillHeld' : 'owed';
    case 'paused':
    case 'resuming':
      return isHeldNow ? 'stillHeld' : 'owed';
    case 'doubtful':
      return 'doubtful';
    case 'resumed':
    case 'ended':
      return endedState(ownership) ?? 'resumed';
  }
}

/** The ledger has nothing of it any more. */
function ofNothing(was: TallyState | null, result: ReportResult | undefined): TallyState {
  if (result?.outcome === 'foreign') return 'foreign';
  if (was === 'paused' || was === 'owed') return 'resumed';
  return was === 'doubtful' ? 'doubtful' : (ofResult(result) ?? 'failed');
}

function endedState(ownership: Ownership): TallyState | null {
  if (ownership.kind === 'resumed') return 'resumed';
  if (ownership.kind !== 'ended') return null;
  switch (ownership.because) {
    case 'resumed':
      return 'resumed';
    case 'resumed_by_person':
      return 'resumedByPerson';
    case 'exhausted':
      return 'inactive';
    case 'gone':
      return 'notFound';
    case 'not_effective':
      return 'failed';
  }
}

/** What a run said of a report that it did not pause; null where that is no end. */
function ofResult(result: ReportResult | undefined): TallyState | null {
  switch (result?.outcome) {
    case 'inactive':
      return 'inactive';
    case 'notFound':
      return 'notFound';
    case 'failed':
    case 'forbidden':
      return 'failed';
    default:
      return null;
  }
}
