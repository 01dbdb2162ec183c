import { createServer, type ServerResponse } from 'node:http';
import { reportId } from './emulatorDoor.ts';

/** What any text of an answer may be made to say: the field's own value with something in it. */
export type Echo = (field: string, at: number) => string;

/** A service that names its reports, and explains its refusals, with whatever it is told to echo. */
export interface EchoingService {
  readonly url: string;
  /** How the list answers from now on: with reports, or with the refusal of this number. */
  refuseLists(at: number | null): void;
  close(): Promise<void>;
}

const fields = [
  ...['reportName', 'description', 'queryId', 'query', 'user', 'createdTime', 'modifiedTime', 'startTime'],
  ...['recurrenceInterval', 'recurrenceCount', 'callbackUrl', 'callbackMethod', 'format', 'executeNow'],
  ...['reportId', 'reportStatus'],
];

/** In each form that any layer of this host refuses with. */
const refusals: readonly ((response: ServerResponse, echo: (field: string) => string) => void)[] = [
  (response, echo) => sendJson(response, 400, { value: [], message: echo('message'), statusCode: 400 }),
  (response, echo) => sendJson(response, 200, { value: [], message: echo('message'), statusCode: 403 }),
  (response, echo) => sendJson(response, 403, { code: '1', description: echo('description'), data: [] }),
  (response, echo) => sendJson(response, 400, { error: { message: echo('error.message') } }),
  (response, echo) =>
    sendJson(response, 401, { error: 'invalid', error_description: echo('error_description') }),
  (response, echo) => {
    response.writeHead(403, safeReason(echo('reason phrase')), { 'X-Echo': safeReason(echo('header')) });
    response.end();
  },
  (response, echo) => {
    response.writeHead(400, { 'Content-Type': 'text/html' });
    response.end(`<html><h1>Bad request</h1><p>${echo('HTML')}</p></html>`);
  },
  (response, echo) => {
    response.writeHead(403, { 'Content-Type': 'application/json' });
    response.end(`{"message": ${JSON.stringify(echo('cut off'))}, "body": "${'x'.repeat(3_000)}`);
  },
  (response, echo) =>
    sendJson(response, 200, { value: [], nextLink: `https://elsewhere.example/${echo('nextLink')}` }),
  (response, echo) => sendJson(response, 200, { value: [report(0, 'Active', (field) => echo(field))] }),
];

/** As many refusals as there are forms of them. */
export const REFUSALS = refusals.length;

/** Starts it with `count` reports of which number `n` (from 1) has its secret in one of its fields. */
export async function startEchoingService(count: number, echo: Echo): Promise<EchoingService> {
  let refused: number | null = null;
  const paused = new Set<number>();
  const shown = (at: number) => {
    const inField = fields[at % fields.length];
    const status = paused.has(at) ? 'Paused' : 'Active';
    return report(at, status, (field, value) => (field === inField ? echo(field, at) : value));
  };
  const refuse = (response: ServerResponse, at: number) =>
    refusals[at % refusals.length]?.(response, (field) => echo(field, at));
  const server = createServer((request, response) => {
    request.resume();
    const url = new URL(request.url ?? '', 'http://localhost');
    const at =
      Number(/[0-9a-f-]{24}(\d{12})$/.exec(url.searchParams.get('reportId') ?? url.pathname)?.[1]) - 1;
    if (url.pathname.includes('/execution/')) return refuse(response, at);
    if (url.pathname.includes('/pause/') || url.pathname.includes('/resume/')) {
      // Every other report can be paused, the rest explain why not.
      if (at % 2 === 1) return refuse(response, at);
      if (url.pathname.includes('/pause/')) paused.add(at);
      else paused.delete(at);
      return sendJson(response, 200, { value: [shown(at)], message: echo('message', at), statusCode: 200 });
    }
    if (url.searchParams.has('reportId')) return sendJson(response, 200, { value: [shown(at)] });
    if (refused !== null) return refuse(response, refused);
    const value = Array.from({ length: count }, (_, number) => shown(number));
    return sendJson(response, 200, { value, totalCount: count, message: echo('message', 0) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    refuseLists: (at) => {
      refused = at;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function report(at: number, reportStatus: string, write: (field: string, value: string) => string): object {
  const values: Readonly<Record<string, string>> = {
    reportId: reportId(at + 1),
    reportStatus,
    reportName: `report ${at + 1}`,
    queryId: 'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b',
    createdTime: '2026-01-05T08:00:00Z',
    startTime: '2099-01-05T18:00:00Z',
    executeNow: 'false',
    recurrenceInterval: '24',
  };
  return Object.fromEntries(fields.map((field) => [field, write(field, values[field] ?? '')]));
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** What HTTP lets stand in a line of its head. */
function safeReason(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ');
}
