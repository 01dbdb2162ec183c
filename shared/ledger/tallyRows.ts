import { z } from 'zod';
import { type OccurrenceTally, tallyStates } from '../model/occurrenceTally.ts';
import type { TableClient } from './azureTypes.ts';
import { LedgerError } from './ledgerError.ts';
import { decodeRow, encodeRow, type LedgerRow } from './ledgerRows.ts';
import { queryRows } from './tables.ts';

const instant = z.number();
const counted = z.number();
const stateRecord = <Value extends z.ZodType>(value: Value) => z.partialRecord(z.enum(tallyStates), value);

const tallyShape: z.ZodType<OccurrenceTally> = z.object({
  ...{ window: z.string(), fromMs: instant, untilMs: instant.nullable(), timeZone: z.string() },
  mode: z.enum(['act', 'observe']),
  heldSinceMs: instant.nullable(),
  said: z
    .object({
      what: z.enum(['ended', 'extended']),
      ...{ by: z.string(), why: z.string(), atMs: instant, untilMs: instant },
    })
    .nullable(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  ...{ isOver: z.boolean(), overSinceMs: instant.nullable() },
  counts: stateRecord(counted),
  ids: stateRecord(z.array(z.string())),
  awaited: z.array(z.string()),
  executions: z.object({
    ...{
      missed: counted,
      missedReports: counted,
      completed: counted,
      missing: counted,
      pausedAgain: counted,
    },
    first: z.object({ reportId: z.string(), reportName: z.string(), completedMs: instant }).nullable(),
  }),
  notable: z.array(
    z.object({
      ...{ reportId: z.string(), reportName: z.string(), state: z.enum(tallyStates) },
      ...{ code: z.string().nullable(), message: z.string(), missedExecutions: counted },
    }),
  ),
});

/** The key of a tally while anything of it can change. */
export function tallyKey({ window, fromMs }: Pick<OccurrenceTally, 'window' | 'fromMs'>): string {
  return `tally|${window}|${String(fromMs).padStart(13, '0')}`;
}

/** The row of a tally; ten thousand ids fit it, because each takes 22 characters. */
export function tallyRow(partitionKey: string, rowKey: string, tally: OccurrenceTally): LedgerRow {
  return encodeRow(partitionKey, rowKey, mapIds(tally, packId));
}

/** The tally of a row; null where it cannot be read: what is only told must not keep anything from being done. */
export function decodeTally(row: LedgerRow): OccurrenceTally | null {
  try {
    return mapIds(decodeRow(row, tallyShape), unpackId);
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

/** The tallies of occurrences of which anything can still change. @throws LedgerError */
export async function readTallies(
  table: TableClient,
  accountKey: string,
): Promise<readonly OccurrenceTally[]> {
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt 'tally|' and RowKey lt 'tally}'`;
  return (await queryRows(table, filter)).flatMap(({ row }) => decodeTally(row) ?? []);
}

function mapIds(tally: OccurrenceTally, change: (id: string) => string): OccurrenceTally {
  const ids = tallyStates.flatMap((state) => {
    const some = tally.ids[state];
    return some === undefined ? [] : [[state, some.map(change)] as const];
  });
  return { ...tally, ids: Object.fromEntries(ids), awaited: tally.awaited.map(change) };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const PACKED = /^[\w-]{22}$/;

function packId(id: string): string {
  return UUID.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') : id;
}

function unpackId(text: string): string {
  if (!PACKED.test(text)) return text;
  const hex = Buffer.from(text, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
