import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { withService } from '../http/doorRequest.ts';
import { answerRecord, readRun, unknownRun } from '../http/keptRun.ts';
import { ofRun } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { runId } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofRun,
  operationId: 'ContinueRun',
  summary: 'Continue a run',
  description: 'Puts a run that still works back into the queue, where its message was lost.',
  visibility: 'advanced',
  parameters: [runId],
  problems: [404, 413, ...NOT_READY],
};

/** `POST /api/runs/{id}/continue`: puts a run back into the queue that lost its message. */
export function answer(
  composed: Composed,
  _request: DoorRequest,
  { runId = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async (ready) => {
    const stored = await readRun(ready, runId);
    if (stored === null) {
      return unknownRun();
    }
    if (stored.state === 'working') {
      await ready.runs.queue.send(stored.runId, 0);
    }
    return answerRecord(ready, stored);
  });
}
