import type { Exchange } from './exchange.ts';

/** Azure cuts a request after 230 s; a call that takes longer is lost. */
const ATTEMPT_TIMEOUT_IN_MS = 240_000;

/** Sends one request and reads its answer. Never throws; follows no redirect, which would take the key elsewhere. */
export async function sendOnce(
  url: string,
  request: { method: string; headers: Readonly<Record<string, string>>; body: string | null },
): Promise<Exchange> {
  try {
    const response = await fetch(url, {
      ...{ method: request.method, headers: { ...request.headers }, body: request.body },
      redirect: 'manual',
      signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_IN_MS),
    });
    const { status, headers } = response;
    return {
      ...{ kind: 'answered', status, location: headers.get('location') },
      retryAfterInMs: parseRetryAfter(headers.get('retry-after')),
      json: parseJson(await response.text()),
    };
  } catch (error: unknown) {
    return { kind: 'unreachable', why: codeOf(error) };
  }
}

/** Seconds alone: the app sends no dates. */
function parseRetryAfter(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  if (typeof code === 'string') {
    return code;
  }
  return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'connection lost';
}
