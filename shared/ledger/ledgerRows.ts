import { hash } from 'node:crypto';
import { z } from 'zod';
import type { StrangerSample } from '../deciding/learning.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Exemption } from '../model/exemption.ts';
import type { Hold } from '../model/hold.ts';
import type { LearnedPace } from '../model/learnedPace.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import { type LearnedFacts, nothingLearned } from '../model/ownership.ts';
import { LedgerError } from './ledgerError.ts';

/** The version of the rows that this code writes and the highest it reads. */
export const SCHEMA_VERSION = 2;

/** A stored entity: its keys, the version of its shape, and the value as JSON. */
export interface LedgerRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly schemaVersion: number;
  readonly json: string;
}

/** Somebody's word about whose pause it is: `ours` shall come back, `theirs` is nothing of ours to look after. */
export interface PersonsStatement {
  readonly reportId: string;
  readonly whose: 'ours' | 'theirs';
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

/**
 * What a request left behind that ended holds: those of requests and webhooks with an earlier place are over, also where
 * they are written only afterwards.
 */
export interface HoldsEnd {
  /** Null is every report of the account. */
  readonly reportId: string | null;
  /** Whose requests end by it; null is everybody's, and webhooks' too. */
  readonly caller: string | null;
  /** The one request of that caller that ends by it, by the name that they gave it; null is all of them. */
  readonly requestId: string | null;
  readonly place: number;
  readonly by: string;
  readonly why: string;
  readonly atMs: number;
}

/** A request that may be done, or done again, until it is answered. */
export interface OpenRequest {
  readonly place: number;
  readonly runId: string;
  readonly arrivedMs: number;
  /** Whose pause it is, and how they named it; null for a resume, and for what has no name. */
  readonly pause: { readonly caller: string; readonly requestId: string } | null;
}

/** What the ledger keeps about one account beside its reports. */
export interface AccountFacts {
  readonly learned: LearnedFacts;
  /** When the lag of lists was last reckoned, epoch milliseconds. */
  readonly learnedMs: number;
  /** Reports that are not ours as the list showed them, to see whether times move by themselves. */
  readonly strangers: readonly StrangerSample[];
  /** What was learned of a limit on its calls; null where nothing was. */
  readonly pace: LearnedPace | null;
  /** When each lasting alarm was last told, epoch milliseconds by its name and report. */
  readonly told: Readonly<Record<string, number>>;
}

/** What is known of an account of which nothing was written yet. */
export const noFacts: AccountFacts = {
  ...{ learned: nothingLearned, learnedMs: 0, strangers: [], pace: null, told: {} },
};

const instant = z.number();

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
  place: z.number().default(0),
  ended: z.object({ by: z.string(), why: z.string(), atMs: instant }).nullable(),
});

const factsShape: z.ZodType<AccountFacts> = z.object({
  learned: z.object({
    changesMoveTime: z.enum(['yes', 'no', 'both', 'unknown']),
    timeOffset: z.object({ minInMs: z.number(), maxInMs: z.number() }).nullable(),
    timesMoveByThemselves: z.boolean(),
    pauseWasRead: z.boolean(),
    listLagInMs: z.number(),
  }),
  learnedMs: instant,
  strangers: z.array(
    z.object({
      reportId: z.string(),
      reportStatus: z.enum(['Active', 'Paused', 'Inactive']),
      evidence: z.object({ modifiedMs: instant.nullable(), contents: z.string() }),
    }),
  ),
  // Rows of a release before this one have none.
  pace: z
    .object({ callsPerSecond: z.number(), steadyInMs: z.number(), obeyedPerSecond: z.number() })
    .nullable()
    .default(null),
  told: z.record(z.string(), instant),
});

const firstFactsShape = z.object({
  pauseMovesModifiedTime: z.enum(['yes', 'no', 'unknown']),
  told: z.record(z.string(), instant),
});

/** The facts of an account, whichever version wrote them. @throws LedgerError `ledger_unreadable`. */
export function decodeFacts(row: LedgerRow): AccountFacts {
  if (row.schemaVersion > 1) {
    return decodeRow(row, factsShape);
  }
  const { pauseMovesModifiedTime: changesMoveTime, told } = decodeRow(row, firstFactsShape);
  const pauseWasRead = changesMoveTime !== 'unknown';
  return { ...noFacts, learned: { ...nothingLearned, changesMoveTime, pauseWasRead }, told };
}

/** An event that is written down with what it tells of, until it has been told: a kill in between loses none. */
export const eventShape: z.ZodType<ReportEvent> = z.object({
  name: z.custom<ReportEvent['name']>((value) => typeof value === 'string'),
  reportId: z.string(),
  reportName: z.string(),
  detail: z.string(),
  about: z.string().optional(),
});

export const followUpShape: z.ZodType<FollowUp> = z.object({
  reportId: z.string(),
  reportName: z.string(),
  nextExpectedMs: instant,
});

export const statementShape: z.ZodType<PersonsStatement> = z.object({
  reportId: z.string(),
  // Version 1 knew this word alone.
  whose: z.enum(['ours', 'theirs']).default('ours'),
  by: z.string(),
  why: z.string(),
  atMs: instant,
});

export const holdsEndShape: z.ZodType<HoldsEnd> = z.object({
  reportId: z.string().nullable(),
  caller: z.string().nullable(),
  requestId: z.string().nullable().default(null),
  place: z.number(),
  by: z.string(),
  why: z.string(),
  atMs: instant,
});

export const occurrenceEndShape: z.ZodType<OccurrenceEnd> = z.object({
  ...{ window: z.string(), fromMs: instant, untilMs: instant, said: z.enum(['ended', 'extended']) },
  ...{ by: z.string(), why: z.string(), atMs: instant, place: z.number() },
});

export const openRequestShape: z.ZodType<OpenRequest> = z.object({
  place: z.number(),
  runId: z.string(),
  arrivedMs: instant,
  // Missing in what a release before this one kept.
  pause: z.object({ caller: z.string(), requestId: z.string() }).nullable().default(null),
});

/** Row keys; the part before the first bar is the kind of row. */
export const rowKeys = {
  hold: (hold: Pick<Hold, 'reportId' | 'holdId'>) => `hold|${hold.reportId}|${hold.holdId}`,
  ownership: (reportId: string) => `own|${reportId}`,
  statement: (reportId: string) => `takeover|${reportId}`,
  event: ({ reportId, name, about }: Pick<ReportEvent, 'reportId' | 'name' | 'about'>) =>
    `event|${reportId}|${name}${about === undefined ? '' : `|${about}`}`,
  followUp: (reportId: string) => `follow|${reportId}`,
  // What ends one request has a kind of its own: a release that does not know it would end all of the caller's.
  holdsEnd: ({ reportId, caller, requestId }: Pick<HoldsEnd, 'reportId' | 'caller' | 'requestId'>) =>
    requestId !== null
      ? `endedof|${hash('sha256', JSON.stringify([caller, requestId]), 'hex').slice(0, 32)}`
      : `ended|${reportId ?? 'all'}${caller === null ? '' : `|${hash('sha256', caller, 'hex').slice(0, 32)}`}`,
  occurrenceEnd: ({ window, fromMs }: Pick<OccurrenceEnd, 'window' | 'fromMs'>) =>
    `occurrence|${window}|${String(fromMs).padStart(13, '0')}`,
  exemption: ({ id }: Pick<Exemption, 'id'>) => `exempt|${id}`,
  openRequest: (place: number) => `request|${String(place).padStart(15, '0')}`,
  order: 'order',
  facts: 'facts',
  lease: 'lease',
  lastLook: 'look',
  news: 'news',
  waits: 'waits',
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
