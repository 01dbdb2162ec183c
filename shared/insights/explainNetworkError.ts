// Every one of these means that no connection stood, so that no byte of the request can have arrived.
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What an error of the HTTP library says, without the error: a code, and whether the request can have left. Pure. */
export function explainNetworkError(error: unknown): {
  readonly reason: 'network' | 'tooLarge';
  readonly neverSent: boolean;
  readonly detail: string;
} {
  const code = textOf(error, 'code') ?? '';
  if (code === 'ERR_BAD_RESPONSE') {
    // axios gives one code to both; only the message tells them apart.
    const tooLarge = (textOf(error, 'message') ?? '').startsWith('maxContentLength');
    return tooLarge
      ? { reason: 'tooLarge', neverSent: false, detail: 'answer too large' }
      : { reason: 'network', neverSent: false, detail: 'answer cut off' };
  }
  const detail = /^[A-Z][A-Z0-9_]{2,48}$/.test(code) ? code : 'network error';
  return { reason: 'network', neverSent: neverConnected.has(code), detail };
}

function textOf(error: unknown, key: string): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : null;
}
