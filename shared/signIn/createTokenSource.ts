import type { TokenAnswer, TokenSource } from '../insights/tokenSource.ts';
import type { Clock } from '../time/clock.ts';

/** A token as its issuer handed it out. */
export interface FreshToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** Fetches a new token; throws what the library throws. */
export type FetchToken = (options: { readonly forceRefresh: boolean }) => Promise<FreshToken>;

/** A token is fetched anew this long before it ends. */
const REFRESH_BEFORE_MS = 5 * 60_000;

/**
 * Caches the token of one account, refreshes it early, and asks once for however many callers. A failure is not
 * cached: the next caller asks again.
 */
export function createTokenSource(options: {
  readonly fetchToken: FetchToken;
  readonly explain: (error: unknown) => Extract<TokenAnswer, { ok: false }>['failure'];
  readonly clock: Clock;
}): TokenSource {
  let cached: FreshToken | null = null;
  let fetching: Promise<TokenAnswer> | null = null;

  const fetchOnce = async (forceRefresh: boolean): Promise<TokenAnswer> => {
    try {
      cached = await options.fetchToken({ forceRefresh });
      return { ok: true, token: cached.token };
    } catch (error) {
      return { ok: false, failure: options.explain(error) };
    } finally {
      fetching = null;
    }
  };

  return {
    getToken: async ({ forceRefresh }) => {
      if (forceRefresh) {
        cached = null;
      }
      if (cached !== null && options.clock.now() < cached.expiresAtMs - REFRESH_BEFORE_MS) {
        return { ok: true, token: cached.token };
      }
      fetching ??= fetchOnce(forceRefresh);
      return fetching;
    },
  };
}
