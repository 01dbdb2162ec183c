import {
  Agent,
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from 'node:http';

/** One request on its way through the proxy. */
export interface PassingRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string;
}

/** Who decides what passes. Each call may take as long as it likes; false drops the connection. */
export interface Gatekeeper {
  /** The request has left its sender and has not reached its target. */
  before(request: PassingRequest): Promise<boolean>;
  /** The target has answered, and the sender does not know it yet. */
  after(request: PassingRequest): Promise<boolean>;
}

interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** A proxy on loopback in front of `target` (scheme, host and port); it changes nothing of what passes. */
export interface Proxy {
  readonly url: string;
  /** Resolves when what was forwarded has been answered, whether or not anybody still waits for it. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port. A request is forwarded whole, or not at all. */
export async function startProxy(target: string, gatekeeper: Gatekeeper): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);

  const forward = (incoming: IncomingMessage, body: Buffer) =>
    new Promise<Answer>((resolve, reject) => {
      const { method, url: path, rawHeaders: headers } = incoming;
      const outgoing = sendRequest({ agent, hostname, port, method, path, headers }, (answer) => {
        readAll(answer).then(
          (whole) => resolve({ status: answer.statusCode ?? 502, headers: answer.rawHeaders, body: whole }),
          reject,
        );
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await readAll(incoming);
    const passing = { method: incoming.method ?? '', path: incoming.url ?? '', body: body.toString('utf8') };
    if (!(await gatekeeper.before(passing))) {
      incoming.socket.destroy();
      return;
    }
    const answer = await forward(incoming, body);
    if (!(await gatekeeper.after(passing))) {
      incoming.socket.destroy();
      return;
    }
    response.sendDate = false;
    response.writeHead(answer.status, [...answer.headers]);
    response.end(answer.body);
  };

  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    // The sender was killed in the middle of its request, or the target is gone: there is nobody to answer.
    const served = serve(incoming, response).catch(() => void incoming.socket.destroy());
    underWay.add(served);
    void served.then(() => underWay.delete(served));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          agent.destroy();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
