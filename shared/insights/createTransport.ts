import type { Agent, IncomingMessage } from 'node:http';
import type { Exchange, ExchangeRequest, Transport } from './exchange.ts';
import { explainNetworkError } from './explainNetworkError.ts';
import { ACCEPTED_ENCODINGS, BodyTooLarge, readBody } from './readBody.ts';
import type { StartTimer } from './startTimer.ts';

interface Loaded {
  readonly http: typeof import('node:http');
  readonly https: typeof import('node:https');
  readonly plain: Agent;
  readonly secure: Agent;
}

/**
 * HTTP with kept connections, by Node itself: a library on top costs as much CPU as the call, ten thousand times in a run.
 * No redirect is followed, no proxy taken from the environment; bodies are bounded, and every status is an answer.
 */
export function createTransport(options: {
  readonly maxSockets: number;
  readonly maxBodyInBytes: number;
  readonly startTimer: StartTimer;
}): Transport {
  let loading: Promise<Loaded> | undefined;
  const load = () => {
    loading ??= loadHttp(options.maxSockets);
    return loading;
  };
  return {
    prepare: async () => void (await load()),
    send: async (request) => exchange(await load(), request, options),
    close: () =>
      void loading?.then(
        ({ plain, secure }) => {
          plain.destroy();
          secure.destroy();
        },
        () => {},
      ),
  };
}

/** TLS is loaded by the first call: a cold start that calls nothing shall not pay for it. */
async function loadHttp(maxSockets: number): Promise<Loaded> {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')]);
  const agentOptions = { keepAlive: true, maxSockets };
  return { http, https, plain: new http.Agent(agentOptions), secure: new https.Agent(agentOptions) };
}

/** Never rejects, and ends when its time is over or it is aborted, whatever the connection does then. */
function exchange(
  loaded: Loaded,
  { url, method, headers, signal, limitInMs }: ExchangeRequest,
  { maxBodyInBytes, startTimer }: { readonly maxBodyInBytes: number; readonly startTimer: StartTimer },
): Promise<Exchange> {
  if (signal.aborted) return Promise.resolve(unanswered('aborted', true, 'aborted'));
  const [request, agent] =
    url.protocol === 'https:' ? [loaded.https.request, loaded.secure] : [loaded.http.request, loaded.plain];
  return new Promise((resolve) => {
    const settle = (exchange: Exchange) => {
      stopTimer();
      signal.removeEventListener('abort', abort);
      resolve(exchange);
    };
    const failed = (error: unknown) => settle(asUnanswered(error));
    const accepted = { ...headers, 'Accept-Encoding': ACCEPTED_ENCODINGS };
    const sent = request(url, { method, headers: accepted, agent });
    const cut = (reason: 'timeout' | 'aborted') => {
      settle(unanswered(reason, false, reason));
      sent.destroy();
    };
    const abort = () => cut('aborted');
    const stopTimer = startTimer(limitInMs, () => cut('timeout'));
    signal.addEventListener('abort', abort, { once: true });
    sent.on('error', failed);
    sent.once('response', (answer) =>
      readBody(answer, maxBodyInBytes, {
        ended: (body) => settle(answered(answer, body)),
        failed,
      }),
    );
    sent.end();
  });
}

function answered(answer: IncomingMessage, body: Buffer): Exchange {
  return {
    kind: 'answered',
    status: answer.statusCode ?? 0,
    reasonPhrase: answer.statusMessage ?? '',
    headers: new Map(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
    text: body.toString('utf8'),
  };
}

function asUnanswered(error: unknown): Exchange {
  if (error instanceof BodyTooLarge) return unanswered('tooLarge', false, 'answer too large');
  const { neverSent, detail } = explainNetworkError(error);
  return unanswered('network', neverSent, detail);
}

function unanswered(
  reason: 'timeout' | 'aborted' | 'network' | 'tooLarge',
  neverSent: boolean,
  detail: string,
): Exchange {
  return { kind: 'unanswered', reason, neverSent, detail };
}
