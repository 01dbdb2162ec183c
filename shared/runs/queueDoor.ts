import { z } from 'zod';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { Teller } from '../telemetry/teller.ts';
import { continueRun } from './continueRun.ts';
import { type DriveWork, driveAccount } from './driveAccount.ts';
import type { SubmitWork } from './submitRun.ts';

const runMessage = z.object({ runId: z.guid() });
const driveMessage = z.object({ account: z.string().regex(/^[a-z0-9-]{1,63}$/) });
const messageShape = z.union([runMessage, driveMessage]);

/** How long one message works on; well within `functionTimeout`, and the rest goes on with the next message. */
const WORK_IN_MS = 4 * 60_000;

/**
 * A message of the run queue. At-least-once: a message that comes twice, or for a run that is done, changes nothing.
 * While the storage is out a run waits for it.
 * @throws where a driver's storage fails, or the queue itself, so that the message comes again.
 */
export async function goOnWithRun(
  runs: SubmitWork & DriveWork,
  message: unknown,
  teller: Teller,
): Promise<void> {
  const parsed = messageShape.safeParse(message);
  if (!parsed.success) {
    const detail = 'a message of the run queue names no run and no account';
    teller.error(JSON.stringify({ event: 'RunMessageRefused', message: detail }));
    teller.telemetry?.event('RunMessageRefused', { detail });
    return;
  }
  if ('account' in parsed.data) {
    return driveAccount(runs, parsed.data.account, teller);
  }
  const { runId } = parsed.data;
  const untilMs = runs.parts.clock.now() + WORK_IN_MS;
  const again = await lookAgainIn(runs, runId, { untilMs, teller });
  if (again !== null) {
    await runs.queue.send(runId, again);
  }
}

/** How often it is looked whether the storage is back: no fault of the run, so it is not counted as one. */
const STORAGE_OUT_DELAY_IN_MS = 60_000;

async function lookAgainIn(
  runs: SubmitWork & DriveWork,
  runId: string,
  call: Parameters<typeof continueRun>[2],
): Promise<number | null> {
  try {
    const progress = await continueRun(runs, runId, call);
    switch (progress.kind) {
      case 'done':
        return null;
      case 'more':
        return progress.delayInMs;
      case 'elsewhere':
        return progress.lookAgainInMs;
      case 'notWritten':
        return STORAGE_OUT_DELAY_IN_MS;
    }
  } catch (error) {
    asLedgerError(error);
    return STORAGE_OUT_DELAY_IN_MS;
  }
}

/**
 * A message that failed too often: told. What it was about goes on by itself: a run that stands still and an account
 * without a driver are both seen by the ticks.
 */
export function tellPoisonedRun(message: unknown, teller: Teller): void {
  const parsed = messageShape.safeParse(message);
  const runId = parsed.success && 'runId' in parsed.data ? parsed.data.runId : null;
  const account = parsed.success && 'account' in parsed.data ? parsed.data.account : null;
  const detail =
    account !== null
      ? `the driver of the account ${account} failed too often: the ticks ask for another one`
      : `a run failed too often: ${runId === null ? 'its message names no run' : `it stands where it was, and the next tick asks for it again; POST /api/runs/${runId}/continue does so at once`}`;
  teller.error(JSON.stringify({ event: 'RunPoisoned', runId, message: detail }));
  teller.telemetry?.event('RunPoisoned', { runId, detail });
}
