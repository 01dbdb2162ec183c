import { type Decided, decide } from '../deciding/decide.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Observation } from '../model/ownership.ts';
import { observeReports } from '../running/observeReports.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { windowsForDoor } from './windowsNow.ts';

/** An account as the ledger and the service show it now; nothing is changed by looking. */
export type AccountView =
  | {
      readonly ok: true;
      readonly snapshot: AccountSnapshot;
      readonly windows: ConfiguredWindows;
      readonly observations: ReadonlyMap<string, Observation>;
    }
  | { readonly ok: false; readonly failure: InsightsFailure };

/** Reads the account for a door that only tells. */
export async function readAccount(
  parts: ServiceParts,
  runtime: AccountRuntime,
  call: DoorCall,
): Promise<AccountView> {
  const { deadlineMs } = startFrame(parts, call);
  const { account, accountKey, client } = runtime;
  const [snapshot, configured] = await Promise.all([parts.ledger.read(accountKey), windowsForDoor(parts)]);
  const observed = await observeReports({
    ...{ client, clock: parts.clock, concurrency: account.maxConcurrency },
    call: { correlationId: call.correlationId, signal: parts.shutdown, deadlineMs },
    owned: [...snapshot.ownerships.keys()],
    mustKnow: [],
  });
  if (!observed.ok) {
    return observed;
  }
  const windows = configured.windows.filter((window) => window.account === account.name);
  return { ok: true, snapshot, windows: { ...configured, windows }, observations: observed.observations };
}

/** What would be decided at that instant, by the code that the executor uses. */
export function decideAt(
  parts: ServiceParts,
  view: Extract<AccountView, { ok: true }>,
  atMs: number,
): Decided {
  const { snapshot, windows, observations } = view;
  return decide({
    ...{
      nowMs: atMs,
      windows,
      observations,
      mode: parts.mode,
      tickInMs: parts.tickInMs,
      timing: parts.timing,
    },
    holds: snapshot.holds.map(({ hold }) => hold),
    ownerships: snapshot.ownerships,
    takeOvers: new Map(),
    learned: snapshot.facts.pauseMovesModifiedTime,
  });
}
