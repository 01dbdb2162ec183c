import type { Answer } from '../wire/problem.ts';
import { refusedAnswer } from './answerDelivery.ts';
import type { WebhookSource } from './webhookSource.ts';

/**
 * Answers the OPTIONS request by which a sender of CloudEvents asks for leave, once its token fitted: 200 with its
 * origin and our rate, or the common refusal without any such header. `WebHook-Request-Callback` is not read: no URL
 * of a request is ever fetched. Source: CloudEvents, HTTP webhook, section 4.
 */
export function allowOrigin(
  { format, ratePerMinute }: WebhookSource,
  headers: { get(name: string): string | null },
): Answer {
  const origin = headers.get('webhook-request-origin')?.trim().toLowerCase() ?? '';
  if (format.kind !== 'cloudEvents' || !format.allowedOrigins.includes(origin)) return refusedAnswer();
  return {
    status: 200,
    headers: {
      allow: 'POST, OPTIONS',
      'cache-control': 'no-store',
      'webhook-allowed-origin': origin,
      'webhook-allowed-rate': String(allowedRate(headers.get('webhook-request-rate'), ratePerMinute)),
      'x-content-type-options': 'nosniff',
    },
    body: null,
  };
}

/** Never more than was asked for, never more than we take. */
function allowedRate(asked: string | null, ratePerMinute: number): number {
  return asked !== null && /^[1-9]\d{0,8}$/.test(asked.trim())
    ? Math.min(Number(asked), ratePerMinute)
    : ratePerMinute;
}
