import type { ActiveIntent } from '../../../shared/webhooks/applyIntent.ts';
import type { Delivery } from '../../../shared/webhooks/delivery.ts';
import type { Intent, Mapped } from '../../../shared/webhooks/intent.ts';
import { parseWebhookSources } from '../../../shared/webhooks/parseWebhookSources.ts';
import type { WebhookSource } from '../../../shared/webhooks/webhookSource.ts';

export const REPORT = '11111111-1111-4111-8111-111111111111';
export const OTHER_REPORT = '22222222-2222-4222-8222-222222222222';
export const FOREIGN_REPORT = '99999999-9999-4999-8999-999999999999';

/** 2026-05-01T12:00:00Z, the now of these tests. */
export const NOW_MS = Date.UTC(2026, 4, 1, 12);
export const HOUR_MS = 3_600_000;

/** The example key of the Standard Webhooks documentation. */
export const STANDARD_KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const TOKEN = 'a-token-that-nobody-guesses-0123456789';

/** What every source of these tests is written with; no test means its values but by name. */
export const written = {
  name: 'ops',
  secretName: 'webhook-ops',
  reports: { ids: [REPORT, OTHER_REPORT] },
  defaultHold: 'PT4H',
  maxHold: 'P2D',
};

/** Reads one source that must be without error. */
export function sourceOf(more: object): WebhookSource {
  const { sources, problems } = parseWebhookSources([{ ...written, ...more }], { defaultAccount: 'main' });
  const [source] = sources;
  if (source === undefined) throw new Error(JSON.stringify(problems));
  return source;
}

/** A delivery of a text, bytes or a value as JSON. */
export function deliveryOf({
  body,
  headers = {},
  query = '',
}: {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}): Delivery {
  const bytes =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    body: bytes,
    headers: new Headers({ 'content-type': 'application/json', ...headers }),
    query: new URLSearchParams(query),
  };
}

/** The intent of an event that must have been understood. */
export function intentOf(mapped: Mapped | undefined): Intent {
  if (mapped?.ok !== true) throw new Error(`not understood: ${JSON.stringify(mapped)}`);
  return mapped.intent;
}

/** The same of an event that asks for something. */
export function askedBy(mapped: Mapped | undefined): ActiveIntent {
  const intent = intentOf(mapped);
  if (intent.action === 'ignore') throw new Error(`ignored: ${intent.because}`);
  return intent;
}
