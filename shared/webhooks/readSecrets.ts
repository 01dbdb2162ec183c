import { decodeBase64 } from './decodeBase64.ts';
import type { WebhookAuthentication } from './webhookSource.ts';

/** The most keys a secret's text may hold for signatures. */
const MAX_SIGNING_KEYS = 8;

/** A URL's token and the one that is to follow it. */
const MAX_TOKENS = 2;

/** Fewer bytes than these can be guessed, or were cut off. */
const MIN_KEY_BYTES = 16;

const MAX_KEY_BYTES = 512;

/** The keys that a secret's text holds. */
export interface ReadSecrets {
  /** Keys of a signature, or SHA-256 hashes of tokens. Empty where none can be used: then every delivery is refused. */
  readonly keys: readonly Buffer[];
  /** How many parts of the text could not be used: malformed, too short, or too many. */
  readonly unusable: number;
}

/**
 * Reads the text of a Key Vault secret. Several keys may stand in it, separated by blanks or line breaks, so that one
 * can follow another without a gap. Per way of proving:
 * - `standard`: base64 with or without `whsec_` and padding, 16 bytes or more.
 * - `hmac`: the key's text itself, 16 bytes or more.
 * - `token`: the SHA-256 of the token in hex, never the token; two at most.
 */
export function readSecrets(type: WebhookAuthentication['type'], text: string): ReadSecrets {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  const most = type === 'token' ? MAX_TOKENS : MAX_SIGNING_KEYS;
  const keys = parts
    .map((part) => keyOf(type, part))
    .filter((key) => key !== null)
    .slice(0, most);
  return { keys, unusable: parts.length - keys.length };
}

function keyOf(type: WebhookAuthentication['type'], part: string): Buffer | null {
  switch (type) {
    case 'standard':
      return longEnough(decodeBase64(part.replace(/^whsec_/, '')));
    case 'hmac':
      return longEnough(Buffer.from(part, 'utf8'));
    case 'token':
      return /^[0-9a-f]{64}$/i.test(part) ? Buffer.from(part, 'hex') : null;
  }
}

function longEnough(key: Buffer | null): Buffer | null {
  return key !== null && key.byteLength >= MIN_KEY_BYTES && key.byteLength <= MAX_KEY_BYTES ? key : null;
}
