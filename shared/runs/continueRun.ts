import type { Service } from '../service/createService.ts';
import type { Run } from '../service/run.ts';
import type { DoorCall, ServiceParts } from '../service/serviceParts.ts';
import type { RunRecord } from './runRecord.ts';
import type { RunStore, StoredRun } from './runStore.ts';

/** How far a run came. */
export type Progress =
  | { readonly kind: 'done'; readonly record: RunRecord }
  /** There is more to do; to be continued after the delay. */
  | { readonly kind: 'more'; readonly record: RunRecord; readonly delayInMs: number }
  /** Another process is, or may be, on it; null where the run is not known, so that there is nothing to look at later. */
  | { readonly kind: 'elsewhere'; readonly lookAgainInMs: number | null };

/** What continuing a run needs. */
export interface RunWork {
  readonly parts: Pick<ServiceParts, 'clock' | 'runTimeBudgetInMs'>;
  readonly service: Pick<Service, 'hold' | 'pauseHeld' | 'resume'>;
  readonly store: RunStore;
}

/** Reports of one pass; each pass takes the account's lease once. */
const CHUNK = 200;

/** A process that stops without a word is given up on so long after its time is over. */
const BUSY_MARGIN_IN_MS = 30_000;

/** Nothing more begins with less time than this left. */
const MIN_TIME_IN_MS = 20_000;

/** After so many passes that could do nothing, the results say so and the run ends; the holds stay for the ticks. */
const MAX_FRUITLESS_TRIES = 20;
const FRUITLESS_DELAY_IN_MS = 30_000;

/** What a later pass may well do: the account was busy or held back, or the time was over. */
const NOT_YET: ReadonlySet<string> = new Set(['account_busy', 'lease_lost', 'out_of_time', 'throttled']);

/**
 * Works on a kept run until it is done or the time is over. At-least-once: a pass that is done again finds its
 * reports as they shall be, and a second process stops at the record's ETag.
 */
export async function continueRun(
  work: RunWork,
  runId: string,
  { untilMs, teller }: { readonly untilMs: number; readonly teller: DoorCall['teller'] },
): Promise<Progress> {
  const { store, parts } = work;
  const claimed = await claim(work, runId, untilMs);
  if (claimed.kind !== 'claimed') {
    return claimed;
  }
  const reportIds = await store.reportIds(runId);
  let { stored } = claimed;
  if (!stored.record.isHeld) {
    await holdAll(work, stored.record, reportIds, teller);
    const isKept = await store.advance(stored, { ...stored.record, isHeld: true }, []);
    const held = isKept ? await store.read(runId) : null;
    if (held === null) {
      return conflict;
    }
    stored = held;
  }
  for (;;) {
    const { record } = stored;
    const chunk = reportIds.slice(record.cursor, record.cursor + CHUNK);
    const run = await onePass(work, record, chunk, teller);
    const goesOn = isFruitless(run) && record.fruitlessTries < MAX_FRUITLESS_TRIES;
    const isOver = parts.clock.now() + MIN_TIME_IN_MS > untilMs;
    const moved = goesOn ? waiting(record) : advanced(record, run, chunk.length, parts.clock.now());
    // Set free at once where this process stops, so that the continuation may claim it.
    const next = goesOn || isOver ? { ...moved, busyUntilMs: 0 } : moved;
    if (!(await store.advance(stored, next, goesOn ? [] : run.results))) {
      return conflict;
    }
    if (next.state === 'done') {
      return { kind: 'done', record: next };
    }
    if (goesOn || isOver) {
      return { kind: 'more', record: next, delayInMs: goesOn ? FRUITLESS_DELAY_IN_MS : 0 };
    }
    const again = await store.read(runId);
    if (again === null) {
      return unknown;
    }
    stored = again;
  }
}

const unknown: Progress = { kind: 'elsewhere', lookAgainInMs: null };

/**
 * The record is not as it was read. Somebody else is on it, or our own write was repeated after its answer was lost:
 * looked at again, so that no run is without a message.
 */
const conflict: Progress = { kind: 'elsewhere', lookAgainInMs: 30_000 };

type Claim = Progress | { readonly kind: 'claimed'; readonly stored: StoredRun };

async function claim({ store, parts }: RunWork, runId: string, untilMs: number): Promise<Claim> {
  const stored = await store.read(runId);
  if (stored === null) {
    return unknown;
  }
  const { record } = stored;
  if (record.state === 'done') {
    return { kind: 'done', record };
  }
  const busyInMs = record.busyUntilMs - parts.clock.now();
  if (busyInMs > 0) {
    return { kind: 'elsewhere', lookAgainInMs: busyInMs };
  }
  const isOurs = await store.advance(stored, { ...record, busyUntilMs: untilMs + BUSY_MARGIN_IN_MS }, []);
  const claimed = isOurs ? await store.read(runId) : null;
  return claimed === null ? conflict : { kind: 'claimed', stored: claimed };
}

/** All holds of a pause, before its first report is paused. @throws LedgerError */
async function holdAll(
  { service }: RunWork,
  record: RunRecord,
  reportIds: readonly string[],
  teller: DoorCall['teller'],
): Promise<void> {
  const { work } = record;
  if (work.door === 'pause') {
    await service.hold({ ...work.request, reportIds }, callOfRecord(record, teller));
  }
}

function onePass(
  { service }: RunWork,
  record: RunRecord,
  chunk: readonly string[],
  teller: DoorCall['teller'],
): Promise<Run> {
  const { work } = record;
  const call = callOfRecord(record, teller);
  if (work.door === 'pause') {
    return service.pauseHeld({ ...work.request, reportIds: chunk }, call);
  }
  const { heldByRequest, request } = work;
  const target =
    heldByRequest === null
      ? ({ kind: 'reports', reportIds: chunk } as const)
      : ({ kind: 'request', requestId: heldByRequest } as const);
  return service.resume({ ...request, target }, call);
}

function callOfRecord(
  { correlationId, caller, callerName, runId }: RunRecord,
  teller: DoorCall['teller'],
): DoorCall {
  return { correlationId, caller, ...(callerName === undefined ? {} : { callerName }), teller, runId };
}

/** True where nothing of the chunk could be done now. Without a ledger not even the holds may be written. */
function isFruitless({ results, problems }: Run): boolean {
  const isWithoutLedger = problems.some(({ code }) => code === 'ledger_unavailable');
  return isWithoutLedger
    ? results.every(({ code }) => code === 'run_stopped')
    : results.length > 0 && results.every(({ code }) => NOT_YET.has(code));
}

function waiting(record: RunRecord): RunRecord {
  return { ...record, fruitlessTries: record.fruitlessTries + 1 };
}

function advanced(record: RunRecord, run: Run, passed: number, nowMs: number): RunRecord {
  const cursor = record.cursor + passed;
  const isDone = cursor >= record.total;
  const told = new Set(record.problems.map(({ code }) => code));
  return {
    ...record,
    cursor,
    fruitlessTries: 0,
    problems: [...record.problems, ...run.problems.filter(({ code }) => !told.has(code))],
    ...(isDone ? { state: 'done', doneMs: nowMs, busyUntilMs: 0 } : {}),
  };
}
