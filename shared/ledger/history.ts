import { z } from 'zod';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { decodeRow, encodeRow } from './ledgerRows.ts';
import { guard, queryRows } from './tables.ts';

/** One thing that was done to a report, or found out about it; by whom and why. */
export interface HistoryEntry {
  readonly reportId: string;
  readonly atMs: number;
  /** An event's or an outcome's stable name, e.g. `paused`, `ManualResumeRespected`. */
  readonly what: string;
  readonly who: string;
  readonly why: string;
  readonly runId: string;
  /** What our call claimed and what was then observed; null where no call was made. */
  readonly observed: string | null;
  /** The id that Microsoft's support can look a call up by; null where no call was made. */
  readonly requestId: string | null;
}

const entryShape: z.ZodType<HistoryEntry> = z.object({
  reportId: z.string(),
  atMs: z.number(),
  what: z.string(),
  who: z.string(),
  why: z.string(),
  runId: z.string(),
  observed: z.string().nullable(),
  requestId: z.string().nullable(),
});

/** How long history is kept. */
export const HISTORY_KEPT_IN_DAYS = 90;

const MAX_TRANSACTION = 100;

/** Newest first within a report: the row key counts down. Writing the same entry twice leaves one. */
function keyOf({ reportId, atMs, runId, what }: HistoryEntry): string {
  return `${reportId}|${String(9_999_999_999_999 - atMs).padStart(13, '0')}|${runId}|${what}`;
}

/** Adds entries; a repeat of one replaces it. */
export async function appendHistory(
  table: TableClient,
  accountKey: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const rows = [...new Map(entries.map((entry) => [keyOf(entry), entry])).entries()];
  for (let at = 0; at < rows.length; at += MAX_TRANSACTION) {
    const actions = rows
      .slice(at, at + MAX_TRANSACTION)
      .map(
        ([key, entry]): TransactionAction => ['upsert', { ...encodeRow(accountKey, key, entry) }, 'Replace'],
      );
    await guard('write the history', () => table.submitTransaction(actions));
  }
}

/** What was done to one report, newest first, at most `limit` entries. */
export async function readHistory(
  table: TableClient,
  { accountKey, reportId, limit }: { accountKey: string; reportId: string; limit: number },
): Promise<readonly HistoryEntry[]> {
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt '${reportId}|' and RowKey lt '${reportId}}'`;
  const rows = await queryRows(table, filter);
  return rows.slice(0, limit).map(({ row }) => decodeRow(row, entryShape));
}

/** Drops what is older than the time it is kept; at most `limit` rows a call, so that it fits a tick. */
export async function pruneHistory(
  table: TableClient,
  { accountKey, nowMs, limit }: { accountKey: string; nowMs: number; limit: number },
): Promise<number> {
  const before = new Date(nowMs - HISTORY_KEPT_IN_DAYS * 86_400_000).toISOString();
  const rows = await queryRows(table, `PartitionKey eq '${accountKey}' and Timestamp lt datetime'${before}'`);
  const old = rows.slice(0, limit);
  for (let at = 0; at < old.length; at += MAX_TRANSACTION) {
    const actions = old
      .slice(at, at + MAX_TRANSACTION)
      .map(({ row }): TransactionAction => ['delete', { partitionKey: accountKey, rowKey: row.rowKey }]);
    await guard('prune the history', () => table.submitTransaction(actions));
  }
  return old.length;
}
