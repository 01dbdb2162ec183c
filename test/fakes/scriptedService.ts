import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One request as it arrived. */
interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the service does with one request; the last one of a script serves all further requests. */
export type Reply = (request: SeenRequest, response: ServerResponse) => void;

/** A service on loopback that answers from a script. */
export interface ScriptedService {
  readonly url: string;
  readonly host: string;
  readonly seen: readonly SeenRequest[];
  /** Resolves when the next request has arrived. */
  nextRequest(): Promise<SeenRequest>;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startScriptedService(script: readonly Reply[]): Promise<ScriptedService> {
  const seen: SeenRequest[] = [];
  let waiting: ((request: SeenRequest) => void)[] = [];
  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body };
      const reply = script[Math.min(seen.length, script.length - 1)];
      seen.push(one);
      reply?.(one, response);
      for (const arrived of waiting) arrived(one);
      waiting = [];
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: `http://${host}`,
    host,
    seen,
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Never answers. */
export const hang: Reply = () => {};

/** Cuts the connection without an answer. */
export const cut: Reply = (_, response) => {
  response.socket?.destroy();
};

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
