import { TOKEN_LIFETIME_IN_SECONDS } from './tokenMaker.ts';

/** How long a token lives, as each version of the endpoint writes it: the first as text, and more of it. */
export function lifetimeFields(
  version: 1 | 2,
  nowMs: number,
  resource: string,
): Readonly<Record<string, unknown>> {
  if (version === 2) {
    return { expires_in: TOKEN_LIFETIME_IN_SECONDS, ext_expires_in: TOKEN_LIFETIME_IN_SECONDS };
  }
  const now = Math.floor(nowMs / 1000);
  return {
    expires_in: String(TOKEN_LIFETIME_IN_SECONDS),
    ext_expires_in: String(TOKEN_LIFETIME_IN_SECONDS),
    expires_on: String(now + TOKEN_LIFETIME_IN_SECONDS),
    not_before: String(now),
    resource,
  };
}
