import { z } from 'zod';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Hold } from '../model/hold.ts';
import type { Ownership, PauseMovesModifiedTime } from '../model/ownership.ts';
import { LedgerError } from './ledgerError.ts';

/** The version of the rows that this code writes and the highest it reads. */
export const SCHEMA_VERSION = 1;

/** A stored entity: its keys, the version of its shape, and the value as JSON. */
export interface LedgerRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly schemaVersion: number;
  readonly json: string;
}

/** Somebody's word that a doubtful pause is ours to resume. */
export interface TakeOver {
  readonly reportId: string;
  readonly by: string;
  readonly why: string;
  readonly atMs: number;
}

/** A report that we resumed, until its next expected execution is seen to be done. */
export interface FollowUp {
  readonly reportId: string;
  readonly reportName: string;
  readonly nextExpectedMs: number;
}

/** What the ledger has learned about one account. */
export interface AccountFacts {
  readonly pauseMovesModifiedTime: PauseMovesModifiedTime;
  /** When each lasting alarm was last told, epoch milliseconds by its name and report. */
  readonly told: Readonly<Record<string, number>>;
}

const instant = z.number();
const evidence = z.object({ modifiedTime: z.string().nullable(), contentHash: z.string() });
const attempts = z.array(z.object({ fromServiceMs: instant, untilServiceMs: instant }));
const common = {
  reportId: z.string(),
  reportName: z.string(),
  queryId: z.string(),
  sinceMs: instant,
  seenActiveAtMs: instant.nullable(),
  notFoundSinceMs: instant.nullable(),
};

export const ownershipShape: z.ZodType<Ownership> = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('pausing'), before: evidence, attempts }),
  z.object({ ...common, kind: z.literal('paused'), kept: evidence, owed: z.string().nullable() }),
  z.object({ ...common, kind: z.literal('resuming'), kept: evidence, attempts }),
  z.object({ ...common, kind: z.literal('doubtful'), because: z.string() }),
]);

export const holdShape: z.ZodType<Hold> = z.object({
  holdId: z.string(),
  reportId: z.string(),
  holder: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('window'), window: z.string(), occurrence: z.string() }),
    z.object({ kind: z.literal('request'), caller: z.string() }),
    z.object({ kind: z.literal('webhook'), source: z.string(), key: z.string() }),
  ]),
  state: z.enum(['live', 'foreign', 'dropped']),
  who: z.string(),
  why: z.string(),
  fromMs: instant,
  untilMs: instant.nullable(),
  onManualResume: z.enum(['respect', 'reassert']),
  requestId: z.string().nullable(),
  createdMs: instant,
  ended: z.object({ by: z.string(), why: z.string(), atMs: instant }).nullable(),
});

export const factsShape: z.ZodType<AccountFacts> = z.object({
  pauseMovesModifiedTime: z.enum(['yes', 'no', 'unknown']),
  told: z.record(z.string(), instant),
});

/** An event that is written down with what it tells of, until it has been told: a kill in between loses none. */
export const eventShape: z.ZodType<ReportEvent> = z.object({
  name: z.custom<ReportEvent['name']>((value) => typeof value === 'string'),
  reportId: z.string(),
  reportName: z.string(),
  detail: z.string(),
});

export const followUpShape: z.ZodType<FollowUp> = z.object({
  reportId: z.string(),
  reportName: z.string(),
  nextExpectedMs: instant,
});

export const takeOverShape: z.ZodType<TakeOver> = z.object({
  reportId: z.string(),
  by: z.string(),
  why: z.string(),
  atMs: instant,
});

/** Row keys; the part before the first bar is the kind of row. */
export const rowKeys = {
  hold: (hold: Pick<Hold, 'reportId' | 'holdId'>) => `hold|${hold.reportId}|${hold.holdId}`,
  ownership: (reportId: string) => `own|${reportId}`,
  takeOver: (reportId: string) => `takeover|${reportId}`,
  event: ({ reportId, name }: Pick<ReportEvent, 'reportId' | 'name'>) => `event|${reportId}|${name}`,
  followUp: (reportId: string) => `follow|${reportId}`,
  facts: 'facts',
  lease: 'lease',
} as const;

/** Encodes a value as the row of that key. */
export function encodeRow(partitionKey: string, rowKey: string, value: unknown): LedgerRow {
  return { partitionKey, rowKey, schemaVersion: SCHEMA_VERSION, json: JSON.stringify(value) };
}

/** @throws LedgerError `ledger_unreadable` where the row is newer than this code or not of its shape. */
export function decodeRow<Value>(row: LedgerRow, shape: z.ZodType<Value>): Value {
  const where = `${row.partitionKey} ${row.rowKey}`;
  if (row.schemaVersion > SCHEMA_VERSION) {
    throw new LedgerError(
      'ledger_unreadable',
      `${where} was written by a newer version (schema ${row.schemaVersion}); deploy that version or a later one`,
      null,
    );
  }
  const parsed = shape.safeParse(parseJson(row.json));
  if (!parsed.success) {
    throw new LedgerError('ledger_unreadable', `${where} is not of the shape it should be`, parsed.error);
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
