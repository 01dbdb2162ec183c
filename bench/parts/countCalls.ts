import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Counts the requests of this process to a host but for one port; the answer tells how many there were, and ends it. */
export function countCalls(hostname: string, exceptHost: string): () => number {
  let count = 0;
  const listen = (message: unknown) => {
    // The channel's message is documented: { request: http.ClientRequest }.
    const { request } = message as { readonly request: ClientRequest };
    const host = String(request.getHeader('host'));
    count += host.startsWith(`${hostname}:`) && host !== exceptHost ? 1 : 0;
  };
  subscribe('http.client.request.start', listen);
  return () => {
    unsubscribe('http.client.request.start', listen);
    return count;
  };
}
