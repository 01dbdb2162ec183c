import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'ListWindows',
  summary: 'List maintenance windows',
  description:
    'Tells each maintenance window, when it opens next, what is wrong with it, and whether it will do nothing or do it for good.',
  parameters: [],
  answers: { 200: ['The windows.', 'Windows'] },
};

/** `GET /api/windows`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) =>
    jsonAnswer(200, await service.windows(callOf(request))),
  );
}
