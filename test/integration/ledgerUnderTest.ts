import { createLedger } from '../../shared/ledger/createLedger.ts';
import { type LedgerTables, openTables } from '../../shared/ledger/tables.ts';
import type { Hold } from '../../shared/model/hold.ts';
import type { Ownership } from '../../shared/model/ownership.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { giveWay } from '../../shared/time/giveWay.ts';
import { createFakeClock, type FakeClock } from '../fakes/fakeClock.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';

export const ACCOUNT = 'mpn.11111111-1111-4111-8111-111111111111';
export const LEASE_IN_MS = 90_000;
export const MARGIN_IN_MS = 15_000;

/** A ledger in tables that nobody else uses, and more machines on the same tables. */
export interface LedgerUnderTest {
  readonly tables: LedgerTables;
  readonly clock: FakeClock;
  /** The ledger as another process sees it; on the common clock unless it has its own. */
  machine(owner: string, clock?: Clock): ReturnType<typeof createLedger>;
}

/** Real storage for a test file. */
export interface LedgerStorageForTest {
  open(): Promise<LedgerUnderTest>;
}

/** Storage of which each `open` gets new tables. */
export function ledgerStorage(): LedgerStorageForTest {
  const connectionString = takeStorageAccount();
  let count = 0;
  return {
    open: async () => {
      count += 1;
      const tables = await openTables({ kind: 'connectionString', connectionString }, `Test${count}`);
      const clock = createFakeClock();
      const leaseTiming = { durationInMs: LEASE_IN_MS, clockMarginInMs: MARGIN_IN_MS };
      return {
        tables,
        clock,
        machine: (owner, own = clock) =>
          createLedger({ tables: async () => tables, clock: own, owner, leaseTiming, giveWay }),
      };
    },
  };
}

/** The id of a report, by its number. */
export function reportId(number: number): string {
  return `b0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A request's hold on one report. */
export function holdOn(number: number, more: Partial<Hold> = {}): Hold {
  return {
    ...{ holdId: 'request.one', reportId: reportId(number), holder: { kind: 'request', caller: 'ann' } },
    ...{ state: 'live', who: 'ann', why: 'maintenance', fromMs: 1, untilMs: null, onManualResume: 'respect' },
    ...{ requestId: null, createdMs: 1, place: 0, ended: null },
    ...more,
  };
}

/** A pause of ours. */
export function ownershipOf(number: number, more: { owed?: string | null } = {}): Ownership {
  return {
    ...{ kind: 'paused', reportId: reportId(number), reportName: `Report ${number}`, queryId: 'q' },
    ...{ sinceMs: 1, attempts: [], odd: null, lookedMs: 1, listed: '', trail: [], owed: null },
    kept: { modifiedMs: null, contents: '' },
    chain: {
      ...{ readBeforeMs: null, readActiveMs: null, pauseSentMs: 1, pauseAnsweredMs: 1, readPausedMs: 1 },
      ...{ resumeSentMs: null, readResumedMs: null, takenOver: null },
    },
    net: {
      ...{ openedMs: 1, lastLimitMs: 1, wasEffective: true, towards: 'Paused', readPausedMs: 1 },
      ...{ readActiveMs: null, standsActive: null, unheldSinceMs: null, closed: null },
    },
    ...more,
  };
}

/** Writes holds as a request that comes now does. */
export async function putHolds(
  { order }: ReturnType<typeof createLedger>,
  accountKey: string,
  holds: readonly Hold[],
): Promise<void> {
  const place = await order.arrive(accountKey, null);
  await order.putHolds(
    accountKey,
    { place, isKeptOpen: false },
    holds.map((hold) => ({ ...hold, place })),
  );
}
