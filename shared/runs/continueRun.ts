import { asLedgerError, LedgerError } from '../ledger/ledgerError.ts';
import { classOf } from '../running/reportResult.ts';
import type { Service } from '../service/createService.ts';
import type { Run, RunProblem } from '../service/run.ts';
import type { DoorCall, ServiceParts } from '../service/serviceParts.ts';
import { CLAIM_IN_MS, type ClaimedRun, claimRun } from './claimedRun.ts';
import { countedOn } from './countedOn.ts';
import type { RunRecord } from './runRecord.ts';
import type { RunStore } from './runStore.ts';

/** How far a run came. */
export type Progress =
  | { readonly kind: 'done'; readonly record: RunRecord }
  /** There is more to do; to be continued after the delay. */
  | { readonly kind: 'more'; readonly record: RunRecord; readonly delayInMs: number }
  /** A pass was made, and what came of it could not be written down. */
  | { readonly kind: 'notWritten'; readonly run: Run; readonly failure: LedgerError }
  /** Another process is, or may be, on it; null where the run is not known, so that there is nothing to look at later. */
  | { readonly kind: 'elsewhere'; readonly lookAgainInMs: number | null };

/** What continuing a run needs. */
export interface RunWork {
  readonly parts: Pick<ServiceParts, 'clock' | 'runTimeBudgetInMs'>;
  readonly service: Pick<
    Service,
    | 'heldByRequest'
    | 'hold'
    | 'leave'
    | 'pauseHeld'
    | 'resume'
    | 'sayOccurrenceEnd'
    | 'endHeld'
    | 'extendHeld'
  >;
  readonly store: RunStore;
}

/** Reports of one pass; each pass takes the account's lease once. */
const CHUNK = 200;

/** Nothing more begins with less time than this left. */
const MIN_TIME_IN_MS = 20_000;

/** After so many passes that could do nothing, the results say so and the run ends; the holds stay for the ticks. */
const MAX_FRUITLESS_TRIES = 20;
const FRUITLESS_DELAY_IN_MS = 30_000;

/**
 * Works on a kept run until it is done or the time is over. At-least-once: a pass that is done again finds its
 * reports as they shall be, and a second process stops at the record's ETag. What a later request said stands, whoever
 * does this one and whenever: all that it writes bears its place.
 */
export async function continueRun(
  work: RunWork,
  runId: string,
  { untilMs, teller }: { readonly untilMs: number; readonly teller: DoorCall['teller'] },
): Promise<Progress> {
  const stored = await work.store.read(runId);
  if (stored === null) {
    return unknown;
  }
  const busyInMs = stored.record.busyUntilMs - work.parts.clock.now();
  if (stored.record.state !== 'done' && busyInMs > 0) {
    return { kind: 'elsewhere', lookAgainInMs: busyInMs };
  }
  const claimed =
    stored.record.state === 'done' ? null : await claimRun(work.store, work.parts.clock, stored);
  if (claimed === null) {
    return stored.record.state === 'done' ? await leave(work, stored.record) : conflict;
  }
  try {
    return await workOn(work, claimed, { untilMs, teller });
  } finally {
    claimed.end();
  }
}

async function workOn(
  work: RunWork,
  claimed: ClaimedRun,
  { untilMs, teller }: { readonly untilMs: number; readonly teller: DoorCall['teller'] },
): Promise<Progress> {
  const { store, parts } = work;
  const reportIds = await store.reportIds(claimed.record().runId);
  if (!claimed.record().isHeld) {
    const over = await holdAll(work, claimed.record(), reportIds, teller);
    const held = await claimed.advance(
      (record) => (over === null ? { ...record, isHeld: true } : endedBy(record, over, parts.clock.now())),
      [],
    );
    if (held instanceof LedgerError) {
      throw held;
    }
    if (held === null) {
      return conflict;
    }
    if (held.state === 'done') {
      return leave(work, held);
    }
  }
  for (;;) {
    const { cursor } = claimed.record();
    const chunk = reportIds.slice(cursor, cursor + CHUNK);
    const run = await onePass(work, claimed.record(), chunk, teller);
    const nowMs = parts.clock.now();
    const goesOn = isFruitless(run) && claimed.record().fruitlessTries < MAX_FRUITLESS_TRIES;
    const isOver = nowMs + MIN_TIME_IN_MS > untilMs;
    const delayInMs = goesOn ? FRUITLESS_DELAY_IN_MS : 0;
    const kept = await claimed.advance(
      (record) => {
        const moved = goesOn ? waiting(record) : advanced(record, run, chunk.length, nowMs);
        // Set free at once where this process stops, so that the continuation may claim it.
        return goesOn || isOver ? { ...moved, busyUntilMs: 0, nextMs: nowMs + delayInMs } : moved;
      },
      goesOn ? [] : run.results,
    );
    if (kept instanceof LedgerError) {
      return { kind: 'notWritten', run, failure: kept };
    }
    if (kept === null) {
      return conflict;
    }
    if (kept.state === 'done') {
      return leave(work, kept);
    }
    if (goesOn || isOver) {
      return { kind: 'more', record: kept, delayInMs };
    }
  }
}

/** Answered: it is never done again. Where that cannot be written down, the next tick does it. */
async function leave({ service }: RunWork, record: RunRecord): Promise<Progress> {
  try {
    await service.leave(record.work.request.account, record.place);
  } catch (error) {
    asLedgerError(error);
  }
  return { kind: 'done', record };
}

const unknown: Progress = { kind: 'elsewhere', lookAgainInMs: null };

/**
 * The record is not as it was read: somebody else is on it. Looked at again, so that no run is without a message.
 */
const conflict: Progress = { kind: 'elsewhere', lookAgainInMs: CLAIM_IN_MS };

/**
 * All holds of a pause, before its first report is paused, or the word about an occurrence, before its first report comes back;
 * what forbids them for good, or null. @throws LedgerError
 */
async function holdAll(
  { service }: RunWork,
  record: RunRecord,
  reportIds: readonly string[],
  teller: DoorCall['teller'],
): Promise<LedgerError | null> {
  const { work } = record;
  try {
    const call = callOfRecord(record, teller);
    if (work.door === 'pause') {
      await service.hold({ ...work.request, reportIds }, call);
    } else if (work.door !== 'resume') {
      await service.sayOccurrenceEnd(work.door, work.request, call);
    }
    return null;
  } catch (error) {
    const failure = asLedgerError(error);
    if (failure.code === 'ledger_conflict') {
      return failure;
    }
    throw failure;
  }
}

/** Nobody waits for it any more: it was given up before it wrote anything. */
function endedBy(record: RunRecord, { message }: LedgerError, doneMs: number): RunRecord {
  const problems: readonly RunProblem[] = [
    { code: 'superseded', account: record.work.request.account, message },
  ];
  return { ...record, state: 'done', doneMs, busyUntilMs: 0, problems };
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
  if (work.door !== 'resume') {
    return work.door === 'end'
      ? service.endHeld({ ...work.request, reportIds: chunk, isLast: isLastPass(record, chunk) }, call)
      : service.extendHeld(work.request, call);
  }
  const { heldByRequest, request } = work;
  const target =
    heldByRequest === null
      ? ({ kind: 'reports', reportIds: chunk } as const)
      : chunk.length === 0
        ? ({ kind: 'request', requestId: heldByRequest } as const)
        : ({ kind: 'partOfRequest', requestId: heldByRequest, reportIds: chunk } as const);
  return service.resume({ ...request, target }, call);
}

function isLastPass({ cursor, total }: RunRecord, chunk: readonly string[]): boolean {
  return cursor + chunk.length >= total;
}

function callOfRecord(
  { correlationId, caller, callerName, runId, place, startedMs }: RunRecord,
  teller: DoorCall['teller'],
): DoorCall {
  return {
    ...{ correlationId, caller, teller, runId },
    ...(callerName === undefined ? {} : { callerName }),
    ...(place === null ? {} : { arrival: { place, atMs: startedMs } }),
  };
}

/** True where nothing of the chunk could be done now. Without a ledger not even the holds may be written. */
function isFruitless({ results, problems }: Run): boolean {
  const isWithoutLedger = problems.some(({ code }) => code === 'ledger_unavailable');
  return isWithoutLedger
    ? results.every(({ code }) => code === 'run_stopped')
    : results.length > 0 && results.every(({ code }) => classOf(code).triedAgain === 'inThisRun');
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
    ...countedOn(record, run),
    problems: [...record.problems, ...run.problems.filter(({ code }) => !told.has(code))],
    ...(isDone ? { state: 'done', doneMs: nowMs, busyUntilMs: 0 } : {}),
  };
}
