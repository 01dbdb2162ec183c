import { answerRun } from '../http/answerRun.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, runOptions } from '../http/doorRequest.ts';
import { neverDry } from '../http/dryRun.ts';
import { limitsOf } from '../http/limitsOf.ts';
import { parseBody } from '../http/parseBody.ts';
import { acknowledgeRequestSchema } from '../http/requestSchemas.ts';
import { allDone, changing, partlyDone } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, failOnPartial, requestedBy } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'AcknowledgeReports',
  summary: 'Leave reports as they are',
  description:
    'Settles reports that are doubtful or left paused by your word: they stay as they are, and are not looked after any more.',
  visibility: 'advanced',
  parameters: [failOnPartial, requestedBy, correlationId],
  body: { schema: 'AcknowledgeRequest', description: 'Which reports, and why.', isRequired: true },
  answers: { 200: allDone, 207: partlyDone },
  problems: [400, 404, 409, 413, 502, ...NOT_READY],
};

/** `POST /api/acknowledge`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const body = await parseBody(request.body, acknowledgeRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.acknowledge(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}
