import { notOpenAnswer } from '../http/aboutOccurrence.ts';
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
  operationId: 'GetWindowReadiness',
  summary: 'Get whether the work of a window may begin',
  description:
    'Tells whether every report that the open window selects is confirmed paused or told why not, and whether an execution of them still runs.',
  parameters: [windowName, correlationId],
  answers: {
    200: ['The work may begin.', 'WindowReadiness'],
    202: ['Not yet; ask again later.', 'WindowReadiness'],
  },
  problems: [404, 409, ...NOT_READY],
};

/**
 * `GET /api/windows/{window}/ready`: 202 until all that the window selects is confirmed paused or told why not, and none of it
 * runs any more; then 200.
 */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { window = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const outcome = await service.readiness(window, callOf(request));
    const again = { 'retry-after': ASK_AGAIN_IN_SECONDS };
    switch (outcome.kind) {
      case 'told':
        return outcome.readiness.isReady
          ? jsonAnswer(200, outcome.readiness)
          : jsonAnswer(202, outcome.readiness, again);
      case 'notActing': {
        const title = `MODE is ${outcome.mode}: no pause is started, so there is nothing to wait for.`;
        return problemAnswer(409, { code: 'mode_forbids', title });
      }
      case 'unread': {
        const title = 'The reports of the account could not be read, so it cannot be told.';
        return problemAnswer(503, { code: outcome.code, title, detail: outcome.message }, again);
      }
      default:
        return notOpenAnswer(outcome);
    }
  });
}

/** Partner Center is asked for people so often at most: sooner there is nothing new. */
const ASK_AGAIN_IN_SECONDS = '15';
