import { notOpenAnswer, submitAbout } from '../http/aboutOccurrence.ts';
import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { neverDry } from '../http/dryRun.ts';
import { answerRepeated, looseBody } from '../http/keptRequests.ts';
import { parseBody } from '../http/parseBody.ts';
import { extendRequestSchema } from '../http/windowRequestSchemas.ts';
import { changing } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import {
  correlationId,
  failOnPartial,
  idempotencyKey,
  prefer,
  requestedBy,
  windowName,
} from '../openapi/parameters.ts';
import { judgeExtension } from '../service/judgeExtension.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'ExtendWindow',
  summary: 'Extend a window',
  description:
    'Lets the occurrence of the window that is open now last longer, at most until the next one begins, which is untouched.',
  parameters: [windowName, idempotencyKey, prefer, failOnPartial, requestedBy, correlationId],
  body: { schema: 'ExtendWindowRequest', description: 'Until when, and why.', isRequired: true },
};

/** `POST /api/windows/{window}/extend`: this occurrence lasts longer. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { window = '' }: PathParameters,
): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const raw = { ...looseBody(request.body), window };
    const earlier = await answerRepeated(ready, request, { door: 'extend', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, extendRequestSchema);
    if (!body.ok) {
      return body.answer;
    }
    const named = await ready.service.openOccurrence(window, ready.parts.clock.now());
    if (named.kind !== 'open') {
      return notOpenAnswer(named);
    }
    const judged = judgeExtension(named, body.value.end);
    if (!judged.ok) {
      return problemAnswer(409, { code: judged.code, title: judged.message });
    }
    const { untilMs } = judged;
    return submitAbout(
      ready,
      request,
      { named, door: 'extend', untilMs, raw, reason: body.value.reason },
      [],
    );
  });
}
