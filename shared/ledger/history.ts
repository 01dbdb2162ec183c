import { z } from 'zod';
import type { TableClient } from './azureTypes.ts';
import { decodeRow, encodeRow } from './ledgerRows.ts';
import { pruneRows } from './pruneRows.ts';
import { guard, putRows, storedRow } from './tables.ts';

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

/** Version 1 wrote one entry a row. */
const rowShape = z.union([
  z.object({ entries: z.array(entryShape) }),
  entryShape.transform((one) => ({ entries: [one] })),
]);

/** How long history is kept. */
export const HISTORY_KEPT_IN_DAYS = 90;

/** Newest first within a report: the row key counts down. Writing the same entries twice leaves one row. */
function keyOf({ reportId, atMs, runId, what }: HistoryEntry): string {
  return `${reportId}|${String(9_999_999_999_999 - atMs).padStart(13, '0')}|${runId}|${what}`;
}

/** Adds entries, those of one report and run in one row; a repeat of them replaces it. */
export async function appendHistory(
  table: TableClient,
  accountKey: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const groups = [...Map.groupBy(entries, ({ reportId, runId }) => `${reportId} ${runId}`).values()].flatMap(
    inRows,
  );
  const rows = new Map(
    groups.flatMap((group) => {
      const last = group.at(-1);
      return last === undefined ? [] : [[keyOf(last), { entries: group }] as const];
    }),
  );
  await putRows(
    table,
    'write the history',
    [...rows].map(([key, row]) => encodeRow(accountKey, key, row)),
  );
}

/** So many entries, and so much text, stand in one row at most. */
const MAX_ENTRIES_OF_ROW = 20;
const MAX_LENGTH_OF_ROW = 100_000;

function inRows(entries: readonly HistoryEntry[]): readonly (readonly HistoryEntry[])[] {
  const rows: HistoryEntry[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const next = JSON.stringify(entry).length;
    const row = rows.at(-1);
    if (row === undefined || row.length >= MAX_ENTRIES_OF_ROW || length + next > MAX_LENGTH_OF_ROW) {
      rows.push([entry]);
      length = next;
    } else {
      row.push(entry);
      length += next;
    }
  }
  return rows;
}

/** What was done to one report, newest first, at most `limit` entries. */
export async function readHistory(
  table: TableClient,
  { accountKey, reportId, limit }: { accountKey: string; reportId: string; limit: number },
): Promise<readonly HistoryEntry[]> {
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt '${reportId}|' and RowKey lt '${reportId}}'`;
  // By their keys: a killed run's entries may stand in two rows.
  const found = new Map<string, HistoryEntry>();
  await guard('read the history', async () => {
    for await (const entity of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
      for (const entry of decodeRow(storedRow(entity).row, rowShape).entries) found.set(keyOf(entry), entry);
      // The newest come first, and somebody may have asked for the report every second for three months.
      if (found.size >= limit) break;
    }
  });
  return [...found.values()].sort((a, b) => b.atMs - a.atMs).slice(0, limit);
}

/** Drops what is older than the time it is kept; at most `limit` rows a call, so that it fits a tick. */
export async function pruneHistory(
  table: TableClient,
  { accountKey, nowMs, limit }: { accountKey: string; nowMs: number; limit: number },
): Promise<number> {
  const before = new Date(nowMs - HISTORY_KEPT_IN_DAYS * 86_400_000).toISOString();
  const old = `PartitionKey eq '${accountKey}' and Timestamp lt datetime'${before}'`;
  return pruneRows(table, old, { limit, mayComeAgain: () => false });
}
