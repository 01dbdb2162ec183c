import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleAdmin } from './admin/handleAdmin.ts';
import { answerRequest } from './answerRequest.ts';
import type { Emulator } from './emulator.ts';
import type { Outcome } from './faults/faultPlan.ts';
import { gatewayRefusal } from './http/answer.ts';
import { readBody } from './http/readBody.ts';
import { writeOutcome } from './http/writeOutcome.ts';
import type { ReceivedRequest } from './requestLog.ts';
import { surfaces } from './surfaces.ts';

const maxBodyBytes = 1_000_000;

/** Serves one HTTP request, the admin door's or the API's. Never rejects. */
export async function handleHttp(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  try {
    if (url.pathname === '/_admin' || url.pathname.startsWith('/_admin/')) {
      await handleAdmin(emulator, { request, response, url });
    } else {
      await handleApi(emulator, { request, response, url });
    }
  } catch (error) {
    if (response.destroyed || response.headersSent) {
      return;
    }
    console.error('The emulator failed on a request.', error);
    response.writeHead(500, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify({ statusCode: 500, message: 'Internal server error', activityId: randomUUID() }),
    );
  }
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

async function handleApi(emulator: Emulator, { request, response, url }: Exchange): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const bodyText = await readBody(request, maxBodyBytes);
  const entry = emulator.requests.add(received(emulator, { request, response, url }, bodyText ?? ''));
  const apiRequest = {
    method: request.method ?? 'GET',
    url,
    headers: request.headers,
    bodyText: bodyText ?? '',
    signal: gone.signal,
  };
  const outcome: Outcome =
    bodyText === null
      ? { kind: 'answer', answer: gatewayRefusal(413, 'Request body is too large') }
      : await answerRequest(emulator, apiRequest, entry);
  await emulator.stateFile?.save();
  entry.outcome = outcome.kind;
  entry.status = 'answer' in outcome ? outcome.answer.status : null;
  writeOutcome(response, outcome, {
    surface: surfaces.find(({ name }) => name === entry.surface) ?? null,
    casing: emulator.world.policies.casing,
    dateMs: emulator.world.clock.nowMs() + emulator.world.policies.dateHeaderAheadInMs,
    requestHeaders: request.headers,
    isMfaCompliant: mfaHeader(request, entry),
  });
}

function received(
  emulator: Emulator,
  { request, url }: Exchange,
  bodyText: string,
): Omit<ReceivedRequest, 'seq'> {
  return {
    atUtc: new Date(emulator.world.clock.nowMs()).toISOString(),
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    bodyText,
    surface: null,
    operation: null,
    reportId: null,
    principal: null,
    isMfaCompliant: null,
    status: null,
    outcome: 'open',
    fault: null,
  };
}

/** Only on request, and only for user tokens: app-only calls are not part of the MFA demand. */
function mfaHeader(request: IncomingMessage, entry: ReceivedRequest): boolean | null {
  const { validatemfa } = request.headers;
  const isAsked = String(validatemfa).toLowerCase() === 'true';
  return isAsked ? entry.isMfaCompliant : null;
}

/** The caller's own view of where it is, so that next links stay on the origin it uses. */
function urlOf(request: IncomingMessage): URL {
  const base = `http://${request.headers.host ?? '127.0.0.1'}`;
  const path = request.url?.startsWith('/') === true ? request.url : '/';
  return new URL(URL.canParse(path, base) ? `${base}${path}` : 'http://127.0.0.1/');
}
