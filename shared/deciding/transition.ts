import type { Evidence, Observation, Ownership } from '../model/ownership.ts';
import { evidenceOf } from './evidence.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';

/** What a look makes of an ownership, and what may be done about the report now. */
export interface Transition {
  /** `ended` where nothing of ours is known to stand any more. */
  readonly ownership: Ownership;
  /** Why nothing may be done yet; null where the holds decide. */
  readonly wait: Reason | null;
  /** What becomes of the live holds that began before the report was first seen active. */
  readonly holdsBecome: 'live' | 'dropped';
  readonly events: readonly ReportEvent[];
}

/** One look at one report of the ledger. */
export interface TransitionInput<Owned extends Ownership = Ownership> {
  readonly ownership: Owned;
  readonly observation: Observation;
  /** What the read showed; as it was kept where nothing was read. */
  readonly found: Evidence;
  /** When it was seen, or now where nothing was. */
  readonly atMs: number;
  readonly isHeld: boolean;
  readonly isReasserted: boolean;
  /** Why a person settles a doubtful pause as ours; null where nobody does. */
  readonly takeOver: string | null;
}

/** Pauses that a read refuted are tried so often, and told then. */
export const MAX_REFUTED = 3;

/** The evidence of an observation; as it was kept where nothing was read. Pure. */
export function foundOf(observation: Observation): Evidence {
  return observation.kind === 'seen' ? evidenceOf(observation.report) : { modifiedMs: null, contents: '' };
}

/** The ownership of one kind. */
export type Of<Kind extends Ownership['kind']> = Extract<Ownership, { kind: Kind }>;
