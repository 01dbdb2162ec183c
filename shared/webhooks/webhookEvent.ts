import type { Teller } from '../telemetry/teller.ts';

/** The lines that are told of webhooks. */
export type WebhookEventName =
  | 'WebhookApplied'
  | 'WebhookEventRefused'
  | 'WebhookIgnored'
  | 'WebhookNotBegun'
  | 'WebhookRefused'
  | 'WebhookSecretProblem';

/** Tells one line about a webhook; nothing of the query, of a header or of the raw body may be in it. */
export function tellWebhook(
  teller: Teller,
  level: 'info' | 'warn' | 'error',
  name: WebhookEventName,
  facts: Readonly<Record<string, unknown>>,
): void {
  teller[level](JSON.stringify({ event: name, ...facts }));
  const told = Object.entries(facts).map(
    ([key, value]) => [key === 'message' ? 'detail' : key, value] as const,
  );
  teller.telemetry?.event(
    name,
    Object.fromEntries(told.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))),
    Object.fromEntries(told.flatMap(([key, value]) => (typeof value === 'number' ? [[key, value]] : []))),
  );
}
