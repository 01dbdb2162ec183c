import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { ofApp } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { pathParameter } from '../openapi/parameters.ts';
import { receiveWebhook } from '../webhooks/receiveWebhook.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import type { PathParameters, Surroundings } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofApp,
  operationId: 'ReceiveWebhook',
  summary: 'Deliver a webhook',
  description: 'Takes a delivery of a source that is configured; the source proves itself by its own means.',
  tag: 'Webhooks',
  visibility: 'internal',
  parameters: [pathParameter('source', 'Source', 'The name of the source.')],
  answers: {
    200: ['The delivery was taken and acted on, or the handshake is answered.', 'Delivered'],
    202: ['The delivery was taken and is acted on by the next tick.', 'Delivered'],
  },
  problems: [400, 401, 409, 410, 413, 415, 429, ...NOT_READY],
};

/**
 * `POST` and `OPTIONS /api/webhooks/{source}`: whoever sends proves himself to us; the platform asks for no key. Senders
 * repeat a 503 and no 500, so that is what they get while the settings are wrong.
 */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { source = '' }: PathParameters,
  { method }: Surroundings,
): Promise<Answer> {
  if (!composed.ok) {
    const title = 'The app settings are invalid, so nothing was done; send it again.';
    return Promise.resolve(problemAnswer(503, { code: 'config_invalid', title }, { 'retry-after': '60' }));
  }
  return withService(composed, ({ webhooks }) =>
    receiveWebhook(webhooks, {
      method,
      source,
      delivery: {
        headers: { get: request.header },
        body: request.body,
        query: request.url.searchParams,
      },
      teller: request.teller,
      correlationId: callOf(request).correlationId,
    }),
  );
}
