import { z } from 'zod';
import type { TableClient, TransactionAction } from '../ledger/azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from '../ledger/ledgerError.ts';
import { decodeRow, encodeRow, type LedgerRow } from '../ledger/ledgerRows.ts';
import { guard, queryRows, type StoredRow, storedRow } from '../ledger/tables.ts';
import type { RunResult } from '../service/run.ts';
import { type KeyRecord, keyRecordShape, type RunRecord, runRecordShape } from './runRecord.ts';

/** A run's record with the version that a conditional write names. */
export interface StoredRun {
  readonly record: RunRecord;
  readonly etag: string;
}

/** Where requests are kept until they are answered, and for a while after. Every failure is a {@link LedgerError}. */
export interface RunStore {
  /**
   * Stores a new run with its reports; the record last, so that a run that can be read is whole. False where there is
   * one of this id already: two requests with one key came at once.
   */
  create(record: RunRecord, reportIds: readonly string[]): Promise<boolean>;
  /**
   * Keeps the hash of a token that opens the run's status: one per answer that named it. It stands beside the record,
   * because a change of the record would stop the process that works on the run.
   */
  addToken(runId: string, tokenHash: string): Promise<void>;
  hasToken(runId: string, tokenHash: string): Promise<boolean>;
  read(runId: string): Promise<StoredRun | null>;
  reportIds(runId: string): Promise<readonly string[]>;
  results(runId: string): Promise<readonly RunResult[]>;
  /** Replaces the record and adds results in one step; false where somebody else changed it meanwhile. */
  advance(stored: StoredRun, next: RunRecord, results: readonly RunResult[]): Promise<boolean>;
  /** Stores the key's record, or answers the one that is there and not expired. */
  claimKey(keyHash: string, record: KeyRecord, nowMs: number): Promise<KeyRecord | null>;
  /** Deletes runs and keys that are older than they are kept; at most `limit` rows. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

/** A property takes 64 KiB of UTF-16; ids and results are cut into rows well below it. Source: "Understanding the Table service data model". */
const IDS_PER_ROW = 500;
const RESULTS_PER_ROW = 20;
const MAX_TRANSACTION = 100;
const KEY_PARTITION = 'key';
const RUN_ROW = 'run';

const idsShape = z.array(z.string());
// Written by this code alone and handed out as it is; only its being a list matters here.
const resultsShape: z.ZodType<RunResult[]> = z.array(
  z.custom<RunResult>((value) => typeof value === 'object'),
);

/** The store in one table. */
export function createRunStore(open: () => Promise<TableClient>): RunStore {
  const rowsOf = async (runId: string, kind: string) =>
    queryRows(await open(), `PartitionKey eq '${runId}' and RowKey gt '${kind}|' and RowKey lt '${kind}}'`);
  return {
    create: async (record, reportIds) => create(await open(), record, reportIds),
    addToken: async (runId, tokenHash) => {
      const row = encodeRow(runId, `tok|${tokenHash}`, null);
      await guard('keep a token', async () => (await open()).upsertEntity({ ...row }, 'Replace'));
    },
    hasToken: async (runId, tokenHash) => (await readRow(await open(), runId, `tok|${tokenHash}`)) !== null,
    read: async (runId) => {
      const stored = await readRow(await open(), runId, RUN_ROW);
      return stored === null ? null : { record: decodeRow(stored.row, runRecordShape), etag: stored.etag };
    },
    reportIds: async (runId) => (await rowsOf(runId, 'ids')).flatMap(({ row }) => decodeRow(row, idsShape)),
    results: async (runId) => (await rowsOf(runId, 'res')).flatMap(({ row }) => decodeRow(row, resultsShape)),
    advance: async (stored, next, results) => advance(await open(), stored, next, results),
    claimKey: async (keyHash, record, nowMs) => claimKey(await open(), keyHash, record, nowMs),
    prune: async (beforeMs, limit) => prune(await open(), beforeMs, limit),
  };
}

async function create(table: TableClient, record: RunRecord, reportIds: readonly string[]): Promise<boolean> {
  // Replaced and not created: a process that was killed between two of these has left some of them.
  const rows = inRows(reportIds, IDS_PER_ROW).map(
    (part, at): TransactionAction => [
      'upsert',
      { ...encodeRow(record.runId, rowKey('ids', at), part) },
      'Replace',
    ],
  );
  for (const actions of inRows(rows, MAX_TRANSACTION)) {
    await guard('keep a run', () => table.submitTransaction([...actions]));
  }
  try {
    await table.createEntity(encodeRow(record.runId, RUN_ROW, record));
    return true;
  } catch (error) {
    if (storageStatus(error) === 409) {
      return false;
    }
    throw new LedgerError('ledger_unavailable', 'could not keep a run', error);
  }
}

async function advance(
  table: TableClient,
  { record, etag }: StoredRun,
  next: RunRecord,
  results: readonly RunResult[],
): Promise<boolean> {
  const parts = inRows(results, RESULTS_PER_ROW);
  const record2 = { ...next, resultRows: record.resultRows + parts.length };
  const rows = parts.map((part, at) => encodeRow(record.runId, rowKey('res', record.resultRows + at), part));
  const update: TransactionAction = [
    'update',
    { ...encodeRow(record.runId, RUN_ROW, record2) },
    'Replace',
    { etag },
  ];
  try {
    await table.submitTransaction([
      update,
      ...rows.map((row): TransactionAction => ['upsert', { ...row }, 'Replace']),
    ]);
    return true;
  } catch (error) {
    if (isConflict(error)) {
      return false;
    }
    throw new LedgerError('ledger_unavailable', 'could not keep the progress of a run', error);
  }
}

async function claimKey(
  table: TableClient,
  keyHash: string,
  record: KeyRecord,
  nowMs: number,
): Promise<KeyRecord | null> {
  const row = encodeRow(KEY_PARTITION, keyHash, record);
  for (;;) {
    try {
      await table.createEntity(row);
      return null;
    } catch (error) {
      if (storageStatus(error) !== 409) {
        throw new LedgerError('ledger_unavailable', 'could not keep the idempotency key', error);
      }
    }
    const stored = await readRow(table, KEY_PARTITION, keyHash);
    const known = stored === null ? null : decodeRow(stored.row, keyRecordShape);
    if (stored !== null && known !== null && known.expiresMs > nowMs) {
      return known;
    }
    if (stored !== null) {
      await deleteIfUnchanged(table, stored);
    }
  }
}

async function prune(table: TableClient, beforeMs: number, limit: number): Promise<number> {
  const rows = await queryRows(table, `Timestamp lt datetime'${new Date(beforeMs).toISOString()}'`);
  const old = rows.slice(0, limit);
  for (const stored of old) {
    await deleteIfUnchanged(table, stored);
  }
  return old.length;
}

async function deleteIfUnchanged(table: TableClient, { row, etag }: StoredRow): Promise<void> {
  try {
    await table.deleteEntity(row.partitionKey, row.rowKey, { etag });
  } catch (error) {
    if (!isConflict(error)) {
      throw new LedgerError('ledger_unavailable', 'could not delete what is no longer kept', error);
    }
  }
}

async function readRow(table: TableClient, partitionKey: string, key: string): Promise<StoredRow | null> {
  return guard('read a run', async () => {
    try {
      return storedRow(await table.getEntity<Record<string, unknown>>(partitionKey, key));
    } catch (error) {
      if (storageStatus(error) === 404) {
        return null;
      }
      throw error;
    }
  });
}

function inRows<Item>(items: readonly Item[], perRow: number): (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / perRow) }, (_, at) =>
    items.slice(at * perRow, (at + 1) * perRow),
  );
}

function rowKey(kind: string, at: number): LedgerRow['rowKey'] {
  return `${kind}|${String(at).padStart(6, '0')}`;
}
