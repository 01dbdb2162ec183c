import { asLedgerError, LedgerError } from '../ledger/ledgerError.ts';
import { notWritten } from '../service/actForDoor.ts';
import type { Service } from '../service/createService.ts';
import type { QuotaRefusal } from '../service/holdQuota.ts';
import { makeRun, type Run } from '../service/run.ts';
import type { DoorCall } from '../service/serviceParts.ts';
import { shownEnd } from '../service/shownEnd.ts';
import { continueRun, type Progress, type RunWork } from './continueRun.ts';
import { type Input, newRecord } from './newRecord.ts';
import { occurrenceOf } from './occurrenceOf.ts';
import type { RunQueue } from './runQueue.ts';
import type { RunRecord } from './runRecord.ts';
import type { RunStore } from './runStore.ts';
import type { StatusTokens } from './statusTokens.ts';

/** A caller's key for a request, hashed with route and caller, and a hash of what was asked. */
export interface RequestKey {
  readonly keyHash: string;
  readonly bodyHash: string;
}

/** What became of a request. */
export type Submitted =
  | { readonly kind: 'answered'; readonly run: Run; readonly isReplay: boolean }
  /** It works on; `token` opens its status without a key, and is null where its key could not be had. */
  | {
      readonly kind: 'accepted';
      readonly record: RunRecord;
      readonly token: string | null;
      readonly isReplay: boolean;
    }
  /** The key was used for another request. */
  | { readonly kind: 'mismatch' }
  /** It is new, and may not begin; nothing of it is kept. */
  | { readonly kind: 'refused'; readonly refusal: QuotaRefusal };

export interface SubmitWork extends RunWork {
  readonly queue: RunQueue;
  readonly statusTokens: StatusTokens;
  readonly service: RunWork['service'] & Pick<Service, 'arrive' | 'isOpen'>;
}

/** More reports than this are left to the queue; fewer are done while the caller waits. */
const MAX_REPORTS_IN_REQUEST = 200;

/** How long a key stands for its first request: retries come within it, a new request of the same name hardly. */
const KEY_KEPT_IN_MS = 86_400_000;

/** After this the queue goes on with a run whose process was killed while its caller waited. */
const SAFETY_DELAY_IN_MS = 60_000;

/**
 * Keeps a request, does it now if it is short, and leaves it to the queue if it is not. Its message, its place among the
 * account's requests and its record are stored before anything else is done. A repeat with the same key gets the stored
 * answer, or the same run while it works.
 * @throws LedgerError where the storage or the queue refuses it: then nothing is done for it.
 */
export async function submitRun(submit: SubmitWork, input: Input): Promise<Submitted> {
  const { store, parts, queue } = submit;
  const reportIds = await reportsOf(submit, input);
  const fresh = newRecord(parts.clock.now(), { ...input, reportIds });
  // First of all, and of no effect until there is a record: a queue that is out is found before anything is accepted.
  await queue.send(fresh.runId, SAFETY_DELAY_IN_MS);
  const record = await arrive(submit, input, fresh);
  if (record === 'mismatch') {
    return { kind: 'mismatch' };
  }
  const earlier = record.runId === fresh.runId ? null : await store.read(record.runId);
  const refusal = earlier === null ? await input.refuse() : null;
  if (refusal !== null) {
    await submit.service.leave(fresh.work.request.account, record.place);
    return { kind: 'refused', refusal };
  }
  if (earlier !== null || !(await store.create(record, reportIds))) {
    return replay(submit, record.runId, input.call);
  }
  return input.respondAsync || isLong(record)
    ? leaveToQueue(submit, record, false)
    : workNow(submit, record, input.call);
}

/** What a repeat of a request is answered, whatever time it is by now; null where the key is new. @throws LedgerError */
export async function repeated(
  submit: SubmitWork,
  key: RequestKey,
  call: DoorCall,
): Promise<Submitted | null> {
  const known = await submit.store.key(key.keyHash, submit.parts.clock.now());
  if (known !== null && known.bodyHash !== key.bodyHash) {
    return { kind: 'mismatch' };
  }
  return known === null || (await submit.store.read(known.runId)) === null
    ? null
    : replay(submit, known.runId, call);
}

/** The record that stands for the request: its own, or that of the same key. */
async function arrive(submit: SubmitWork, { key }: Input, fresh: RunRecord): Promise<RunRecord | 'mismatch'> {
  const { store, service, parts } = submit;
  const { runId, startedMs, caller } = fresh;
  const { account } = fresh.work.request;
  const { door, request } = fresh.work;
  const requestId = door === 'pause' ? request.requestId : null;
  const pause = requestId === null ? null : { caller, requestId };
  const place = await service.arrive(account, { runId, arrivedMs: startedMs, pause });
  for (;;) {
    const expiresMs = startedMs + KEY_KEPT_IN_MS;
    const own = key === null ? null : { runId, bodyHash: key.bodyHash, place, expiresMs };
    const known =
      key === null || own === null ? null : await store.claimKey(key.keyHash, own, parts.clock.now());
    if (key === null || known === null) {
      return { ...fresh, place };
    }
    // A process that was killed right after it took the key left no record; it may have been given up since.
    const isGivenUp =
      known.bodyHash === key.bodyHash &&
      (await store.read(known.runId)) === null &&
      !(await service.isOpen(account, known.place));
    if (isGivenUp) {
      await store.dropKey(key.keyHash, known);
      continue;
    }
    await service.leave(account, place);
    return known.bodyHash === key.bodyHash
      ? { ...fresh, runId: known.runId, place: known.place }
      : 'mismatch';
  }
}

function isLong({ total }: RunRecord): boolean {
  return total > MAX_REPORTS_IN_REQUEST;
}

/** Accepted it is already: where the queue refuses now, its first message or the next tick goes on with it. */
async function leaveToQueue(submit: SubmitWork, record: RunRecord, isReplay: boolean): Promise<Submitted> {
  await sendAgain(submit, record.runId, 0);
  return accepted(submit, record, isReplay);
}

async function sendAgain({ queue }: SubmitWork, runId: string, delayInMs: number): Promise<void> {
  try {
    await queue.send(runId, delayInMs);
  } catch (error) {
    asLedgerError(error);
  }
}

async function workNow(
  submit: SubmitWork,
  record: RunRecord,
  call: DoorCall,
  isReplay = false,
): Promise<Submitted> {
  const { store, parts } = submit;
  const untilMs = parts.clock.now() + parts.runTimeBudgetInMs;
  const progress = await continueRun(submit, record.runId, { untilMs, teller: call.teller });
  switch (progress.kind) {
    case 'done':
      return answered(store, progress.record, isReplay);
    case 'notWritten':
      return { kind: 'answered', run: toldAsDone(progress, record), isReplay };
    case 'more':
    case 'elsewhere':
      await sendAgain(submit, record.runId, progress.kind === 'more' ? progress.delayInMs : 0);
      return accepted(submit, record, isReplay);
  }
}

/** What a request is about: what it names, or what the request holds that it names. @throws LedgerError */
function reportsOf({ service }: SubmitWork, { work, reportIds, call }: Input): Promise<readonly string[]> {
  const isByRequest = work.door === 'resume' && work.heldByRequest !== null;
  return isByRequest
    ? service.heldByRequest({ account: work.request.account, requestId: work.heldByRequest }, call)
    : Promise.resolve(reportIds);
}

/** The storage failed after the work: its results are the answer, and that they are not kept is said beside them. */
function toldAsDone({ run, failure }: Extract<Progress, { kind: 'notWritten' }>, { work }: RunRecord): Run {
  return makeRun({
    ...run,
    ...occurrenceOf(work),
    problems: [...run.problems, { ...notWritten(failure), account: work.request.account }],
  });
}

/** A kept run with all its results. */
export async function runOf(store: RunStore, record: RunRecord): Promise<Run> {
  const { runId, correlationId, work, startedMs, doneMs, problems } = record;
  return makeRun({
    ...{ runId, correlationId, door: work.door, problems, results: await store.results(record), events: [] },
    ...occurrenceOf(work),
    startedUtc: new Date(startedMs).toISOString(),
    durationInMs: (doneMs ?? startedMs) - startedMs,
    ...(work.door === 'pause' ? shownEnd(work.request) : {}),
  });
}

async function replay(submit: SubmitWork, runId: string, call: DoorCall): Promise<Submitted> {
  const { store, parts } = submit;
  const stored = await store.read(runId);
  if (stored === null) {
    throw new LedgerError('ledger_conflict', 'the run of this key was deleted meanwhile', null);
  }
  const { record } = stored;
  if (record.state === 'done') {
    return { kind: 'answered', run: await runOf(store, record), isReplay: true };
  }
  if (record.busyUntilMs > parts.clock.now()) {
    return accepted(submit, record, true);
  }
  // Nobody is on it: its process was killed, or stopped. Whoever asks again takes it over.
  return isLong(record) ? leaveToQueue(submit, record, true) : workNow(submit, record, call, true);
}

/** Done it is whatever fails now: where its results cannot be read, they are to be asked for. */
async function answered(store: RunStore, record: RunRecord, isReplay: boolean): Promise<Submitted> {
  try {
    return { kind: 'answered', run: await runOf(store, record), isReplay };
  } catch (error) {
    asLedgerError(error);
    return { kind: 'accepted', record, token: null, isReplay };
  }
}

/** Accepted it is whatever fails now: without a token its caller's own key opens it. */
async function accepted(
  { statusTokens }: SubmitWork,
  record: RunRecord,
  isReplay: boolean,
): Promise<Submitted> {
  try {
    const token = await statusTokens.make(record.runId);
    return { kind: 'accepted', record, token, isReplay };
  } catch (error) {
    asLedgerError(error);
    return { kind: 'accepted', record, token: null, isReplay };
  }
}
