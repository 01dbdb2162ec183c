import { z } from 'zod';
import type { TableClient } from './azureTypes.ts';
import { countdownOf, instantOfCountdown } from './countdown.ts';
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
  return `${reportId}|${countdownOf(atMs)}|${runId}|${what}`;
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

/** Which entries of a report are read, newest first; null leaves it open. Instants are epoch milliseconds. */
export interface EntriesAsked {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** Those behind this place alone; see {@link entryPlace}. */
  readonly after: string | null;
  readonly limit: number;
}

/** So many of the newest. */
export function newest(limit: number): EntriesAsked {
  return { fromMs: null, untilMs: null, after: null, limit };
}

/** Where an entry stands among those of its report: the newest have the least. */
export function entryPlace(entry: HistoryEntry): string {
  return keyOf(entry).slice(entry.reportId.length + 1);
}

/** Whether an entry is asked for. Pure. */
export function isAsked(entry: HistoryEntry, { fromMs, untilMs, after }: EntriesAsked): boolean {
  return (
    (fromMs === null || entry.atMs >= fromMs) &&
    (untilMs === null || entry.atMs < untilMs) &&
    (after === null || entryPlace(entry) > after)
  );
}

/** The entries of a run stand in a row under the time of the last of them, and no run lasts longer. */
const LONGEST_RUN_MS = 3_600_000;

/** What was done to one report, newest first. @throws LedgerError */
export async function readHistory(
  table: TableClient,
  { accountKey, reportId, asked }: { accountKey: string; reportId: string; asked: EntriesAsked },
): Promise<readonly HistoryEntry[]> {
  const { untilMs, after, limit } = asked;
  const placeMs = after === null ? null : instantOfCountdown(after.slice(0, 13));
  const newestMs = placeMs === null ? untilMs : Math.min(placeMs, untilMs ?? placeMs);
  const begin = newestMs === null ? '' : countdownOf(newestMs + LONGEST_RUN_MS);
  const end = asked.fromMs === null ? '}' : `|${countdownOf(asked.fromMs)}}`;
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt '${reportId}|${begin}' and RowKey lt '${reportId}${end}'`;
  // By their keys: a killed run's entries may stand in two rows.
  const found = new Map<string, HistoryEntry>();
  await guard('read the history', async () => {
    for await (const entity of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
      const { row } = storedRow(entity);
      const rowPlace = row.rowKey.slice(reportId.length + 1);
      // The newest come first, and somebody may have asked for the report every second for three months.
      if (found.size >= limit && (places(found)[limit - 1] ?? '') < rowPlace) break;
      for (const entry of decodeRow(row, rowShape).entries) {
        if (isAsked(entry, asked)) found.set(entryPlace(entry), entry);
      }
    }
  });
  return places(found)
    .slice(0, limit)
    .flatMap((place) => found.get(place) ?? []);
}

function places(found: ReadonlyMap<string, unknown>): readonly string[] {
  return [...found.keys()].toSorted();
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
