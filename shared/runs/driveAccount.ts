import { periodInMs } from '../model/lastLook.ts';
import { classOf } from '../running/reportResult.ts';
import type { AccountRuntime } from '../service/accountRuntime.ts';
import { keepRun } from '../service/keepRun.ts';
import { makeRun, type Run } from '../service/run.ts';
import { startFrame } from '../service/runContextOf.ts';
import { didSomething } from '../service/runHistory.ts';
import type { DoorCall, ServiceParts } from '../service/serviceParts.ts';
import { tellRun } from '../service/teller.ts';
import { tickAccount } from '../service/tickAccount.ts';
import type { Teller } from '../telemetry/teller.ts';
import type { DriveRecord, DriveStore, StoredDrive } from './driveStore.ts';
import type { RunQueue } from './runQueue.ts';

/** What a driver works with. */
export interface DriveWork {
  readonly parts: ServiceParts;
  readonly drives: DriveStore;
  readonly queue: RunQueue;
}

/**
 * A message that comes meanwhile waits so long: a little longer than the lease of a killed process lasts. Whether two act
 * at once is not decided here but by the lease.
 */
const CLAIMED_FOR_IN_MS = 120_000;

/** Somebody else holds the account: looked at again so much later, and up to as much again by chance. */
const BUSY_DELAY_IN_MS = 15_000;

/** Between two passes, so that whoever waits for the account gets it. */
const NEXT_PASS_IN_MS = 1_000;

/** A pass that could do nothing is repeated so much later, so often; then the next tick asks anew. */
const FRUITLESS_DELAY_IN_MS = 30_000;
const MAX_FRUITLESS_TRIES = 5;

/**
 * One pass on an account that a tick left to a driver: as much as fits its time. What is left goes on by a message of
 * its own, after the time that the service asked for. At-least-once: the ledger says what is still to be done, so a
 * pass that comes twice finds it done, and a message that comes while a process is on the account waits for its end.
 * @throws where the storage fails, so that the message comes again.
 */
export async function driveAccount(work: DriveWork, account: string, teller: Teller): Promise<void> {
  const { parts, drives, queue } = work;
  const nowMs = parts.clock.now();
  const stored = await drives.read(account);
  if (stored === null) {
    return;
  }
  const runtime = parts.accounts.find((one) => one.account.name === account);
  if (runtime === undefined || parts.mode === 'off') {
    return drives.remove(stored);
  }
  const busyInMs = stored.record.busyUntilMs - nowMs;
  if (busyInMs > 0) {
    return queue.sendDriver(account, busyInMs);
  }
  const busyUntilMs = nowMs + CLAIMED_FOR_IN_MS;
  const claimed = await drives.change(stored, { ...stored.record, busyUntilMs, nextMs: busyUntilMs });
  // Somebody else's now, who sees to the rest; or ours, and the answer was lost: then the next tick asks anew.
  if (claimed !== null) {
    const run = await onePass(parts, runtime, claimed.record, teller);
    const telling = tellingOf(claimed.record, run, parts);
    if (telling.isDue) {
      tellRun(teller, run);
      if (didSomething(run, run.problems)) {
        const { correlationId } = claimed.record;
        await keepRun(parts, { teller, correlationId }, run, { who: 'timer', why: '', accounts: [account] });
      }
    }
    await goOn(work, claimed, { ...nextStep(claimed.record, run, runtime), ...telling });
  }
}

/** How an account goes on after a pass. */
type Step =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly delayInMs: number; readonly wasBusy: boolean; readonly tries: number };

/** Whether a pass is told, and what is remembered of that. */
type Telling = { readonly isDue: boolean } & Pick<DriveRecord, 'starvedToldMs'>;

/**
 * Whoever holds the account acts for it, and tells what it does. Where that has lasted so long that what is due is not begun,
 * it is told, but by one pass of a period: a driver looks several times in each.
 */
function tellingOf({ starvedToldMs }: DriveRecord, run: Run, { clock, tickInMs }: ServiceParts): Telling {
  if (!run.problems.some(({ code }) => code === 'account_starved')) {
    return { isDue: !wasBusy(run), starvedToldMs: null };
  }
  const nowMs = clock.now();
  const isDue = starvedToldMs === null || nowMs - starvedToldMs >= periodInMs(tickInMs);
  return { isDue, starvedToldMs: isDue ? nowMs : starvedToldMs };
}

async function onePass(
  parts: ServiceParts,
  runtime: AccountRuntime,
  { correlationId, isDaily, lastTickMs }: DriveRecord,
  teller: Teller,
): Promise<Run> {
  const call: DoorCall = { correlationId, caller: 'timer', teller, runId: null };
  const frame = startFrame(parts, call);
  const ticked = await tickAccount(parts, { runtime, frame, call, isDaily, lastTickMs, waitsInMs: 0 });
  return makeRun({
    ...ticked,
    runId: frame.runId,
    correlationId,
    door: 'tick',
    startedUtc: new Date(frame.startedMs).toISOString(),
    durationInMs: parts.clock.now() - frame.startedMs,
  });
}

function wasBusy({ problems }: Run): boolean {
  return problems.some(({ code }) => code === 'account_busy' || code === 'account_starved');
}

function nextStep({ fruitlessTries }: DriveRecord, run: Run, { gate }: AccountRuntime): Step {
  if (wasBusy(run)) {
    const delayInMs = BUSY_DELAY_IN_MS * (1 + jitterOf(run.runId));
    return { kind: 'later', delayInMs, wasBusy: true, tries: fruitlessTries };
  }
  const left = run.results.filter(({ code }) => classOf(code).triedAgain === 'inThisRun').length;
  const isHeldBack = gate.isHeldBack();
  if (left === 0 && !(isHeldBack && run.status === 'failed')) {
    return { kind: 'done' };
  }
  const isFruitless = left === run.results.length;
  const tries = isFruitless ? fruitlessTries + 1 : 0;
  if (tries > MAX_FRUITLESS_TRIES) {
    return { kind: 'done' };
  }
  const delayInMs = Math.max(
    isFruitless ? FRUITLESS_DELAY_IN_MS : NEXT_PASS_IN_MS,
    gate.heldUntilMs() - Date.parse(run.startedUtc) - run.durationInMs,
  );
  return { kind: 'later', delayInMs, wasBusy: false, tries };
}

/** From 0 up to 1, another for each run. */
function jitterOf(runId: string): number {
  return Number.parseInt(runId.slice(0, 8), 16) / 0x1_0000_0000;
}

async function goOn(
  { parts, drives, queue }: DriveWork,
  claimed: StoredDrive,
  step: Step & Telling,
): Promise<void> {
  if (step.kind === 'done') {
    return drives.remove(claimed);
  }
  const { record } = claimed;
  const nextMs = parts.clock.now() + step.delayInMs;
  const dueMs = step.wasBusy ? record.dueMs : nextMs;
  const next = { ...record, busyUntilMs: 0, isDaily: step.wasBusy && record.isDaily, nextMs, dueMs };
  // The message first: a process that is killed in between leaves one too many, and not none.
  await queue.sendDriver(record.account, step.delayInMs);
  await drives.change(claimed, { ...next, fruitlessTries: step.tries, starvedToldMs: step.starvedToldMs });
}
