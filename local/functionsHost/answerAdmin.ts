import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ServedFunction } from './describeFunction.ts';
import { readBody } from './httpData.ts';
import { type HostKeys, isAuthorized } from './isAuthorized.ts';
import type { RunByHand } from './startTriggers.ts';

const manualRunSchema = z.looseObject({ input: z.string().nullish() });

/**
 * The admin routes, all with the master key: `GET /admin/functions` lists what is served, `POST /admin/functions/{name}`
 * with a JSON object (`{}` or `{"input":"text"}`) runs a timer, or a queue's function with that text as its message, now and
 * answers 202 before the run has ended.
 */
export async function answerAdmin(options: {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  functions: readonly ServedFunction[];
  runByHandOf: (name: string) => RunByHand | undefined;
  keys: HostKeys;
  maxBodyInBytes: number;
}): Promise<void> {
  const { request, response, url, functions, runByHandOf, keys, maxBodyInBytes } = options;
  if (!isAuthorized({ request, url, level: 'admin', keys })) {
    return answerJson(response, 401, null);
  }
  const [, , collection, name, ...rest] = url.pathname.replace(/\/$/, '').split('/');
  if (collection !== 'functions' || rest.length > 0) {
    return answerJson(response, 404, null);
  }
  if (request.method === 'GET' && name === undefined) {
    return answerJson(
      response,
      200,
      functions.map((served) => served.description),
    );
  }
  const found = functions.find(({ description }) => description.name.toLowerCase() === name?.toLowerCase());
  if (found === undefined || (request.method !== 'GET' && request.method !== 'POST')) {
    return answerJson(response, 404, null);
  }
  if (request.method === 'GET') {
    return answerJson(response, 200, found.description);
  }
  const runByHand = runByHandOf(found.description.name);
  const body = await readBody(request, maxBodyInBytes);
  if (runByHand === undefined) {
    return answerJson(response, 400, {
      message: `${found.description.name} is neither a timer nor a queue's function: call its route instead.`,
    });
  }
  const input = readManualInput(body);
  if (input === null) {
    return answerJson(response, 400, { message: 'The body must be a JSON object, for example {}.' });
  }
  void runByHand(input);
  return answerJson(response, 202, null);
}

function readManualInput(body: Buffer | 'tooLarge'): string | null {
  try {
    return manualRunSchema.parse(JSON.parse(body.toString())).input ?? '';
  } catch {
    return null;
  }
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.shouldKeepAlive &&= response.req.complete;
  if (body === null) {
    response.writeHead(status, { 'content-length': 0 }).end();
  } else {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
