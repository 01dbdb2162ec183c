import { setImmediate } from 'node:timers/promises';
import type { DecideInput } from '../deciding/decide.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type Freshness, readForPeople } from './readForPeople.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import type { SeenReport } from './seenReports.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { windowsForDoor, windowsOfAccount } from './windowsNow.ts';

/** An account as the ledger and the service show it now; nothing is changed by looking. */
export type AccountView =
  | {
      readonly ok: true;
      readonly snapshot: AccountSnapshot;
      readonly windows: ConfiguredWindows;
      readonly observations: ReadonlyMap<string, Observation>;
      /** When Partner Center was asked, epoch milliseconds. */
      readonly askedMs: number;
    }
  | { readonly ok: false; readonly failure: { readonly code: string; readonly message: string } };

/**
 * Lets those who look go on one by one, with a turn of the event loop between two of them: what is computed for each takes
 * a while where there are many reports, and others shall not wait for all of them.
 */
let lastTurn: Promise<void> = Promise.resolve();
function nextTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => setImmediate());
  return lastTurn;
}

/** Reads the account for a door that only tells: the ledger as it is, and the reports as they were last read. */
export async function readAccount(
  parts: ServiceParts,
  runtime: AccountRuntime,
  call: Pick<DoorCall, 'correlationId' | 'runId'>,
  freshness: Freshness = { mayBeOld: true },
): Promise<AccountView> {
  const { account, accountKey } = runtime;
  // The ledger last: what a run did meanwhile is in both, or in the ledger alone.
  const { askedMs, outcome } = await readForPeople(parts, runtime, call, freshness);
  if (!outcome.ok) {
    return { ok: false, failure: outcome };
  }
  const [snapshot, configured] = await Promise.all([parts.ledger.read(accountKey), windowsForDoor(parts)]);
  if (outcome.reports.length === 0 && snapshot.ownerships.size > 0) {
    const message = 'the service lists no report at all while we keep some paused; not believed';
    return { ok: false, failure: { code: 'unexpected_answer', message } };
  }
  await nextTurn();
  const { serviceOffsetInMs } = outcome;
  const observations = new Map<string, Observation>(
    outcome.reports.map((one) => {
      const report = asWeLeftIt(one, snapshot.ownerships.get(one.report.reportId));
      return [
        report.reportId,
        { kind: 'seen', by: 'list', report, readAtMs: one.readAtMs, serviceOffsetInMs, listed: '' },
      ];
    }),
  );
  const windows = windowsOfAccount(configured, account.name, snapshot, parts.clock.now());
  const found = asFound(observations, snapshot.ownerships);
  return { ok: true, snapshot, windows, observations: found, askedMs };
}

/** What a report looked like after our pause stands in the ledger; before, somebody else would seem to have touched it. */
function asWeLeftIt({ report, isChangedByUs }: SeenReport, owned: Ownership | undefined): Report {
  return isChangedByUs && owned?.kind === 'paused' ? { ...report, ...owned.kept } : report;
}

/** What a run would read by id before it speaks of a stranger's pause is taken to be as the list shows it. */
function asFound(
  observations: ReadonlyMap<string, Observation>,
  ownerships: AccountSnapshot['ownerships'],
): ReadonlyMap<string, Observation> {
  return new Map(
    [...observations].map(([reportId, one]) => [
      reportId,
      one.kind === 'seen' && !ownerships.has(reportId) ? { ...one, by: 'id' } : one,
    ]),
  );
}

/** What the decision at that instant depends on, as far as it is known now. */
export function inputAt(
  { mode, tickInMsAt }: ServiceParts,
  { snapshot, windows, observations }: Extract<AccountView, { ok: true }>,
  atMs: number,
): DecideInput {
  return {
    ...{ nowMs: atMs, windows, observations, mode, tickInMs: tickInMsAt(atMs) },
    holds: snapshot.holds.map(({ hold }) => hold),
    ownerships: snapshot.ownerships,
    words: new Map(),
    learned: snapshot.facts.learned,
  };
}

/** The reports that were seen. */
export function reportsSeen(observations: ReadonlyMap<string, Observation>): readonly Report[] {
  return [...observations.values()].flatMap((one) => (one.kind === 'seen' ? [one.report] : []));
}
