import { readSecrets } from './readSecrets.ts';
import { signHmac, standardHeaders } from './sign.ts';
import type { WebhookAuthentication } from './webhookSource.ts';

/** What a sender adds to a request so that it is taken. */
export interface SignedDelivery {
  readonly headers: Readonly<Record<string, string>>;
  /** To be added to the URL's query. Secret. */
  readonly query: Readonly<Record<string, string>>;
}

/**
 * Signs a body as a sender of this source would, for users who try their configuration and for tests. `secret` is what
 * the sender has: the key (of several, Standard Webhooks signs with each, an HMAC with the first), or the token itself.
 * Null where the secret cannot be used. Pure.
 */
export function signDelivery({
  authentication,
  secret,
  id,
  nowMs,
  body,
}: {
  readonly authentication: WebhookAuthentication;
  readonly secret: string;
  /** The delivery's id, for Standard Webhooks. */
  readonly id: string;
  readonly nowMs: number;
  readonly body: Uint8Array;
}): SignedDelivery | null {
  if (authentication.type === 'token') {
    const token = secret.trim();
    return token === '' ? null : { headers: {}, query: { token } };
  }
  const { keys } = readSecrets(authentication.type, secret);
  const [key] = keys;
  if (key === undefined) return null;
  const headers =
    authentication.type === 'standard'
      ? standardHeaders({ keys, id, nowMs, body })
      : { [authentication.header]: signHmac({ key, body, authentication }) };
  return { headers, query: {} };
}
