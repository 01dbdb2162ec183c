import { failureOf } from './actForDoor.ts';
import type { Run } from './run.ts';
import type { RunSetting } from './runHistory.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { tellNotKept } from './tellNotKept.ts';

/** Keeps a run that is over. What it did is done: where the storage does not take it, that is told, and no more. */
export async function keepRun(
  { runHistory }: Pick<ServiceParts, 'runHistory'>,
  call: Pick<DoorCall, 'teller' | 'correlationId'>,
  run: Run,
  setting: RunSetting,
): Promise<void> {
  const failure = await failureOf(() => runHistory.keep(run, setting));
  if (failure !== null) {
    tellNotKept(call, { runId: run.runId, account: null, failure });
  }
}
