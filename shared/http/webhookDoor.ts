import type { Composed } from '../composition/compose.ts';
import { receiveWebhook } from '../webhooks/receiveWebhook.ts';
import { callOf, type DoorRequest, withService } from './doorRequest.ts';
import { type Answer, problemAnswer } from './problem.ts';

/**
 * `POST` and `OPTIONS /api/webhooks/{source}`: whoever sends proves himself to us; the platform asks for no key. Senders
 * repeat a 503 and no 500, so that is what they get while the settings are wrong.
 */
export function webhookDoor(
  composed: Composed,
  request: DoorRequest,
  { method, source }: { readonly method: string; readonly source: string },
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
