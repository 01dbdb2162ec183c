import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest } from '../http/doorRequest.ts';
import { mayRunDry } from '../http/dryRun.ts';
import { answerExemption } from '../http/exemptionAnswer.ts';
import { endExemptionRequestSchema } from '../http/exemptionSchemas.ts';
import { parseBody } from '../http/parseBody.ts';
import { changing } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, dryRun, pathParameter, requestedBy } from '../openapi/parameters.ts';
import type { Answer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'EndExemption',
  summary: 'End an exemption early',
  description:
    'Ends an exemption before its time: a window that is open pauses its reports again. One that is over stays as it is.',
  parameters: [
    pathParameter('exemption', 'Exemption', 'The id of the exemption.'),
    dryRun,
    requestedBy,
    correlationId,
  ],
  body: { schema: 'EndExemptionRequest', description: 'Why.', isRequired: true },
  answers: { 200: ['The exemption, and what the next tick does.', 'ExemptionChange'] },
  problems: [400, 404, 413, ...NOT_READY],
};

/** `POST /api/exemptions/{exemption}/end`: one that is over already stays as it is. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { exemption = '' }: PathParameters,
): Promise<Answer> {
  return mayRunDry(composed, request, async ({ service }, isDry) => {
    const body = await parseBody(request.body, endExemptionRequestSchema);
    if (!body.ok) {
      return body.answer;
    }
    const asked = { id: exemption, reason: body.value.reason };
    return answerExemption(await service.exemptions.end(asked, callOf(request), isDry));
  });
}
