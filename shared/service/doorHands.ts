import type { Ledger } from '../ledger/ledger.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { actForDoor, type DoorRun } from './actForDoor.ts';
import type { RunFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** What of the ledger a door writes its word to. */
export type DoorLedger = Pick<Ledger, 'read' | 'changeHolds' | 'dropHolds' | 'dropEnds' | 'putStatements'> & {
  readonly order: Pick<Ledger['order'], 'arrive' | 'putHolds' | 'endHolds'>;
};

/** By what a door does its work on an account: the real things, or a picture of them that keeps nothing. */
interface DoorHands {
  readonly ledger: DoorLedger;
  act(reportIds: readonly string[]): Promise<DoorRun>;
  /** Whether to act again later can come to something else. */
  readonly mayTryAgain: boolean;
}

/** How a door goes about its work. Its own code is the same for both: what it says would be done is what it does. */
export interface DoorManner {
  /** Nothing is done, and nothing is told but to the caller. */
  readonly isDry: boolean;
  takeHands(
    parts: ServiceParts,
    runtime: AccountRuntime,
    run: { readonly frame: RunFrame; readonly call: DoorCall },
  ): Promise<DoorHands>;
}

/** Does it. */
export const inEarnest: DoorManner = {
  isDry: false,
  takeHands: async (parts, runtime, { frame, call }) => ({
    ledger: parts.ledger,
    act: (reportIds) => actForDoor(parts, { runtime, reportIds, frame, call }),
    mayTryAgain: true,
  }),
};
