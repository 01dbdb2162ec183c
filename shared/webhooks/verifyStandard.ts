import { type DeliveryCheck, refused, type Verified } from './delivery.ts';
import { sameText } from './sameText.ts';
import { signStandard } from './sign.ts';

/** How far a delivery's timestamp may be from now, either way. Source: the Standard Webhooks specification. */
const TOLERANCE_IN_SECONDS = 300;

const MAX_SIGNATURES = 32;

/**
 * Checks a delivery signed by Standard Webhooks, symmetric (`v1`): HMAC-SHA256 over id, timestamp and raw body. Every
 * key is tried against every signature, whatever fits first.
 */
export function verifyStandard({ delivery, secrets, nowMs }: DeliveryCheck): Verified {
  const { headers, body } = delivery;
  const id = headers.get('webhook-id');
  const stamp = headers.get('webhook-timestamp');
  const list = headers.get('webhook-signature');
  if (!id || !stamp || !list) return refused('missing_header');
  if (!/^[\x21-\x7e]{1,256}$/.test(id)) return refused('bad_delivery_id');
  if (!/^(?:0|[1-9]\d{0,10})$/.test(stamp)) return refused('bad_timestamp');
  if (secrets.keys.length === 0) return refused('no_usable_secret');
  const signatures = list.split(' ').filter((signature) => signature.startsWith('v1,'));
  if (signatures.length > MAX_SIGNATURES) return refused('too_many_signatures');
  const timestampInSeconds = Number(stamp);
  const expected = secrets.keys.map((key) => signStandard({ key, id, timestampInSeconds, body }));
  const fits = expected.flatMap((one) => signatures.map((other) => sameText(one, other)));
  if (!fits.includes(true)) return refused('no_matching_secret');
  const ageInSeconds = Math.floor(nowMs / 1000) - timestampInSeconds;
  if (ageInSeconds > TOLERANCE_IN_SECONDS) return refused('stale');
  if (ageInSeconds < -TOLERANCE_IN_SECONDS) return refused('timestamp_ahead');
  return { ok: true, deliveryId: id, timestampMs: timestampInSeconds * 1000 };
}
