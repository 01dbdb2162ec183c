import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAdmin } from './answerAdmin.ts';
import type { HttpData, TypedData } from './coreTypes.ts';
import type { ServedFunction } from './describeFunction.ts';
import { findRoute, routesOf } from './findRoute.ts';
import { readBody, toHttpData, writeHttpData } from './httpData.ts';
import type { InvocationOutcome } from './invokeFunction.ts';
import { type HostKeys, isAuthorized } from './isAuthorized.ts';
import type { RunByHand } from './startTriggers.ts';

/** Invokes one function with the input of its trigger. */
export type Invoke = (call: {
  readonly served: ServedFunction;
  readonly input: TypedData;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  readonly headers: Readonly<Record<string, unknown>>;
}) => Promise<InvocationOutcome>;

interface FrontDoor {
  readonly functions: readonly ServedFunction[];
  /** By the function's name; undefined where it is called by its route. */
  readonly runByHandOf: (name: string) => RunByHand | undefined;
  readonly keys: HostKeys;
  readonly invoke: Invoke;
  readonly maxBodyInBytes: number;
  readonly isStopping: () => boolean;
}

/** The host's HTTP side: function routes, and the admin routes for people and tests. */
export function createRequestListener(
  door: FrontDoor,
): (request: IncomingMessage, response: ServerResponse) => void {
  const routes = routesOf(door.functions);
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent && !response.destroyed) {
        answerEmpty(response, 500);
      }
      if (!request.errored) {
        console.error(`The host could not answer ${request.method}: ${String(error)}`);
      }
    });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.shouldKeepAlive = !door.isStopping();
    const url = urlOf(request);
    if (url === null) {
      return answerEmpty(response, 400);
    }
    if (/^\/admin(\/|$)/i.test(url.pathname)) {
      return answerAdmin({ ...door, request, response, url });
    }
    const match = findRoute(routes, request.method ?? '', url.pathname);
    if (match === null) {
      return answerEmpty(response, 404);
    }
    const { served, parameters } = match;
    if (!isAuthorized({ request, url, level: served.description.authLevel ?? 'admin', keys: door.keys })) {
      return answerEmpty(response, 401);
    }
    const body = await readBody(request, door.maxBodyInBytes);
    if (body === 'tooLarge') {
      return answerEmpty(response, 413);
    }
    const http: HttpData = toHttpData({ request, url, parameters, body });
    const outcome = await door.invoke({ served, input: { http }, headers: request.headers });
    response.shouldKeepAlive &&= !door.isStopping();
    if (outcome.kind === 'failed') {
      return answerEmpty(response, 500);
    }
    return writeHttpData(response, outcome.returnValue?.http);
  }
}

function urlOf(request: IncomingMessage): URL | null {
  const address = `http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`;
  return URL.canParse(address) ? new URL(address) : null;
}

function answerEmpty(response: ServerResponse, status: number): void {
  // What is left of a body that nobody reads must not be taken for the next request.
  response.shouldKeepAlive &&= response.req.complete;
  response.writeHead(status, { 'content-length': 0 }).end();
}
