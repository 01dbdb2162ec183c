import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** Stands between the service and Azurite's tables, so that a scenario can take the ledger away. */
export interface StorageGate {
  /** The connection string that leads through the gate. */
  readonly connectionString: string;
  /** Every request is refused at once until it is opened again. */
  shut(): void;
  open(): void;
  /** Refuses from the write after the next `count` writes on, until it is opened again. */
  shutAfterWrites(count: number): void;
  close(): Promise<void>;
}

/** A refusal that the storage SDK does not try again, so that no scenario waits for real time. */
const REFUSAL = 403;

/** Starts the gate before the tables of `connectionString`. */
export async function startStorageGate(connectionString: string): Promise<StorageGate> {
  const target = new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '');
  let writesLeft = Number.POSITIVE_INFINITY;
  let isShut = false;

  const serve = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const isWrite = incoming.method !== 'GET';
    isShut ||= isWrite && writesLeft <= 0;
    writesLeft -= isWrite ? 1 : 0;
    if (isShut) {
      incoming.resume();
      incoming.once('end', () => outgoing.writeHead(REFUSAL).end());
      return;
    }
    const { method, headers, url } = incoming;
    const passed = forward(
      { host: target.hostname, port: target.port, path: url, method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.once('error', () => outgoing.destroy());
    incoming.pipe(passed);
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    connectionString: connectionString.replace(
      /TableEndpoint=[^;]+/,
      `TableEndpoint=http://127.0.0.1:${port}${target.pathname}`,
    ),
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
      writesLeft = Number.POSITIVE_INFINITY;
    },
    shutAfterWrites: (count) => {
      writesLeft = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
