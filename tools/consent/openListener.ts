import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Where the browser is sent after the sign-in. */
const REDIRECT_PATH = '/consent';

const GRACE_IN_MS = 2_000;

/** Waits on this machine for the one redirect of a sign-in. */
export interface RedirectListener {
  /** As it must be registered. */
  readonly redirectUri: string;
  /** The query of the first redirect that is an answer to this sign-in; every later one is refused. */
  readonly redirected: Promise<URLSearchParams>;
  /** What the browser shows at last. */
  tellBrowser(outcome: { readonly isDone: boolean; readonly message: string }): void;
  close(): Promise<void>;
}

/**
 * Listens on loopback alone, on both addresses that `localhost` may mean. Any page and any process can call there: what
 * `isMine` does not know as an answer to this sign-in is refused, and the wait goes on. The browser waits for its page
 * until it is told the outcome. @throws Error with a `code` where the port is taken
 */
export async function openListener(
  port: number,
  isMine: (query: URLSearchParams) => boolean,
): Promise<RedirectListener> {
  let waiting: ServerResponse | null = null;
  let take: (query: URLSearchParams) => void = () => {};
  let isTaken = false;
  const redirected = new Promise<URLSearchParams>((resolve) => {
    take = resolve;
  });
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'GET' || url.pathname !== REDIRECT_PATH) {
      response.writeHead(404).end();
      return;
    }
    if (!isMine(url.searchParams)) {
      const message = 'This answer belongs to another sign-in. Use the address in the terminal.';
      send(response, 400, 'Not this one', message);
      return;
    }
    if (isTaken) {
      send(response, 410, 'Not again', 'This sign-in is over. Begin again in the terminal.');
      return;
    }
    isTaken = true;
    waiting = response;
    take(url.searchParams);
  };
  const servers = [createServer(serve), createServer(serve)] as const;
  const close = () => Promise.all(servers.map(closeServer)).then(() => undefined);
  try {
    await listen(servers[0], port, '127.0.0.1');
    await listen(servers[1], port, '::1').catch((error: unknown) => {
      // A machine without IPv6 has nobody there either.
      if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) {
        throw error;
      }
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    redirectUri: `http://localhost:${port}${REDIRECT_PATH}`,
    redirected,
    tellBrowser: ({ isDone, message }) => {
      if (waiting !== null) {
        send(waiting, isDone ? 200 : 400, isDone ? 'Done' : 'Not done', message);
      }
    },
    close,
  };
}

/** A network error's own word, or nothing. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function send(response: ServerResponse, status: number, title: string, message: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Intermission: ${title}</title>
<style>body { font: 16px/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style></head>
<body><h1>${title}</h1><p>${escapeHtml(message)}</p><p>You can close this window.</p></body></html>
`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A browser that does not read its page shall not hold the terminal.
    setTimeout(() => server.closeAllConnections(), GRACE_IN_MS).unref();
  });
}
