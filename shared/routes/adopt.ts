import { adoptRequestSchema } from '../http/adoptRequestSchema.ts';
import { answerRun } from '../http/answerRun.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, runOptions } from '../http/doorRequest.ts';
import { neverDry } from '../http/dryRun.ts';
import { limitsOf } from '../http/limitsOf.ts';
import { parseBody } from '../http/parseBody.ts';
import { allDone, changing, partlyDone } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, failOnPartial, requestedBy } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'AdoptPauses',
  summary: 'Take pauses into a ledger that was lost',
  description:
    'Makes pauses ours again by the events that told of them, where the reports are still as those events say.',
  visibility: 'advanced',
  parameters: [failOnPartial, requestedBy, correlationId],
  body: { schema: 'AdoptRequest', description: 'Which pauses, and why.', isRequired: true },
  answers: { 200: allDone, 207: partlyDone },
  problems: [400, 404, 409, 413, 502, ...NOT_READY],
};

/** `POST /api/adopt`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const body = await parseBody(request.body, adoptRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.adopt(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}
