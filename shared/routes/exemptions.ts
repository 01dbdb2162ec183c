import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, correlationId } from '../openapi/parameters.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'ListExemptions',
  summary: 'List exemptions',
  description: 'Tells which reports people left out of which windows, until when, who and why.',
  parameters: [accountFilter, correlationId],
  answers: { 200: ['The exemptions.', 'Exemptions'] },
  problems: [404, ...NOT_READY],
};

/** `GET /api/exemptions?account=`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    return meant.ok
      ? jsonAnswer(200, await service.exemptions.show(callOf(request), meant.account))
      : meant.answer;
  });
}
