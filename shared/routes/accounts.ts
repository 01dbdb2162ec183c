import type { Composed } from '../http/composed.ts';
import { withService } from '../http/doorRequest.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'ListAccounts',
  summary: 'List accounts',
  description: 'Tells each account, how the app signs in to it, and when it was looked at.',
  answers: { 200: ['Every account.', 'Accounts'] },
};

/** `GET /api/accounts`. */
export function answer(composed: Composed): Promise<Answer> {
  return withService(composed, async ({ service }) => jsonAnswer(200, await service.accounts()));
}
