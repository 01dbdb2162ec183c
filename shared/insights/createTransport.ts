import type { AxiosInstance } from 'axios';
import type { Exchange, ExchangeRequest, Transport } from './exchange.ts';
import { explainNetworkError } from './explainNetworkError.ts';
import type { StartTimer } from './startTimer.ts';

interface Loaded {
  readonly client: AxiosInstance;
  destroy(): void;
}

/**
 * HTTP by axios with kept connections: no redirect, no proxy from the environment, bounded bodies, every status an
 * answer. axios is loaded by the first use, because a cold start that calls nothing shall not pay for it.
 */
export function createTransport(options: {
  readonly maxSockets: number;
  readonly maxBodyInBytes: number;
  readonly startTimer: StartTimer;
}): Transport {
  let loading: Promise<Loaded> | undefined;
  const load = () => {
    loading ??= loadClient(options);
    return loading;
  };
  return {
    prepare: async () => void (await load()),
    send: async (request) => exchange((await load()).client, request, options.startTimer),
    close: () =>
      void loading?.then(
        (loaded) => loaded.destroy(),
        () => {},
      ),
  };
}

async function loadClient(options: { maxSockets: number; maxBodyInBytes: number }): Promise<Loaded> {
  const [{ default: axios }, http, https] = await Promise.all([
    import('axios'),
    import('node:http'),
    import('node:https'),
  ]);
  const agentOptions = { keepAlive: true, maxSockets: options.maxSockets };
  const httpAgent = new http.Agent(agentOptions);
  const httpsAgent = new https.Agent(agentOptions);
  const client = axios.create({
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: options.maxBodyInBytes,
    decompress: true,
    responseType: 'arraybuffer',
    transformResponse: [],
    validateStatus: () => true,
  });
  return {
    client,
    destroy: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

async function exchange(
  client: AxiosInstance,
  request: ExchangeRequest,
  startTimer: StartTimer,
): Promise<Exchange> {
  const attempt = new AbortController();
  let ended: 'timeout' | 'aborted' | undefined;
  const end = (reason: 'timeout' | 'aborted') => {
    ended ??= reason;
    attempt.abort();
  };
  const onAbort = () => end('aborted');
  if (request.signal.aborted) return unanswered('aborted', true, 'aborted');
  const stopTimer = startTimer(request.limitInMs, () => end('timeout'));
  request.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = await client.request<unknown>({
      method: request.method,
      url: request.url.href,
      headers: request.headers,
      signal: attempt.signal,
    });
    return {
      kind: 'answered',
      status: answer.status,
      reasonPhrase: answer.statusText,
      headers: headerMap(answer.headers),
      text: Buffer.isBuffer(answer.data) ? answer.data.toString('utf8') : '',
    };
  } catch (error: unknown) {
    // The error holds the request with its Authorization header: nothing but a code may leave here.
    if (ended !== undefined) return unanswered(ended, false, ended);
    const { reason, neverSent, detail } = explainNetworkError(error);
    return unanswered(reason, neverSent, detail);
  } finally {
    stopTimer();
    request.signal.removeEventListener('abort', onAbort);
  }
}

function unanswered(
  reason: 'timeout' | 'aborted' | 'network' | 'tooLarge',
  neverSent: boolean,
  detail: string,
): Exchange {
  return { kind: 'unanswered', reason, neverSent, detail };
}

function headerMap(headers: object): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
