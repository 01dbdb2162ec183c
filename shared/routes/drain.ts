import { answerRun } from '../http/answerRun.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, runOptions } from '../http/doorRequest.ts';
import { answerDryRun, mayRunDry } from '../http/dryRun.ts';
import { limitsOf } from '../http/limitsOf.ts';
import { parseBody } from '../http/parseBody.ts';
import { drainRequestSchema } from '../http/requestSchemas.ts';
import { allDone, changing, partlyDone } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, dryRun, failOnPartial, requestedBy } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'DrainAccount',
  summary: 'Resume everything of an account',
  description:
    'Ends every hold of the account and resumes every report that is ours, as before an uninstall.',
  visibility: 'advanced',
  parameters: [dryRun, failOnPartial, requestedBy, correlationId],
  body: {
    schema: 'DrainRequest',
    description: 'The word drain, which account, and why.',
    isRequired: true,
  },
  answers: { 200: allDone, 207: partlyDone },
  problems: [400, 404, 409, 413, 502, ...NOT_READY],
};

/** `POST /api/drain`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return mayRunDry(composed, request, async ({ service, ...ready }, isDry) => {
    const body = await parseBody(request.body, drainRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    return isDry
      ? answerDryRun(await service.foresee.drain(body.value, callOf(request)))
      : answerRun(await service.drain(body.value, callOf(request)), runOptions(request));
  });
}
