import { isWithin } from '../secrets/span.ts';
import type { Clock } from '../time/clock.ts';
import type { SignInFailure } from './signInFailure.ts';
import type { TokenAnswer, TokenSource } from './tokenSource.ts';

/** A token as its issuer handed it out, or why it did not. */
export type Fetched =
  | { readonly ok: true; readonly token: string; readonly expiresAtMs: number }
  | { readonly ok: false; readonly failure: SignInFailure };

/** Fetches a new token; never rejects. `forceRefresh`: the last one is known to be refused. */
export type FetchToken = (options: { readonly forceRefresh: boolean }) => Promise<Fetched>;

/** A token is fetched anew this long before it ends. */
const REFRESH_BEFORE_MS = 5 * 60_000;

/** A token that was fetched just now is used, whatever a wrong clock makes of its end: one request for many callers. */
const ALWAYS_GOOD_FOR_MS = 30_000;

/** A sign-in that never ends must not hold a run, nor every later one that waits for the same token. */
const SIGN_IN_LIMIT_IN_MS = 30_000;

interface Cached {
  readonly token: string;
  readonly fetchedAtMs: number;
  readonly goodForInMs: number;
}

/**
 * Caches the token of one account, refreshes it early, and asks once for however many callers. A failure is not
 * cached: the next caller asks again. A clock that is set back makes no token last longer. `onAnswer` hears what came
 * of each sign-in.
 */
export function createTokenSource(options: {
  readonly fetchToken: FetchToken;
  readonly clock: Clock;
  readonly limitInMs?: number;
  readonly onAnswer?: (answer: TokenAnswer) => void;
}): TokenSource {
  const { clock, limitInMs = SIGN_IN_LIMIT_IN_MS } = options;
  let cached: Cached | null = null;
  let fetching: Promise<TokenAnswer> | null = null;

  const fetchOnce = async (forceRefresh: boolean): Promise<TokenAnswer> => {
    try {
      const fetched = await within(options.fetchToken({ forceRefresh }), limitInMs);
      const answer = fetched.ok ? ({ ok: true, token: fetched.token } as const) : fetched;
      if (fetched.ok) {
        const fetchedAtMs = clock.now();
        const left = fetched.expiresAtMs - REFRESH_BEFORE_MS - fetchedAtMs;
        cached = { token: fetched.token, fetchedAtMs, goodForInMs: Math.max(left, ALWAYS_GOOD_FOR_MS) };
      }
      options.onAnswer?.(answer);
      return answer;
    } finally {
      fetching = null;
    }
  };

  return {
    getToken: async ({ forceRefresh }) => {
      if (forceRefresh) {
        cached = null;
      }
      if (
        cached !== null &&
        isWithin(clock.now(), { fromMs: cached.fetchedAtMs, lengthInMs: cached.goodForInMs })
      ) {
        return { ok: true, token: cached.token };
      }
      fetching ??= fetchOnce(forceRefresh);
      return fetching;
    },
  };
}

/** What comes first: the answer, or the end of its time. What comes later is not used. */
async function within(fetching: Promise<Fetched>, limitInMs: number): Promise<Fetched> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Fetched>((resolve) => {
    const message = `the sign-in took longer than ${limitInMs / 1000} s`;
    timer = setTimeout(
      () => resolve({ ok: false, failure: { code: 'entra_unavailable', message, retryable: true } }),
      limitInMs,
    );
  });
  try {
    return await Promise.race([fetching, late]);
  } finally {
    clearTimeout(timer);
  }
}
