import { guard } from '../ledger/tables.ts';
import type { Drivers, DueAccount, LateDriver } from '../service/drivers.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import type { DriveRecord, DriveStore, StoredDrive } from './driveStore.ts';
import type { RunQueue } from './runQueue.ts';

type Tick = Parameters<Drivers['ask']>[1];

/** A driver is late, or taken for lost, after so many periods. */
const LATE_AFTER_PERIODS = 2;

/** Accounts asked for at once: a queue takes about 2,000 messages a second. */
const ASKED_AT_ONCE = 32;

/** Drivers that are asked for by the run queue. */
export function createDrivers({ store, queue }: { store: DriveStore; queue: RunQueue }): Drivers {
  return {
    ask: async (due, tick) => {
      const records = await store.all();
      await forEachConcurrently(due, ASKED_AT_ONCE, async (one) => {
        if (await isAsked(store, one, records.get(one.account) ?? null, tick)) {
          await guard('ask for a driver', () => queue.sendDriver(one.account, 0));
        }
      });
      const known = due.flatMap(({ account }) => records.get(account)?.record ?? []);
      return { late: known.flatMap((record) => lateness(record, tick)) };
    },
  };
}

/** Writes down that a driver is asked for; false where there is one, or another tick was faster. */
async function isAsked(
  store: DriveStore,
  { account, accountKey }: DueAccount,
  stored: StoredDrive | null,
  { correlationId, nowMs, isDaily, lastTickMs, periodInMs }: Tick,
): Promise<boolean> {
  const fresh: DriveRecord = {
    ...{ account, accountKey, correlationId, isDaily, lastTickMs, dueMs: nowMs },
    ...{ busyUntilMs: 0, nextMs: nowMs, fruitlessTries: 0, starvedToldMs: null },
  };
  if (stored === null) {
    return store.create(fresh);
  }
  const { record } = stored;
  if (!isOverdue(Math.max(record.nextMs, record.busyUntilMs), { nowMs, periodInMs })) {
    return false;
  }
  return (await store.change(stored, { ...fresh, dueMs: record.dueMs })) !== null;
}

/** Nothing was done on the account for too long. Pure. */
function lateness({ account, dueMs }: DriveRecord, tick: Tick): readonly LateDriver[] {
  return isOverdue(dueMs, tick) ? [{ account, sinceMs: dueMs }] : [];
}

function isOverdue(atMs: number, { nowMs, periodInMs }: Pick<Tick, 'nowMs' | 'periodInMs'>): boolean {
  return nowMs - atMs > LATE_AFTER_PERIODS * periodInMs;
}
