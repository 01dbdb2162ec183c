import type { Composed } from '../composition/compose.ts';
import { receiveWebhook } from '../webhooks/receiveWebhook.ts';
import { callOf, type DoorRequest, withService } from './doorRequest.ts';
import type { Answer } from './problem.ts';

/** `POST` and `OPTIONS /api/webhooks/{source}`: whoever sends proves himself to us; the platform asks for no key. */
export function webhookDoor(
  composed: Composed,
  request: DoorRequest,
  { method, source }: { readonly method: string; readonly source: string },
): Promise<Answer> {
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
