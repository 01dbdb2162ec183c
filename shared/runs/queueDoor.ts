import { z } from 'zod';
import type { Teller } from '../service/teller.ts';
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
 * @throws where the storage fails, so that the message comes again.
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
  const progress = await continueRun(runs, runId, { untilMs, teller });
  if (progress.kind === 'more') {
    await runs.queue.send(runId, progress.delayInMs);
  } else if (progress.kind === 'elsewhere' && progress.lookAgainInMs !== null) {
    await runs.queue.send(runId, progress.lookAgainInMs);
  }
}

/**
 * A message that failed too often: told. A run is left to a person, who continues it by its door; an account without
 * a driver is asked for by the ticks.
 */
export function tellPoisonedRun(message: unknown, teller: Teller): void {
  const parsed = messageShape.safeParse(message);
  const runId = parsed.success && 'runId' in parsed.data ? parsed.data.runId : null;
  const account = parsed.success && 'account' in parsed.data ? parsed.data.account : null;
  const detail =
    account !== null
      ? `the driver of the account ${account} failed too often: the ticks ask for another one`
      : `a run failed too often: ${runId === null ? 'its message names no run' : `POST /api/runs/${runId}/continue`}`;
  teller.error(JSON.stringify({ event: 'RunPoisoned', runId, message: detail }));
  teller.telemetry?.event('RunPoisoned', { runId, detail });
}
