/**
 * Milliseconds to wait after the given attempt (from 1): doubles each time up to the cap, half of it fixed and half
 * random, so that many callers that failed together do not come back together. Pure.
 */
export function backOffInMs(
  attempt: number,
  limits: { readonly backOffBaseInMs: number; readonly backOffCapInMs: number },
  random: () => number,
): number {
  const full = Math.min(limits.backOffCapInMs, limits.backOffBaseInMs * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random());
}
