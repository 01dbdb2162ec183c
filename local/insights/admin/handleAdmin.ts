import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Emulator } from '../emulator.ts';
import { readBody } from '../http/readBody.ts';
import { settleEverything } from '../state/settleReport.ts';
import { adminRoutes } from './adminRoutes.ts';
import { refuseForeignCaller } from './refuseForeignCaller.ts';

const maxBodyBytes = 256_000_000;

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

/** Serves `/_admin/`: answers JSON always, 400 with every problem of a bad body. */
export async function handleAdmin(emulator: Emulator, { request, response, url }: Exchange): Promise<void> {
  const foreign = refuseForeignCaller(request);
  if (foreign !== null) {
    send(response, 403, { error: foreign });
    return;
  }
  const route = adminRoutes.find(
    ({ method, path }) => method === request.method && `/_admin/${path}` === url.pathname,
  );
  if (route === undefined) {
    const known = adminRoutes.map(({ method, path }) => `${method} /_admin/${path}`);
    send(response, 404, { error: 'No such door.', known });
    return;
  }
  const body = parseBody((await readBody(request, maxBodyBytes)) ?? '');
  if (!body.ok) {
    send(response, 400, { error: 'The body is not JSON.' });
    return;
  }
  try {
    settleEverything(emulator.world);
    const value = await route.handle(emulator, { query: url.searchParams, body: body.value });
    await emulator.stateFile?.save();
    send(response, 200, value);
  } catch (error) {
    if (!(error instanceof z.ZodError)) {
      throw error;
    }
    send(response, 400, { error: z.prettifyError(error), issues: error.issues });
  }
}

function parseBody(text: string): { ok: true; value: unknown } | { ok: false } {
  if (text === '') {
    return { ok: true, value: undefined };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(value, null, 2)}\n`);
}
