import { z } from 'zod';
import type { Boundary } from '../model/boundary.ts';
import type { TableClient } from './azureTypes.ts';
import { decodeRow, encodeRow } from './ledgerRows.ts';
import { putRows, queryRows } from './tables.ts';

/** A begin or an end of a window's occurrence, by the run that acted on it. */
export interface OccurrenceEntry extends Boundary {
  readonly runId: string;
}

const instant = z.number();

const entryShape: z.ZodType<OccurrenceEntry> = z.object({
  window: z.string(),
  fromMs: instant,
  which: z.enum(['begin', 'end']),
  ...{ dueMs: instant, actedMs: instant, lateInMs: z.number() },
  runId: z.string(),
});

/** Newest first within a window: the row key counts down. Ids of reports are UUIDs, so no key of theirs is like it. */
function keyOf({ window, fromMs, which }: OccurrenceEntry): string {
  return `occurrence|${window}|${String(9_999_999_999_999 - fromMs).padStart(13, '0')}|${which}`;
}

/** Keeps them in the history; of the same begin or end the last one counts. @throws LedgerError */
export async function appendOccurrences(
  table: TableClient,
  accountKey: string,
  entries: readonly OccurrenceEntry[],
): Promise<void> {
  const rows = entries.map((one) => encodeRow(accountKey, keyOf(one), one));
  await putRows(table, 'write the history', rows);
}

/** The begins and ends of one window's occurrences, those of the newest first. @throws LedgerError */
export async function readOccurrences(
  table: TableClient,
  { accountKey, window }: { readonly accountKey: string; readonly window: string },
): Promise<readonly OccurrenceEntry[]> {
  const [from, until] = [`occurrence|${window}|`, `occurrence|${window}}`];
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt '${from}' and RowKey lt '${until}'`;
  return (await queryRows(table, filter)).map(({ row }) => decodeRow(row, entryShape));
}
