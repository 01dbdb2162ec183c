import { type DeliveryCheck, refused, type Verified } from './delivery.ts';
import { sameText } from './sameText.ts';
import { signHmac } from './sign.ts';
import type { HmacAuthentication } from './webhookSource.ts';

/**
 * Checks an HMAC-SHA256 over the raw body in a header of the sender's choice. It says nothing about when: a replay is
 * told by what the payload itself carries.
 */
export function verifyHmac(
  { delivery, secrets }: DeliveryCheck,
  authentication: HmacAuthentication,
): Verified {
  const given = delivery.headers.get(authentication.header);
  if (!given) return refused('missing_header');
  if (secrets.keys.length === 0) return refused('no_usable_secret');
  const signature = authentication.encoding === 'hex' ? lowerHex(given, authentication.prefix) : given;
  const fits = secrets.keys.map((key) =>
    sameText(signHmac({ key, body: delivery.body, authentication }), signature),
  );
  return fits.includes(true)
    ? { ok: true, deliveryId: null, timestampMs: null }
    : refused('no_matching_secret');
}

/** Hex means the same in either case; the prefix does not. */
function lowerHex(given: string, prefix: string): string {
  return given.startsWith(prefix) ? prefix + given.slice(prefix.length).toLowerCase() : given;
}
