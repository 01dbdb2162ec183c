import { z } from 'zod';
import type { Net } from '../model/net.ts';
import type { Attempt, EvidenceChain, Ownership } from '../model/ownership.ts';
import { parseServiceTime } from '../model/serviceTime.ts';
import type { TableClient } from './azureTypes.ts';
import { decodeRow, type LedgerRow, rowKeys } from './ledgerRows.ts';
import { queryRows } from './tables.ts';

const instant = z.number();
const perhaps = instant.nullable();
const evidence = z.object({ modifiedMs: perhaps, contents: z.string() });
const look = { firstMs: instant, lastMs: instant };

const attempt: z.ZodType<Attempt> = z.object({
  towards: z.enum(['Paused', 'Active']),
  sentMs: instant,
  endedMs: perhaps,
  limitMs: instant,
  answer: z.enum(['unknown', 'accepted', 'unclear', 'refused']),
  serviceOffsetInMs: z.number(),
});

const net: z.ZodType<Net> = z.object({
  openedMs: instant,
  lastLimitMs: instant,
  wasEffective: z.boolean(),
  towards: z.enum(['Paused', 'Active']),
  readPausedMs: perhaps,
  readActiveMs: perhaps,
  standsActive: z.object(look).nullable(),
  unheldSinceMs: perhaps,
  closed: z.enum(['active', 'exhausted', 'gone', 'acknowledged']).nullable(),
});

/** Rows of a release before this one had one place for all reads that showed the report Active, and no mark of who took it over. */
const chain = z
  .object({
    readBeforeMs: perhaps.optional(),
    readActiveMs: perhaps,
    pauseSentMs: perhaps,
    pauseAnsweredMs: perhaps,
    readPausedMs: perhaps,
    resumeSentMs: perhaps,
    readResumedMs: perhaps,
    takenOver: z.object({ atMs: instant, said: z.string() }).nullable().default(null),
  })
  .transform(({ readBeforeMs, ...known }): EvidenceChain => {
    const { readActiveMs, pauseSentMs } = known;
    const isBefore = readActiveMs !== null && pauseSentMs !== null && readActiveMs <= pauseSentMs;
    return { readBeforeMs: readBeforeMs ?? (isBefore ? readActiveMs : null), ...known };
  });

const common = {
  reportId: z.string(),
  reportName: z.string(),
  queryId: z.string(),
  sinceMs: instant,
  attempts: z.array(attempt),
  odd: z.object({ status: z.enum(['Active', 'Inactive', 'notFound']), ...look }).nullable(),
  lookedMs: instant,
  listed: z.string(),
  chain,
  net,
  trail: z.array(
    z.object({
      atMs: instant,
      what: z.string(),
      who: z.string(),
      why: z.string(),
      runId: z.string(),
      observed: z.string().nullable(),
      requestId: z.string().nullable(),
    }),
  ),
};

const shape: z.ZodType<Ownership> = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('pausing'), before: evidence, refuted: z.number() }),
  z.object({ ...common, kind: z.literal('paused'), kept: evidence, owed: z.string().nullable() }),
  z.object({ ...common, kind: z.literal('resuming'), kept: evidence }),
  z.object({ ...common, kind: z.literal('resumed'), kept: evidence }),
  z.object({ ...common, kind: z.literal('doubtful'), because: z.string() }),
  z.object({
    ...common,
    kind: z.literal('ended'),
    because: z.enum(['not_effective', 'resumed', 'resumed_by_person', 'exhausted', 'gone']),
    kept: evidence,
    refuted: z.number(),
  }),
]);

const firstEvidence = z.object({ modifiedTime: z.string().nullable() });
const firstAttempts = z.array(z.object({ fromServiceMs: instant, untilServiceMs: instant }));
const firstCommon = {
  reportId: z.string(),
  reportName: z.string(),
  queryId: z.string(),
  sinceMs: instant,
  seenActiveAtMs: perhaps,
  notFoundSinceMs: perhaps,
};

/** Rows of version 1: times as text, contents as one hash that cannot be compared any more, and no net. */
const firstShape = z.discriminatedUnion('kind', [
  z.object({ ...firstCommon, kind: z.literal('pausing'), before: firstEvidence, attempts: firstAttempts }),
  z.object({ ...firstCommon, kind: z.literal('paused'), kept: firstEvidence, owed: z.string().nullable() }),
  z.object({ ...firstCommon, kind: z.literal('resuming'), kept: firstEvidence, attempts: firstAttempts }),
  z.object({ ...firstCommon, kind: z.literal('doubtful'), because: z.string() }),
]);
type First = z.infer<typeof firstShape>;

/** Version 1 took a pause for settled so soon after it was confirmed. */
const FIRST_SETTLED_WITHIN_MS = 22_000;

/** The ownership in a row, whichever version wrote it. @throws LedgerError `ledger_unreadable`. */
export function decodeOwnership(row: LedgerRow): Ownership {
  return row.schemaVersion === 1 ? carriedOver(decodeRow(row, firstShape)) : decodeRow(row, shape);
}

/** A row of version 1 as it is understood now: what was paused counts as confirmed, and every row gets its net. */
function carriedOver(first: First): Ownership {
  const attempts = attemptsOf(first);
  const isConfirmed = first.kind === 'paused' || first.kind === 'resuming';
  const readPausedMs = isConfirmed ? first.sinceMs : null;
  const pause = attempts.find(({ towards }) => towards === 'Paused');
  const kept = {
    ...{
      reportId: first.reportId,
      reportName: first.reportName,
      queryId: first.queryId,
      sinceMs: first.sinceMs,
    },
    ...{ attempts, odd: oddOf(first), lookedMs: 0, listed: '', trail: [] },
    chain: {
      ...{ readBeforeMs: null, readActiveMs: null },
      ...{ pauseSentMs: pause?.sentMs ?? null, pauseAnsweredMs: pause?.endedMs ?? null },
      ...{ readPausedMs, resumeSentMs: null, readResumedMs: null, takenOver: null },
    },
    net: {
      ...{ openedMs: first.sinceMs, lastLimitMs: attempts.at(-1)?.limitMs ?? first.sinceMs },
      ...{ wasEffective: isConfirmed, towards: attempts.at(-1)?.towards ?? 'Paused', readPausedMs },
      ...{ readActiveMs: null, standsActive: null, unheldSinceMs: null, closed: null },
    },
  };
  switch (first.kind) {
    case 'pausing':
      return { ...kept, kind: 'pausing', before: evidenceOf(first.before), refuted: 0 };
    case 'paused':
      return { ...kept, kind: 'paused', kept: evidenceOf(first.kept), owed: first.owed };
    case 'resuming':
      return { ...kept, kind: 'resuming', kept: evidenceOf(first.kept) };
    case 'doubtful':
      return { ...kept, kind: 'doubtful', because: first.because };
  }
}

function evidenceOf({ modifiedTime }: z.infer<typeof firstEvidence>) {
  return { modifiedMs: parseServiceTime(modifiedTime), contents: '' };
}

/** Its intervals were on the service's clock already. */
function attemptsOf(first: First): readonly Attempt[] {
  const unknown = { endedMs: null, answer: 'unknown', serviceOffsetInMs: 0 } as const;
  switch (first.kind) {
    case 'pausing':
    case 'resuming': {
      const towards = first.kind === 'pausing' ? 'Paused' : 'Active';
      return first.attempts.map(
        ({ fromServiceMs, untilServiceMs }): Attempt => ({
          ...{ towards, sentMs: fromServiceMs, limitMs: untilServiceMs, ...unknown },
        }),
      );
    }
    case 'paused': {
      const { sinceMs } = first;
      const sentMs = sinceMs - FIRST_SETTLED_WITHIN_MS;
      const seen = { endedMs: sinceMs, limitMs: sinceMs, answer: 'accepted', serviceOffsetInMs: 0 } as const;
      return [{ towards: 'Paused', sentMs, ...seen }];
    }
    case 'doubtful':
      return [];
  }
}

function oddOf({ seenActiveAtMs, notFoundSinceMs }: First): Ownership['odd'] {
  if (seenActiveAtMs !== null) {
    return { status: 'Active', firstMs: seenActiveAtMs, lastMs: seenActiveAtMs };
  }
  return notFoundSinceMs === null
    ? null
    : { status: 'notFound', firstMs: notFoundSinceMs, lastMs: notFoundSinceMs };
}

/** What is known of one report alone; null where nothing is. @throws LedgerError */
export async function readOwnership(
  table: TableClient,
  accountKey: string,
  reportId: string,
): Promise<Ownership | null> {
  const filter = `PartitionKey eq '${accountKey}' and RowKey eq '${rowKeys.ownership(reportId)}'`;
  const [stored] = await queryRows(table, filter);
  return stored === undefined ? null : decodeOwnership(stored.row);
}
