import type { JWTVerifyGetKey } from 'jose';
import type { Clock } from '../time/clock.ts';
import { fetchKeySet } from './fetchKeySet.ts';

/** Keys are asked for again when they are this old; Microsoft asks for once a day at least. */
const FRESH_FOR_MS = 6 * 3_600_000;

/** Where Entra cannot be asked, keys count up to this age and no longer. */
const USABLE_FOR_MS = 24 * 3_600_000;

/** After an attempt none follows for so long, however many tokens name keys that nobody knows. */
const PAUSE_AFTER_SUCCESS_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 5_000;

/** Thrown where the keys cannot be had: nothing can be said of the token then. */
class KeysUnreachable extends Error {
  readonly code = 'keys_unreachable';
}

/**
 * The keys of one address, as `jose` looks them up: cached, asked for by one call for however many tokens, and once more
 * where a token names a key that is not among them (keys rotate), but not in a storm. `jose` has such a cache too; this
 * one outlives an outage of Entra and pauses after a failure. The lookup throws `KeysUnreachable`, or as `jose` does.
 */
export function createSigningKeys(url: string, clock: Clock): JWTVerifyGetKey {
  let held: { readonly find: JWTVerifyGetKey; readonly atMs: number } | null = null;
  let last: { readonly atMs: number; readonly isGood: boolean } | null = null;
  let underWay: Promise<void> | null = null;

  const isWithin = (atMs: number, spanMs: number) => {
    const elapsedMs = clock.now() - atMs;
    return elapsedMs >= 0 && elapsedMs < spanMs;
  };
  const ask = async () => {
    try {
      const { createLocalJWKSet } = await import('jose');
      held = { find: createLocalJWKSet(await fetchKeySet(url)), atMs: clock.now() };
      last = { atMs: held.atMs, isGood: true };
    } catch {
      last = { atMs: clock.now(), isGood: false };
    }
  };
  const refresh = async () => {
    const pauseMs = last?.isGood === true ? PAUSE_AFTER_SUCCESS_MS : PAUSE_AFTER_FAILURE_MS;
    if (underWay === null && last !== null && isWithin(last.atMs, pauseMs)) return;
    underWay ??= ask().finally(() => {
      underWay = null;
    });
    await underWay;
  };
  const usable = (): JWTVerifyGetKey => {
    if (held === null || !isWithin(held.atMs, USABLE_FOR_MS)) throw new KeysUnreachable('no keys');
    return held.find;
  };

  return async (header, token) => {
    if (held === null || !isWithin(held.atMs, FRESH_FOR_MS)) await refresh();
    try {
      return await usable()(header, token);
    } catch (error) {
      if (!isUnknownKey(error)) throw error;
      await refresh();
      // Without an answer it is not known whether the key is Entra's.
      if (last?.isGood !== true) throw new KeysUnreachable('the keys could not be read again');
      return usable()(header, token);
    }
  };
}

function isUnknownKey(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_JWKS_NO_MATCHING_KEY'
  );
}
