import type { Exchange } from './exchange.ts';

const MOST_ATTEMPTS = 4;
const FIRST_WAIT_IN_MS = 500;
const LONGEST_WAIT_IN_MS = 60_000;

/**
 * Milliseconds to wait before the same request, with the same idempotency key, is sent again; null where it is not.
 * An answer that holds a run is what came of the request, and a repeat would only be told the same. Pure.
 */
export function decideRetry(exchange: Exchange, attempt: number): number | null {
  if (attempt >= MOST_ATTEMPTS || !isPassing(exchange)) {
    return null;
  }
  const ownWaitInMs = FIRST_WAIT_IN_MS * 2 ** (attempt - 1);
  const askedInMs = exchange.kind === 'answered' ? exchange.retryAfterInMs : null;
  return Math.min(askedInMs ?? ownWaitInMs, LONGEST_WAIT_IN_MS);
}

function isPassing(exchange: Exchange): boolean {
  if (exchange.kind === 'unreachable') {
    // A name or a certificate that is wrong will not be right in a second.
    return !/^(ENOTFOUND|CERT_|ERR_TLS|DEPTH_|SELF_|UNABLE_)/.test(exchange.why);
  }
  const { status, retryAfterInMs, json } = exchange;
  const hasRun = typeof json === 'object' && json !== null && 'run' in json;
  const isOfGateway = (status === 502 || status === 503 || status === 504) && json === undefined;
  return !hasRun && (isOfGateway || ((status === 429 || status === 503) && retryAfterInMs !== null));
}
