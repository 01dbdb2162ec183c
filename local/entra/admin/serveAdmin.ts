import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readText } from '../http/readText.ts';
import type { EntraParts } from '../http/serveEntra.ts';

export function isAdminPath(pathname: string): boolean {
  return pathname.startsWith('/_admin/');
}

/**
 * `GET /_admin/requests` lists what was asked; `POST /_admin/do` does one action. Only for whoever names this very host
 * and port, and for no page of another origin: a browser cannot be lured here.
 */
export async function serveAdmin(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Pick<EntraParts, 'administer' | 'requests' | 'url'>,
): Promise<void> {
  const send = (status: number, value: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(`${JSON.stringify(value, null, 2)}\n`);
  const { host, origin } = request.headers;
  const text = await readText(request);
  if (host !== new URL(parts.url).host || (origin !== undefined && origin !== parts.url)) {
    send(403, { error: `The admin door answers only under ${parts.url}.` });
    return;
  }
  const door = `${request.method} ${request.url}`;
  if (door === 'GET /_admin/requests') {
    send(200, parts.requests);
    return;
  }
  if (door !== 'POST /_admin/do') {
    send(404, { error: 'No such door.', known: ['GET /_admin/requests', 'POST /_admin/do'] });
    return;
  }
  try {
    send(200, parts.administer(JSON.parse(text)));
  } catch (error: unknown) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    send(400, { error: reason });
  }
}
