import type { IncomingMessage } from 'node:http';

/**
 * Why a request may not use the admin door, or null. Only whoever names this very machine and port may: a web page
 * that a browser was lured to (another `Origin`), or a name that was rebound to loopback (another `Host`), may not.
 */
export function refuseForeignCaller(request: IncomingMessage): string | null {
  const port = request.socket.localPort;
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    return `The admin door answers only under ${hosts.join(', ')}.`;
  }
  const origins = hosts.map((name) => `http://${name}`);
  if (origin !== undefined && !origins.includes(origin.toLowerCase())) {
    return 'The admin door takes no requests from other origins.';
  }
  return null;
}
