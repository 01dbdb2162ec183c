import { answerRun } from '../http/answerRun.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, runOptions } from '../http/doorRequest.ts';
import { neverDry } from '../http/dryRun.ts';
import { parseBody } from '../http/parseBody.ts';
import { relearnRequestSchema } from '../http/relearnRequestSchema.ts';
import { changing } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, failOnPartial, pathParameter, requestedBy } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'RelearnAccount',
  summary: 'Forget what was learned of an account',
  description:
    'Forgets how the API of the account was seen to behave, as the details of the health show it, so that it is learned anew. Reports and holds stay as they are.',
  visibility: 'advanced',
  parameters: [
    pathParameter('account', 'Account', 'The name of the account.'),
    failOnPartial,
    requestedBy,
    correlationId,
  ],
  body: { schema: 'RelearnRequest', description: 'Why.', isRequired: true },
  answers: { 200: ['What was learned is forgotten.', 'Run'] },
  problems: [400, 404, 413, 502, ...NOT_READY],
};

/** `POST /api/accounts/{account}/relearn`. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { account = '' }: PathParameters,
): Promise<Answer> {
  return neverDry(composed, request, async ({ service }) => {
    const body = await parseBody(request.body, relearnRequestSchema);
    return body.ok
      ? answerRun(await service.relearn({ account, ...body.value }, callOf(request)), runOptions(request))
      : body.answer;
  });
}
