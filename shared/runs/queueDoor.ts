import { z } from 'zod';
import type { Teller } from '../service/teller.ts';
import { continueRun } from './continueRun.ts';
import type { SubmitWork } from './submitRun.ts';

const messageShape = z.object({ runId: z.guid() });

/** How long one message works on; well within `functionTimeout`, and the rest goes on with the next message. */
const WORK_IN_MS = 4 * 60_000;

/**
 * A message of the run queue. At-least-once: a message that comes twice, or for a run that is done, changes nothing.
 * @throws where the storage fails, so that the message comes again.
 */
export async function goOnWithRun(runs: SubmitWork, message: unknown, teller: Teller): Promise<void> {
  const parsed = messageShape.safeParse(message);
  if (!parsed.success) {
    teller.error(
      JSON.stringify({ event: 'RunMessageRefused', message: 'a message of the run queue names no run' }),
    );
    return;
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

/** A message that failed too often: told, and left to a person, who continues the run by its door. */
export function tellPoisonedRun(message: unknown, teller: Teller): void {
  const parsed = messageShape.safeParse(message);
  const runId = parsed.success ? parsed.data.runId : null;
  const remedy = runId === null ? 'its message names no run' : `POST /api/runs/${runId}/continue`;
  teller.error(JSON.stringify({ event: 'RunPoisoned', runId, message: `a run failed too often: ${remedy}` }));
}
