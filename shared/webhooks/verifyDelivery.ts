import { MAX_BODY_IN_BYTES } from './contentRules.ts';
import { type Delivery, refused, type Verified } from './delivery.ts';
import { readSecrets } from './readSecrets.ts';
import { verifyHmac } from './verifyHmac.ts';
import { verifyStandard } from './verifyStandard.ts';
import { verifyToken } from './verifyToken.ts';
import type { WebhookFormat, WebhookSource } from './webhookSource.ts';

/**
 * Tells whether a delivery comes from its source. `secretText` is the text of the source's secret in Key Vault; `byEntra` is what
 * the token of Entra came to, where that is the source's proof. Pure;
 * never throws. Answer every refusal alike: `because` is for our own events.
 */
export function verifyDelivery({
  source: { authentication, format },
  secretText,
  byEntra,
  delivery,
  nowMs,
}: {
  readonly source: WebhookSource;
  readonly secretText: string;
  readonly byEntra: Verified | null;
  readonly delivery: Delivery;
  readonly nowMs: number;
}): Verified {
  if (delivery.body.byteLength > MAX_BODY_IN_BYTES) return refused('too_large');
  if (authentication.type === 'entra')
    return fromKnownOrigin(byEntra ?? refused('no_token'), format, delivery);
  const check = { delivery, nowMs, secrets: readSecrets(authentication.type, secretText) };
  switch (authentication.type) {
    case 'standard':
      return verifyStandard(check);
    case 'hmac':
      return verifyHmac(check, authentication);
    case 'token':
      return fromKnownOrigin(verifyToken(check), format, delivery);
  }
}

function fromKnownOrigin(verified: Verified, format: WebhookFormat, { headers }: Delivery): Verified {
  const origin = headers.get('webhook-request-origin')?.toLowerCase();
  const isForeign =
    format.kind === 'cloudEvents' && origin !== undefined && !format.allowedOrigins.includes(origin);
  return verified.ok && isForeign ? refused('origin_not_allowed') : verified;
}
