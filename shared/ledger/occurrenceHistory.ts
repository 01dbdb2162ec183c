import { z } from 'zod';
import type { Boundary } from '../model/boundary.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';
import type { TableClient } from './azureTypes.ts';
import { countdownOf, instantOfCountdown } from './countdown.ts';
import { decodeRow, encodeRow, type LedgerRow } from './ledgerRows.ts';
import { guard, putRows, storedRow } from './tables.ts';
import { decodeTally, tallyRow } from './tallyRows.ts';

/** A begin or an end of a window's occurrence, by the run that acted on it. */
export interface OccurrenceEntry extends Boundary {
  readonly runId: string;
}

/** An occurrence that passed without a tick. */
export interface MissedOccurrence {
  readonly window: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly timeZone: string;
}

/** What is kept of one occurrence; null where a part of it was never written. */
export interface KeptOccurrence {
  readonly window: string;
  readonly fromMs: number;
  readonly begin: OccurrenceEntry | null;
  readonly end: OccurrenceEntry | null;
  readonly missed: MissedOccurrence | null;
  readonly tally: OccurrenceTally | null;
}

/** Which occurrences are read, the newest first. Instants are epoch milliseconds. */
export interface OccurrencesAsked {
  /** Those of this window alone; null reads all. */
  readonly window: string | null;
  /** Those that began then or later, and before; null leaves it open. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** Those behind this place alone, as {@link behindOccurrence} and its like write it. */
  readonly after: string | null;
  readonly limit: number;
}

/** Occurrences as they were found, and how far was looked: null where that is all. */
export interface KeptOccurrences {
  readonly occurrences: readonly KeptOccurrence[];
  readonly lookedTo: string | null;
}

const instant = z.number();

const entryShape: z.ZodType<OccurrenceEntry> = z.object({
  window: z.string(),
  fromMs: instant,
  which: z.enum(['begin', 'end']),
  ...{ dueMs: instant, actedMs: instant, lateInMs: z.number() },
  runId: z.string(),
});

const missedShape: z.ZodType<MissedOccurrence> = z.object({
  ...{ window: z.string(), fromMs: instant, untilMs: instant, timeZone: z.string() },
});

// Newest first whatever the window. Ids of reports are UUIDs, so no key of theirs is like it.
const KIND = 'opened|';

/** Where an occurrence stands among all of its account: the newest have the least. */
export function occurrencePlace({ window, fromMs }: Pick<Boundary, 'window' | 'fromMs'>): string {
  return `${countdownOf(fromMs)}|${window}|`;
}

/** Behind one occurrence. */
export function behindOccurrence(of: Pick<Boundary, 'window' | 'fromMs'>): string {
  return `${occurrencePlace(of)}${LAST}`;
}

/** Behind all that began then; or before any of them. */
export function behindInstant(fromMs: number, isBehindAll: boolean): string {
  return `${countdownOf(fromMs)}|${isBehindAll ? LAST : ''}`;
}

/** Comes after all that a key is made of. */
const LAST = '~';

function keyOf(of: Pick<Boundary, 'window' | 'fromMs'>, part: 'begin' | 'end' | 'missed' | 'reports') {
  return `${KIND}${occurrencePlace(of)}${part}`;
}

/** Keeps them in the history; of the same begin or end the last one counts. @throws LedgerError */
export async function appendOccurrences(
  table: TableClient,
  accountKey: string,
  entries: readonly OccurrenceEntry[],
): Promise<void> {
  const rows = entries.map((one) => encodeRow(accountKey, keyOf(one, one.which), one));
  await putRows(table, 'write the history', rows);
}

/** Keeps what became of the reports of occurrences. @throws LedgerError */
export async function appendTallies(
  table: TableClient,
  accountKey: string,
  tallies: readonly OccurrenceTally[],
): Promise<void> {
  const rows = tallies.map((one) => tallyRow(accountKey, keyOf(one, 'reports'), one));
  await putRows(table, 'write the history', rows);
}

/** Keeps occurrences that nobody acted on. @throws LedgerError */
export async function appendMissed(
  table: TableClient,
  accountKey: string,
  missed: readonly MissedOccurrence[],
): Promise<void> {
  const rows = missed.map((one) => encodeRow(accountKey, keyOf(one, 'missed'), one));
  await putRows(table, 'write the history', rows);
}

/** Rows of one answer of the storage: some of them are long. */
const ROWS_AT_ONCE = 200;
/** So many rows are looked at for one page: whoever asks for a rare window goes on from there. */
const MAX_ROWS = 4_000;

/** What is kept of occurrences, the newest first. @throws LedgerError */
export async function readOccurrences(
  table: TableClient,
  accountKey: string,
  asked: OccurrencesAsked,
): Promise<KeptOccurrences> {
  const { window, fromMs, untilMs, after, limit } = asked;
  const lower = [
    `RowKey gt '${KIND}'`,
    ...(after === null ? [] : [`RowKey gt '${KIND}${after}'`]),
    ...(untilMs === null ? [] : [`RowKey ge '${KIND}${countdownOf(untilMs - 1)}|'`]),
  ];
  const upper = `RowKey lt '${fromMs === null ? 'opened}' : `${KIND}${countdownOf(fromMs)}}`}'`;
  const filter = [`PartitionKey eq '${accountKey}'`, ...lower, upper].join(' and ');
  const found = new Map<string, KeptOccurrence>();
  let rows = 0;
  let lookedTo: string | null = null;
  await guard('read the history', async () => {
    const pages = table
      .listEntities<Record<string, unknown>>({ queryOptions: { filter } })
      .byPage({ maxPageSize: ROWS_AT_ONCE });
    for await (const page of pages) {
      for (const entity of page) {
        const { row } = storedRow(entity);
        const place = placeOf(row);
        const isNext = place !== lookedTo;
        if (isNext && (found.size >= limit || rows >= MAX_ROWS)) return;
        rows += 1;
        lookedTo = place;
        if (window === null || place.split('|', 2)[1] === window) {
          found.set(place, withRow(found.get(place), row));
        }
      }
    }
    lookedTo = null;
  });
  return { occurrences: [...found.values()], lookedTo };
}

function placeOf({ rowKey }: LedgerRow): string {
  return rowKey.slice(KIND.length, rowKey.lastIndexOf('|') + 1);
}

function withRow(known: KeptOccurrence | undefined, row: LedgerRow): KeptOccurrence {
  const part = row.rowKey.slice(row.rowKey.lastIndexOf('|') + 1);
  const [countdown = '', window = ''] = placeOf(row).split('|', 2);
  const fromMs = instantOfCountdown(countdown) ?? 0;
  const before = known ?? { window, fromMs, begin: null, end: null, missed: null, tally: null };
  switch (part) {
    case 'begin':
      return { ...before, begin: decodeRow(row, entryShape) };
    case 'end':
      return { ...before, end: decodeRow(row, entryShape) };
    case 'missed':
      return { ...before, missed: decodeRow(row, missedShape) };
    default:
      return { ...before, tally: decodeTally(row) };
  }
}
