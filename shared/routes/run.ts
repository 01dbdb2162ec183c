import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { withService } from '../http/doorRequest.ts';
import { answerRecord, RUN_ID, readRun, unknownRun } from '../http/keptRun.ts';
import { ofRun } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { runId } from '../openapi/parameters.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofRun,
  operationId: 'GetRun',
  summary: 'Get a run',
  description: 'Tells how far a run is, and its results when it is done.',
  visibility: 'important',
  parameters: [runId],
};

/** `GET /api/runs/{id}`: 202 while it works, then 200 with the results, whatever they are; also of a tick or a webhook that did something. */
export function answer(
  composed: Composed,
  _request: DoorRequest,
  { runId = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async (ready) => {
    const stored = await readRun(ready, runId);
    if (stored !== null) {
      return answerRecord(ready, stored);
    }
    const kept = RUN_ID.test(runId) ? await ready.parts.runHistory.read(runId) : null;
    return kept === null ? unknownRun() : jsonAnswer(200, kept);
  });
}
