import { answerRun } from '../http/answerRun.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, runOptions } from '../http/doorRequest.ts';
import { neverDry } from '../http/dryRun.ts';
import { allDone, changing, leftToOthers, partlyDone } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, failOnPartial, requestedBy } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'RunTick',
  summary: 'Bring all reports in line now',
  description: 'Does at once what the timer does each minute: looks at windows and holds, and acts on them.',
  visibility: 'advanced',
  parameters: [failOnPartial, requestedBy, correlationId],
  body: null,
  answers: { 200: allDone, 202: leftToOthers, 207: partlyDone },
  problems: [404, 409, 413, 502, ...NOT_READY],
};

/** `POST /api/tick`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return neverDry(composed, request, async ({ service }) =>
    answerRun(await service.tickByHand(callOf(request)), runOptions(request)),
  );
}
