import { randomUUID } from 'node:crypto';
import type { Composed } from '../composition/compose.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { DoorCall } from '../service/createService.ts';
import type { Teller } from '../service/teller.ts';
import { answerRun } from './answerRun.ts';
import { parseBody } from './parseBody.ts';
import { parseRange } from './parseRange.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';
import { drainRequestSchema, pauseRequestSchema, resumeRequestSchema } from './requestSchemas.ts';

/** A request as any host can hand it over. */
export interface DoorRequest {
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  readonly correlationId: string | null;
  readonly teller: Teller;
}

/** Who calls through a door that a function key opens: the platform does not tell whose key it was. */
const KEY_CALLER = 'function key';

type Ready = Extract<Composed, { ok: true }>;

/** `POST /api/pause`. */
export function pauseDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ settings, service, parts }) => {
    const limits = { maxReports: settings.MAX_REPORTS_PER_REQUEST, nowMs: parts.clock.now() };
    const body = parseBody(request.body, pauseRequestSchema(limits));
    return body.ok
      ? answerRun(await service.pause(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/resume`. */
export function resumeDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ settings, service, parts }) => {
    const limits = { maxReports: settings.MAX_REPORTS_PER_REQUEST, nowMs: parts.clock.now() };
    const body = parseBody(request.body, resumeRequestSchema(limits));
    return body.ok
      ? answerRun(await service.resume(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/drain`. */
export function drainDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const body = parseBody(request.body, drainRequestSchema);
    return body.ok
      ? answerRun(await service.drain(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `GET /api/plan?at=&until=`. */
export function planDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const range = parseRange(request.query, parts.clock.now());
    if (!range.ok) {
      return range.answer;
    }
    const plan = await service.plan(range.value, callOf(request));
    return jsonAnswer(plan.problems.length === 0 ? 200 : 502, plan);
  });
}

/** `GET /api/windows`. */
export function windowsDoor(composed: Composed): Promise<Answer> {
  return withService(composed, async ({ service }) => jsonAnswer(200, await service.windows()));
}

/** `GET /api/reports`. */
export function reportsDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const shown = await service.reports(callOf(request));
    return jsonAnswer(shown.problems.length === 0 ? 200 : 502, shown);
  });
}

/** `GET /api/reports/{id}`: why is this report paused? */
export function reportDoor(composed: Composed, request: DoorRequest, id: string): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const reportId = parseReportId(id);
    const shown = reportId === null ? null : await service.report(reportId, callOf(request));
    return shown === null
      ? problemAnswer(404, { code: 'not_found', title: 'Partner Center shows no report of this id.' })
      : jsonAnswer(200, shown);
  });
}

/** `POST /api/tick`. */
export function tickDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) =>
    answerRun(await service.tick(callOf(request)), runOptions(request)),
  );
}

/** `GET /api/health`: for anybody, so it names nothing. */
export function healthDoor(composed: Composed): Answer {
  return jsonAnswer(composed.ok ? 200 : 503, { status: composed.ok ? 'ok' : 'not ok' });
}

/** `GET /api/health/details`: behind a key; the problems' names, never a value. */
export async function healthDetailsDoor(composed: Composed): Promise<Answer> {
  if (!composed.ok) {
    return jsonAnswer(503, { status: 'not ok', code: 'config_invalid', problems: composed.problems });
  }
  const { problems } = (await composed.parts.windows.read()).parsed;
  const isOk = problems.every(({ severity }) => severity === 'warning');
  return jsonAnswer(isOk ? 200 : 503, { status: isOk ? 'ok' : 'not ok', problems });
}

async function withService(composed: Composed, work: (ready: Ready) => Promise<Answer>): Promise<Answer> {
  if (!composed.ok) {
    return problemAnswer(500, {
      code: 'config_invalid',
      title: 'The app settings are invalid, so nothing was done; GET /api/health/details names them.',
    });
  }
  try {
    return await work(composed);
  } catch (error) {
    const { code } = asLedgerError(error);
    const title = 'The ledger could not be read or written, so nothing was done.';
    return problemAnswer(503, { code, title }, { 'retry-after': '60' });
  }
}

function callOf({ correlationId, teller }: DoorRequest): DoorCall {
  const given = correlationId !== null && /^[0-9a-f-]{36}$/i.test(correlationId) ? correlationId : null;
  return { correlationId: given ?? randomUUID(), caller: KEY_CALLER, teller };
}

function runOptions({ query }: DoorRequest): { failOnPartial: boolean } {
  return { failOnPartial: query.get('failOnPartial') === 'true' };
}
