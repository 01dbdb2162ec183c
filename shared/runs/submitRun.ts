import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LedgerError } from '../ledger/ledgerError.ts';
import { makeRun, type Run } from '../service/run.ts';
import type { DoorCall } from '../service/serviceParts.ts';
import { continueRun, type RunWork } from './continueRun.ts';
import type { RunQueue } from './runQueue.ts';
import type { KeyRecord, RunRecord, Work } from './runRecord.ts';
import type { RunStore } from './runStore.ts';

/** A caller's key for a request, hashed with route and caller, and a hash of what was asked. */
export interface RequestKey {
  readonly keyHash: string;
  readonly bodyHash: string;
}

/** What became of a request. */
export type Submitted =
  | { readonly kind: 'answered'; readonly run: Run; readonly isReplay: boolean }
  /** It works on; `token` opens its status without a key. */
  | {
      readonly kind: 'accepted';
      readonly record: RunRecord;
      readonly token: string;
      readonly isReplay: boolean;
    }
  /** The key was used for another request. */
  | { readonly kind: 'mismatch' };

export interface SubmitWork extends RunWork {
  readonly queue: RunQueue;
}

/** More reports than this are left to the queue; fewer are done while the caller waits. */
const MAX_REPORTS_IN_REQUEST = 200;

/** How long a key stands for its first request: retries come within it, a new request of the same name hardly. */
const KEY_KEPT_IN_MS = 86_400_000;

/** After this the queue goes on with a run whose process was killed while its caller waited. */
const SAFETY_DELAY_IN_MS = 5 * 60_000;

/**
 * Keeps a request, does it now if it is short, and leaves it to the queue if it is not. The record is stored before
 * anything is answered. A repeat with the same key gets the stored answer, or the same run while it works.
 */
export async function submitRun(
  submit: SubmitWork,
  input: {
    readonly work: Work;
    readonly reportIds: readonly string[];
    readonly key: RequestKey | null;
    readonly respondAsync: boolean;
    readonly call: DoorCall;
  },
): Promise<Submitted> {
  const { store, parts, queue } = submit;
  const fresh = newRecord(parts.clock.now(), input);
  const known = await claimKey(store, input.key, fresh, parts.clock.now());
  if (known !== null && known.bodyHash !== input.key?.bodyHash) {
    return { kind: 'mismatch' };
  }
  // A process that was killed right after it took the key left no record: then this is the first one.
  const record = known === null ? fresh : { ...fresh, runId: known.runId };
  const earlier = known === null ? null : await store.read(known.runId);
  if (earlier !== null || !(await store.create(record, input.reportIds))) {
    return replay(submit, record.runId);
  }
  const isLong = input.respondAsync || input.reportIds.length > MAX_REPORTS_IN_REQUEST;
  await queue.send(record.runId, isLong ? 0 : SAFETY_DELAY_IN_MS);
  if (!isLong) {
    const untilMs = record.startedMs + parts.runTimeBudgetInMs;
    const progress = await continueRun(submit, record.runId, { untilMs, teller: input.call.teller });
    if (progress.kind === 'done') {
      return { kind: 'answered', run: await runOf(store, progress.record), isReplay: false };
    }
    await queue.send(record.runId, progress.kind === 'more' ? progress.delayInMs : 0);
  }
  return accepted(store, record, false);
}

/** A kept run with all its results. */
export async function runOf(store: RunStore, record: RunRecord): Promise<Run> {
  const { runId, correlationId, work, startedMs, doneMs, problems } = record;
  return makeRun({
    ...{ runId, correlationId, door: work.door, problems, results: await store.results(runId), events: [] },
    startedUtc: new Date(startedMs).toISOString(),
    durationInMs: (doneMs ?? startedMs) - startedMs,
  });
}

/** True where the token is one that an answer of this run named. */
export function opensRun(store: RunStore, runId: string, token: string): Promise<boolean> {
  return store.hasToken(runId, hashOf(token));
}

/** SHA-256 in hexadecimal: what is stored in place of a token, a key or a body. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function replay({ store, parts, queue }: SubmitWork, runId: string): Promise<Submitted> {
  const stored = await store.read(runId);
  if (stored === null) {
    throw new LedgerError('ledger_conflict', 'the run of this key was deleted meanwhile', null);
  }
  const { record } = stored;
  if (record.state === 'done') {
    return { kind: 'answered', run: await runOf(store, record), isReplay: true };
  }
  if (record.busyUntilMs <= parts.clock.now()) {
    // Nobody is on it: maybe its process was killed before it could leave a message.
    await queue.send(runId, 0);
  }
  return accepted(store, record, true);
}

async function accepted(store: RunStore, record: RunRecord, isReplay: boolean): Promise<Submitted> {
  const token = randomBytes(32).toString('base64url');
  await store.addToken(record.runId, hashOf(token));
  return { kind: 'accepted', record, token, isReplay };
}

async function claimKey(
  store: RunStore,
  key: RequestKey | null,
  { runId }: RunRecord,
  nowMs: number,
): Promise<KeyRecord | null> {
  return key === null
    ? null
    : store.claimKey(
        key.keyHash,
        { runId, bodyHash: key.bodyHash, expiresMs: nowMs + KEY_KEPT_IN_MS },
        nowMs,
      );
}

function newRecord(
  nowMs: number,
  { work, reportIds, call }: { work: Work; reportIds: readonly string[]; call: DoorCall },
): RunRecord {
  const { correlationId, caller, callerName } = call;
  return {
    ...{
      runId: randomUUID(),
      correlationId,
      caller,
      ...(callerName === undefined ? {} : { callerName }),
      work,
      state: 'working',
      startedMs: nowMs,
      busyUntilMs: 0,
    },
    ...{
      doneMs: null,
      isHeld: work.door !== 'pause',
      total: reportIds.length,
      cursor: 0,
      resultRows: 0,
      fruitlessTries: 0,
      problems: [],
    },
  };
}
