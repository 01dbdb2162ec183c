import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, windowName } from '../openapi/parameters.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'GetWindow',
  summary: 'Get a maintenance window',
  description: 'Tells one maintenance window, with every report that it selects now.',
  parameters: [windowName, correlationId],
  answers: { 200: ['The window.', 'WindowAlone'] },
  problems: [404, ...NOT_READY],
};

/** `GET /api/windows/{name}`. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { window: name = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const shown = await service.window(name, callOf(request));
    return shown === null
      ? problemAnswer(404, {
          code: 'unknown_window',
          title:
            'No window of this name could be read; GET /api/windows lists them, and what is wrong with others.',
        })
      : jsonAnswer(200, shown);
  });
}
