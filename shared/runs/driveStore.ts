import { z } from 'zod';
import type { TableClient } from '../ledger/azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from '../ledger/ledgerError.ts';
import { decodeRow, encodeRow } from '../ledger/ledgerRows.ts';
import { entityOf } from '../ledger/rowLimits.ts';
import { guard, queryRows, type StoredRow, storedRow } from '../ledger/tables.ts';

/** An account that a driver is asked for, until a driver has done what there was to do. */
export interface DriveRecord {
  readonly account: string;
  readonly accountKey: string;
  /** Of the tick that asked. */
  readonly correlationId: string;
  /** Whether old history is to be dropped too. */
  readonly isDaily: boolean;
  /** When the tick before that one began; null before the first. */
  readonly lastTickMs: number | null;
  /** Since when, or from when on, something should be done on the account. */
  readonly dueMs: number;
  /** Until then one process is on it; afterwards any may go on. */
  readonly busyUntilMs: number;
  /** When its message is, or was, to be seen next. */
  readonly nextMs: number;
  /** Passes in a row that could do nothing. */
  readonly fruitlessTries: number;
  /** When it was last told that no pass has had its turn for too long; null where that is not so. */
  readonly starvedToldMs: number | null;
}

/** A record with the version that a conditional write names. */
export interface StoredDrive {
  readonly record: DriveRecord;
  readonly etag: string;
}

/** Which accounts wait for a driver. Every failure is a {@link LedgerError}. */
export interface DriveStore {
  all(): Promise<ReadonlyMap<string, StoredDrive>>;
  read(account: string): Promise<StoredDrive | null>;
  /** False where there is one already. */
  create(record: DriveRecord): Promise<boolean>;
  /** The version that is stored then; null where somebody else changed it meanwhile. */
  change(stored: StoredDrive, next: DriveRecord): Promise<StoredDrive | null>;
  /** Deletes it where it is still as it was read. */
  remove(stored: StoredDrive): Promise<void>;
}

const PARTITION = 'drive';

const shape: z.ZodType<DriveRecord> = z.object({
  ...{ account: z.string(), accountKey: z.string(), correlationId: z.string(), isDaily: z.boolean() },
  ...{ dueMs: z.number(), busyUntilMs: z.number(), nextMs: z.number() },
  fruitlessTries: z.number(),
  // Missing in what a release before this one kept.
  starvedToldMs: z.number().nullable().default(null),
  lastTickMs: z.number().nullable().default(null),
});

/** The store in the table of runs. */
export function createDriveStore(open: () => Promise<TableClient>): DriveStore {
  return {
    all: async () => {
      const rows = await queryRows(await open(), `PartitionKey eq '${PARTITION}'`);
      return new Map(rows.map(storedDrive).map((one) => [one.record.account, one]));
    },
    read: async (account) => {
      const table = await open();
      return guard('read a driver’s record', async () => {
        try {
          const entity = await table.getEntity<Record<string, unknown>>(PARTITION, account);
          return storedDrive(storedRow(entity));
        } catch (error) {
          if (storageStatus(error) === 404) return null;
          throw error;
        }
      });
    },
    create: async (record) => {
      const table = await open();
      const created = await unlessConflict('ask for a driver', () => table.createEntity(rowOf(record)));
      return created !== null;
    },
    change: async ({ etag }, next) => {
      const table = await open();
      const write = () => table.updateEntity(rowOf(next), 'Replace', { etag });
      const answer = await unlessConflict('keep a driver’s progress', write);
      return answer?.etag === undefined ? null : { record: next, etag: answer.etag };
    },
    remove: async ({ record, etag }) => {
      const table = await open();
      await unlessConflict('end a drive', () => table.deleteEntity(PARTITION, record.account, { etag }));
    },
  };
}

function rowOf(record: DriveRecord) {
  return entityOf(encodeRow(PARTITION, record.account, record));
}

function storedDrive({ row, etag }: StoredRow): StoredDrive {
  return { record: decodeRow(row, shape), etag };
}

/** Null where somebody else was faster. */
async function unlessConflict<Value>(attempt: string, write: () => Promise<Value>): Promise<Value | null> {
  try {
    return await write();
  } catch (error) {
    if (isConflict(error)) return null;
    throw new LedgerError('ledger_unavailable', `could not ${attempt}`, error);
  }
}
