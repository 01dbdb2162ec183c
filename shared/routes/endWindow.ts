import { notOpenAnswer, submitAbout } from '../http/aboutOccurrence.ts';
import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { neverDry } from '../http/dryRun.ts';
import { answerRepeated, looseBody } from '../http/keptRequests.ts';
import { parseBody } from '../http/parseBody.ts';
import { endRequestSchema } from '../http/windowRequestSchemas.ts';
import { isOfOccurrence } from '../model/hold.ts';
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
import type { Answer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'EndWindow',
  summary: 'End a window early',
  description:
    'Ends the occurrence of the window that is open now, and resumes what it alone held. The next occurrence is untouched.',
  parameters: [windowName, idempotencyKey, prefer, failOnPartial, requestedBy, correlationId],
  body: { schema: 'EndWindowRequest', description: 'Why.', isRequired: true },
};

/** `POST /api/windows/{window}/end`: this occurrence is done early; what it alone held comes back. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { window = '' }: PathParameters,
): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const raw = { ...looseBody(request.body), window };
    const earlier = await answerRepeated(ready, request, { door: 'end', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, endRequestSchema);
    if (!body.ok) {
      return body.answer;
    }
    const untilMs = ready.parts.clock.now();
    const named = await ready.service.openOccurrence(window, untilMs);
    if (named.kind !== 'open') {
      return notOpenAnswer(named);
    }
    const { occurrence, snapshot } = named;
    const held = snapshot.holds.flatMap(({ hold }) =>
      isOfOccurrence(hold, occurrence) ? [hold.reportId] : [],
    );
    return submitAbout(ready, request, { named, door: 'end', untilMs, raw, reason: body.value.reason }, held);
  });
}
