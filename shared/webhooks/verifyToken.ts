import { timingSafeEqual } from 'node:crypto';
import { type Delivery, type DeliveryCheck, refused, type Verified } from './delivery.ts';
import { hashToken } from './sign.ts';

const MAX_TOKEN_LENGTH = 512;

/**
 * Checks the token that a sender without signatures carries: in the URL (`token`, or `access_token` as RFC 6750 and
 * CloudEvents name it) or as bearer token. Compared as SHA-256, which is all that is stored.
 */
export function verifyToken({ delivery, secrets }: DeliveryCheck): Verified {
  const tokens = tokensOf(delivery);
  if (tokens.length === 0) return refused('no_token');
  if (secrets.keys.length === 0) return refused('no_usable_secret');
  const fits = tokens
    .map((token) => Buffer.from(hashToken(token), 'hex'))
    .flatMap((hash) =>
      secrets.keys.map((key) => key.byteLength === hash.byteLength && timingSafeEqual(hash, key)),
    );
  return fits.includes(true)
    ? { ok: true, deliveryId: null, timestampMs: null }
    : refused('no_matching_secret');
}

/** More than one may come: Event Grid can send an Entra token beside the one in the URL. */
function tokensOf({ headers, query }: Delivery): readonly string[] {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return [query.get('token'), query.get('access_token'), bearer]
    .filter((token) => token !== null && token !== undefined)
    .filter((token) => token !== '' && token.length <= MAX_TOKEN_LENGTH);
}
