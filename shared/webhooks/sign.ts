import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { HmacAuthentication } from './webhookSource.ts';

/** What Standard Webhooks signs. */
export interface StandardMessage {
  readonly key: Buffer;
  readonly id: string;
  readonly timestampInSeconds: number;
  readonly body: Uint8Array;
}

/** `v1,` and the signature of a message, as it stands in `webhook-signature`. */
export function signStandard({ key, id, timestampInSeconds, body }: StandardMessage): string {
  const hmac = createHmac('sha256', key).update(`${id}.${timestampInSeconds}.`, 'utf8').update(body);
  return `v1,${hmac.digest('base64')}`;
}

/** The three headers of a Standard Webhooks delivery; with several keys it is signed by each, as in a rotation. */
export function standardHeaders({
  keys,
  id,
  nowMs,
  body,
}: {
  readonly keys: readonly Buffer[];
  readonly id: string;
  readonly nowMs: number;
  readonly body: Uint8Array;
}): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestampInSeconds = Math.floor(nowMs / 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampInSeconds),
    'webhook-signature': keys.map((key) => signStandard({ key, id, timestampInSeconds, body })).join(' '),
  };
}

/** The header's value for a generic source: its prefix and the HMAC-SHA256 of the raw body. */
export function signHmac({
  key,
  body,
  authentication: { encoding, prefix },
}: {
  readonly key: Buffer;
  readonly body: Uint8Array;
  readonly authentication: Pick<HmacAuthentication, 'encoding' | 'prefix'>;
}): string {
  return prefix + createHmac('sha256', key).update(body).digest(encoding);
}

/** SHA-256 of a token in hex: what stands in Key Vault instead of the token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** A new secret of 256 random bits: a Standard Webhooks key, a key of an HMAC, or a token for a URL with its hash. */
export function createSecret(type: 'standard' | 'hmac' | 'token'): {
  /** What the sender gets. */
  readonly forSender: string;
  /** What Key Vault gets. */
  readonly forKeyVault: string;
} {
  const bytes = randomBytes(32);
  if (type === 'standard') {
    const key = `whsec_${bytes.toString('base64')}`;
    return { forSender: key, forKeyVault: key };
  }
  const text = bytes.toString('base64url');
  return { forSender: text, forKeyVault: type === 'token' ? hashToken(text) : text };
}
