import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { TableClient, TransactionAction } from '../ledger/azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from '../ledger/ledgerError.ts';
import { decodeRow, encodeRow, type LedgerRow } from '../ledger/ledgerRows.ts';
import { pruneRows, type RowKeys } from '../ledger/pruneRows.ts';
import { entityOf, inRows, inTransactions, MAX_TRANSACTION_ROWS } from '../ledger/rowLimits.ts';
import { firstEtag, guard, putRows, queryRows, type StoredRow, storedRow } from '../ledger/tables.ts';
import type { RunResult } from '../service/run.ts';
import { listedRequest } from './runHistory.ts';
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
  /** The key that the status tokens of all runs are made with, in base64; made when it is first asked for. */
  statusKey(): Promise<string>;
  read(runId: string): Promise<StoredRun | null>;
  reportIds(runId: string): Promise<readonly string[]>;
  /** The results that the record counts. */
  results(record: RunRecord): Promise<readonly RunResult[]>;
  /**
   * Replaces the record and adds results: however many there are, they count from the moment on at which the record
   * is replaced. The record as it is stored then; null where somebody else changed it meanwhile.
   */
  advance(stored: StoredRun, next: RunRecord, results: readonly RunResult[]): Promise<StoredRun | null>;
  /** Stores the key's record, or answers the one that is there and not expired. */
  claimKey(keyHash: string, record: KeyRecord, nowMs: number): Promise<KeyRecord | null>;
  /** What the key stands for; null where it is new or expired. */
  key(keyHash: string, nowMs: number): Promise<KeyRecord | null>;
  /** Forgets a key whose request never came to be. */
  dropKey(keyHash: string, record: KeyRecord): Promise<void>;
  /** Deletes runs and keys that are older than they are kept; at most `limit` rows. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

const KEY_PARTITION = 'key';
const RUN_ROW = 'run';

/** The partition and the row of the key of status tokens, which is never pruned. */
const STATUS_KEY = 'statusKey';

const idsShape = z.array(z.string());
// Written by this code alone and handed out as it is; only its being a list matters here.
const resultsShape: z.ZodType<RunResult[]> = z.array(
  z.custom<RunResult>((value) => typeof value === 'object'),
);

/** The store in one table. */
export function createRunStore(open: () => Promise<TableClient>): RunStore {
  const rowsOf = async (runId: string, kind: string, until = 999_999) =>
    queryRows(
      await open(),
      `PartitionKey eq '${runId}' and RowKey ge '${rowKey(kind, 0)}' and RowKey lt '${rowKey(kind, until)}'`,
    );
  return {
    create: async (record, reportIds) => create(await open(), record, reportIds),
    statusKey: async () => statusKey(await open()),
    read: async (runId) => {
      const stored = await readRow(await open(), runId, RUN_ROW);
      return stored === null ? null : { record: decodeRow(stored.row, runRecordShape), etag: stored.etag };
    },
    reportIds: async (runId) => (await rowsOf(runId, 'ids')).flatMap(({ row }) => decodeRow(row, idsShape)),
    results: async ({ runId, resultRows }) =>
      (await rowsOf(runId, 'res', resultRows)).flatMap(({ row }) => decodeRow(row, resultsShape)),
    advance: async (stored, next, results) => advance(await open(), stored, next, results),
    claimKey: async (keyHash, record, nowMs) => claimKey(await open(), keyHash, record, nowMs),
    key: async (keyHash, nowMs) => {
      const known = await readKey(await open(), keyHash);
      return known !== null && known.record.expiresMs > nowMs ? known.record : null;
    },
    dropKey: async (keyHash, { runId }) => {
      const table = await open();
      const known = await readKey(table, keyHash);
      if (known?.record.runId === runId) await deleteIfUnchanged(table, known.stored);
    },
    prune: async (beforeMs, limit) => prune(await open(), beforeMs, limit),
  };
}

async function create(table: TableClient, record: RunRecord, reportIds: readonly string[]): Promise<boolean> {
  // Replaced and not created: a process that was killed between two of these has left some of them.
  const rows = inRows(reportIds).map((part, at) => encodeRow(record.runId, rowKey('ids', at), part));
  await Promise.all([
    putRows(table, 'keep a run', rows),
    putRows(table, 'keep a run', [listedRequest(record)]),
  ]);
  try {
    await table.createEntity(entityOf(encodeRow(record.runId, RUN_ROW, record)));
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
): Promise<StoredRun | null> {
  const parts = inRows(results);
  const counted = { ...next, resultRows: record.resultRows + parts.length };
  const puts = parts.map((part, at): TransactionAction => {
    const row = encodeRow(record.runId, rowKey('res', record.resultRows + at), part);
    return ['upsert', entityOf(row), 'Replace'];
  });
  const transactions = inTransactions(puts, MAX_TRANSACTION_ROWS - 1);
  const last = transactions.at(-1) ?? [];
  let current: StoredRun | null = { record, etag };
  // Each renews the record, so that whoever has it from earlier overwrites nothing; it counts them with the last.
  for (const rows of transactions.slice(0, -1)) {
    current = current === null ? null : await replaceRecord(table, current, record, rows);
  }
  return current === null ? null : await replaceRecord(table, current, counted, last);
}

const markShape = z.object({ mark: z.string() });

/** Null where somebody else changed the record. One that is as we wrote it, though the answer was lost, is ours. */
async function replaceRecord(
  table: TableClient,
  { etag }: StoredRun,
  record: RunRecord,
  rows: readonly TransactionAction[],
): Promise<StoredRun | null> {
  const mark = randomUUID();
  const entity = entityOf(encodeRow(record.runId, RUN_ROW, { ...record, mark }));
  try {
    const answer = await table.submitTransaction([['update', entity, 'Replace', { etag }], ...rows]);
    return { record, etag: firstEtag(answer) };
  } catch (error) {
    const stored = await readRow(table, record.runId, RUN_ROW);
    if (stored !== null && markShape.safeParse(JSON.parse(stored.row.json)).data?.mark === mark) {
      return { record, etag: stored.etag };
    }
    if (isConflict(error)) {
      return null;
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
  const row = entityOf(encodeRow(KEY_PARTITION, keyHash, record));
  for (;;) {
    try {
      await table.createEntity(row);
      return null;
    } catch (error) {
      if (storageStatus(error) !== 409) {
        throw new LedgerError('ledger_unavailable', 'could not keep the idempotency key', error);
      }
    }
    const known = await readKey(table, keyHash);
    // Written by this very call, whose answer was lost.
    if (known?.record.runId === record.runId && known.record.expiresMs === record.expiresMs) {
      return null;
    }
    if (known !== null && known.record.expiresMs > nowMs) {
      return known.record;
    }
    if (known !== null) {
      await deleteIfUnchanged(table, known.stored);
    }
  }
}

async function readKey(
  table: TableClient,
  keyHash: string,
): Promise<{ readonly record: KeyRecord; readonly stored: StoredRow } | null> {
  const stored = await readRow(table, KEY_PARTITION, keyHash);
  return stored === null ? null : { record: decodeRow(stored.row, keyRecordShape), stored };
}

async function statusKey(table: TableClient): Promise<string> {
  const stored = await readRow(table, STATUS_KEY, STATUS_KEY);
  if (stored !== null) return decodeRow(stored.row, z.string());
  const made = randomBytes(32).toString('base64');
  try {
    await table.createEntity(entityOf(encodeRow(STATUS_KEY, STATUS_KEY, made)));
    return made;
  } catch (error) {
    // Another instance was first, or this write's own answer was lost.
    const written = await readRow(table, STATUS_KEY, STATUS_KEY);
    if (written !== null) return decodeRow(written.row, z.string());
    throw new LedgerError('ledger_unavailable', 'could not keep the key of status tokens', error);
  }
}

async function prune(table: TableClient, beforeMs: number, limit: number): Promise<number> {
  // A key may be claimed again at any moment, and then its row is a new one; no run comes again.
  const mayComeAgain = ({ partitionKey }: Pick<RowKeys, 'partitionKey'>) => partitionKey === KEY_PARTITION;
  const old = `Timestamp lt datetime'${new Date(beforeMs).toISOString()}' and PartitionKey ne '${STATUS_KEY}'`;
  return pruneRows(table, old, { limit, mayComeAgain });
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

function rowKey(kind: string, at: number): LedgerRow['rowKey'] {
  return `${kind}|${String(at).padStart(6, '0')}`;
}
