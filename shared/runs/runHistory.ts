import { z } from 'zod';
import type { TableClient } from '../ledger/azureTypes.ts';
import { countdownOf } from '../ledger/countdown.ts';
import { decodeRow, encodeRow, type LedgerRow } from '../ledger/ledgerRows.ts';
import { guard, putRows, queryRows, storedRow } from '../ledger/tables.ts';
import { isUndone, type RunDoor, type RunStatus, runDoors, runStatuses } from '../running/reportResult.ts';
import { sinceKept } from '../service/historyAsked.ts';
import { pastRunInWords } from '../service/pastRunInWords.ts';
import { isProblemCode, type Run, type RunProblem, runStatusOf } from '../service/run.ts';
import type { RunHistory, RunSetting, RunsAsked } from '../service/runHistory.ts';
import type { ShownPastRun } from '../service/shownPastRun.ts';
import { whoAsked } from '../service/whoAsked.ts';
import type { Clock } from '../time/clock.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import type { RunRecord } from './runRecord.ts';

/** A run in the list of all runs: what was known when it was written there. */
interface ListedRun extends RunSetting {
  readonly runId: string;
  readonly correlationId: string;
  readonly door: RunDoor;
  readonly startedMs: number;
  /** How it came out; null of a request, whose own record says it. */
  readonly outcome: RunOutcome | null;
}

interface RunOutcome {
  readonly status: RunStatus;
  readonly durationInMs: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly problems: readonly RunProblem[];
}

const problemShape = z.object({
  code: z.string().refine(isProblemCode),
  account: z.string().nullable(),
  message: z.string(),
});

const listedShape: z.ZodType<ListedRun> = z.object({
  ...{ runId: z.string(), correlationId: z.string(), door: z.enum(runDoors), startedMs: z.number() },
  ...{ who: z.string(), why: z.string(), accounts: z.array(z.string()) },
  outcome: z
    .object({
      ...{ status: z.enum(runStatuses), durationInMs: z.number() },
      summary: z.record(z.string(), z.number()),
      problems: z.array(problemShape),
    })
    .nullable(),
});

// Written by this code alone and handed out as it is; only its being an object matters here.
const runShape: z.ZodType<Run> = z.custom<Run>((value) => typeof value === 'object' && value !== null);

/** The partition of the list, newest first; ids of runs are UUIDs, so none is like it. */
const LIST = 'list';

/** The row of a run that is no request, in the partition of its id. */
const KEPT_ROW = 'kept';

function placeOf({ startedMs, runId }: Pick<ListedRun, 'startedMs' | 'runId'>): string {
  return `${countdownOf(startedMs)}|${runId}`;
}

/** What stands in the list for a request: its record says the rest. */
export function listedRequest(record: RunRecord): LedgerRow {
  const { runId, correlationId, work, startedMs } = record;
  const listed: ListedRun = {
    ...{ runId, correlationId, door: work.door, startedMs, who: whoAsked(callerOf(record)) },
    ...{ why: work.request.reason, accounts: [work.request.account], outcome: null },
  };
  return encodeRow(LIST, placeOf(listed), listed);
}

function callerOf({ caller, callerName }: RunRecord): Parameters<typeof whoAsked>[0] {
  return callerName === undefined ? { caller } : { caller, callerName };
}

/** Results of a run that are kept one by one, and what else of it. */
const MAX_RESULTS = 500;
const MAX_EVENTS = 200;
const MAX_PROBLEMS = 100;
const MAX_PROBLEMS_LISTED = 5;
/** What one row takes, with room for what is beside it. */
const MAX_LENGTH = 400_000;

/** Rows of the list that one page looks at. */
const MAX_ROWS = 4_000;
const ROWS_AT_ONCE = 500;
const RECORDS_AT_ONCE = 16;

/** Runs in the table of requests. `readRecord` reads the record of a request. */
export function createRunHistory(parts: {
  readonly open: () => Promise<TableClient>;
  readonly readRecord: (runId: string) => Promise<RunRecord | null>;
  readonly clock: Pick<Clock, 'now'>;
}): RunHistory {
  const { open, readRecord, clock } = parts;
  return {
    keep: async (run, setting) => {
      const table = await open();
      // What is listed can be asked for.
      await putRows(table, 'keep a run', [encodeRow(run.runId, KEPT_ROW, fitting(run))]);
      const listed = listedOf(run, setting);
      await putRows(table, 'keep a run', [encodeRow(LIST, placeOf(listed), listed)]);
    },
    read: async (runId) => {
      const filter = `PartitionKey eq '${runId}' and RowKey eq '${KEPT_ROW}'`;
      const [stored] = await queryRows(await open(), filter);
      return stored === undefined ? null : decodeRow(stored.row, runShape);
    },
    list: async (asked) => {
      const { found, goesOnAfter } = await readList(await open(), sinceKept(asked, clock.now()));
      const shown = new Map<string, ShownPastRun>();
      await forEachConcurrently(found, RECORDS_AT_ONCE, async (listed) => {
        const outcome = listed.outcome ?? outcomeOf(await readRecord(listed.runId));
        if (outcome !== null) shown.set(listed.runId, shownRun(listed, outcome));
      });
      return { items: found.flatMap(({ runId }) => shown.get(runId) ?? []), goesOnAfter };
    },
  };
}

function listedOf(run: Run, setting: RunSetting): ListedRun {
  const { runId, correlationId, door, status, durationInMs, summary, problems } = run;
  return {
    ...{ runId, correlationId, door, ...setting, startedMs: Date.parse(run.startedUtc) },
    outcome: { status, durationInMs, summary, problems: problems.slice(0, MAX_PROBLEMS_LISTED) },
  };
}

/** The run as one row takes it: of very many results those that were left undone or changed first. */
function fitting(run: Run): Run {
  const { results } = run;
  const worth = (result: Run['results'][number]) =>
    isUndone(result, run.door) ? 0 : result.before === result.after ? 2 : 1;
  const sorted =
    results.length > MAX_RESULTS ? results.toSorted((one, other) => worth(one) - worth(other)) : results;
  const bare = {
    ...run,
    events: run.events.slice(0, MAX_EVENTS),
    problems: run.problems.slice(0, MAX_PROBLEMS),
  };
  for (let most = Math.min(MAX_RESULTS, results.length); ; most = Math.floor(most / 2)) {
    const kept = { ...bare, results: sorted.slice(0, most) };
    const told = most < results.length ? { ...kept, resultsLeftOut: results.length - most } : kept;
    if (most === 0) return { ...told, events: [] };
    if (JSON.stringify(told).length <= MAX_LENGTH) return told;
  }
}

async function readList(
  table: TableClient,
  { account, door, fromMs, untilMs, after, limit }: RunsAsked,
): Promise<{ readonly found: readonly ListedRun[]; readonly goesOnAfter: string | null }> {
  const bounds = [
    `PartitionKey eq '${LIST}'`,
    ...(after === null ? [] : [`RowKey gt '${after}'`]),
    ...(untilMs === null ? [] : [`RowKey ge '${countdownOf(untilMs - 1)}|'`]),
    ...(fromMs === null ? [] : [`RowKey lt '${countdownOf(fromMs)}}'`]),
  ];
  const found: ListedRun[] = [];
  let lookedTo: string | null = null;
  let rows = 0;
  await guard('read the history', async () => {
    const queryOptions = { filter: bounds.join(' and ') };
    const pages = table
      .listEntities<Record<string, unknown>>({ queryOptions })
      .byPage({ maxPageSize: ROWS_AT_ONCE });
    for await (const page of pages) {
      for (const entity of page) {
        if (found.length >= limit || rows >= MAX_ROWS) return;
        const { row } = storedRow(entity);
        const listed = decodeRow(row, listedShape);
        rows += 1;
        lookedTo = row.rowKey;
        const isAsked =
          (account === null || listed.accounts.includes(account)) && (door === null || listed.door === door);
        if (isAsked) found.push(listed);
      }
    }
    lookedTo = null;
  });
  return { found, goesOnAfter: lookedTo };
}

/** How a request stands; null where its record was never written, so that nothing of it was done. */
function outcomeOf(
  record: RunRecord | null,
): Pick<ShownPastRun, 'status' | 'durationInMs' | 'summary' | 'problems'> | null {
  if (record === null) return null;
  const { state, doneMs, startedMs, summary, problems, cursor, undone, work } = record;
  const status = runStatusOf({ door: work.door, problems }, { total: cursor, undone });
  return {
    status: state === 'working' ? 'working' : status,
    durationInMs: doneMs === null ? null : doneMs - startedMs,
    ...{ summary, problems: problems.slice(0, MAX_PROBLEMS_LISTED) },
  };
}

function shownRun(
  { runId, correlationId, door, accounts, who, why, startedMs }: ListedRun,
  outcome: Pick<ShownPastRun, 'status' | 'durationInMs' | 'summary' | 'problems'>,
): ShownPastRun {
  const startedUtc = new Date(startedMs).toISOString();
  const shown = { runId, correlationId, door, accounts, who, why, startedUtc, ...outcome };
  return { ...shown, inWords: pastRunInWords(shown) };
}
