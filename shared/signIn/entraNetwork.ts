import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** One request to Entra as it went, for telemetry. Never a body. */
interface EntraExchange {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly startedMs: number;
  readonly durationInMs: number;
  /** Null where nothing was answered. */
  readonly httpStatus: number | null;
}

/** Told of every request to Entra that the Azure SDKs do not make; must not throw. */
export type EntraWatch = (exchange: EntraExchange) => void;

/** One request, from connecting to the last byte; below the limit of a sign-in as a whole. */
const REQUEST_LIMIT_IN_MS = 15_000;

const MAX_BODY_IN_BYTES = 1024 * 1024;

/** How MSAL reaches Entra: bounded in time and size, without following a redirect, and watched. */
export function entraNetwork(watch: EntraWatch): INetworkModule {
  const send = async <T>(
    method: 'GET' | 'POST',
    address: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> => {
    const url = new URL(address);
    const startedMs = Date.now();
    let httpStatus: number | null = null;
    try {
      const answer = await fetch(url, {
        method,
        headers: options.headers ?? {},
        body: options.body ?? null,
        redirect: 'error',
        signal: AbortSignal.timeout(REQUEST_LIMIT_IN_MS),
      });
      const text = await readText(answer);
      httpStatus = answer.status;
      // MSAL checks the shape of what it gets here; the type is its own.
      const body = JSON.parse(text) as T;
      return { headers: Object.fromEntries(answer.headers), body, status: answer.status };
    } finally {
      watch({ method, url, startedMs, durationInMs: Date.now() - startedMs, httpStatus });
    }
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let sizeInBytes = 0;
  for await (const chunk of body ?? []) {
    sizeInBytes += chunk.byteLength;
    if (sizeInBytes > MAX_BODY_IN_BYTES) {
      throw new RangeError('the answer is too large');
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
