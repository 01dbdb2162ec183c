import { roleMissingAnswer } from '../callers/admit.ts';
import { includesRole } from '../callers/role.ts';
import type { Composed } from '../composition/compose.ts';
import type { Work } from '../runs/runRecord.ts';
import { hashOf, type RequestKey, submitRun } from '../runs/submitRun.ts';
import { requestHoldId } from '../service/pauseReports.ts';
import { impliedAccount } from '../settings/accountsOf.ts';
import { acceptedAnswer } from './acceptedAnswer.ts';
import { adoptRequestSchema } from './adoptRequestSchema.ts';
import { answerRun } from './answerRun.ts';
import { callOf, type DoorRequest, type Ready, runOptions, withService } from './doorRequest.ts';
import { parseBody } from './parseBody.ts';
import { type Answer, problemAnswer } from './problem.ts';
import { drainRequestSchema, pauseRequestSchema, resumeRequestSchema } from './requestSchemas.ts';

/** `POST /api/pause`. */
export function pauseDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const body = parseBody(request.body, pauseRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const { reportIds, ...rest } = body.value;
    const holdId = requestHoldId(callOf(request).caller, body.value);
    const work: Work = { door: 'pause', request: { ...rest, holdId } };
    return submit(ready, request, { work, reportIds, requestId: rest.requestId });
  });
}

/** `POST /api/resume`. */
export function resumeDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const body = parseBody(request.body, resumeRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const { target, ...rest } = body.value;
    const overrulesOthers = rest.takeOver || rest.includeWindows;
    if (overrulesOthers && !includesRole(request.caller.roles, 'Intermission.Operate')) {
      return roleMissingAnswer('Intermission.Operate', null);
    }
    const heldByRequest = target.kind === 'request' ? target.requestId : null;
    const reportIds = target.kind === 'reports' ? target.reportIds : [];
    return submit(ready, request, {
      work: { door: 'resume', request: rest, heldByRequest },
      reportIds,
      requestId: null,
    });
  });
}

/** `POST /api/drain`. */
export function drainDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const { service } = ready;
    const isEmpty = request.body.byteLength === 0;
    const body = parseBody(
      isEmpty ? new TextEncoder().encode('{}') : request.body,
      drainRequestSchema(limitsOf(ready)),
    );
    return body.ok
      ? answerRun(await service.drain(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/adopt`. */
export function adoptDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const body = parseBody(request.body, adoptRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.adopt(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/tick`. */
export function tickDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) =>
    answerRun(await service.tick(callOf(request)), runOptions(request)),
  );
}

function limitsOf({ settings, parts }: Ready) {
  return {
    maxReports: settings.MAX_REPORTS_PER_REQUEST,
    nowMs: parts.clock.now(),
    impliedAccount: impliedAccount(parts.accounts.map(({ account }) => account)),
  };
}

async function submit(
  ready: Ready,
  request: DoorRequest,
  asked: { readonly work: Work; readonly reportIds: readonly string[]; readonly requestId: string | null },
): Promise<Answer> {
  const call = callOf(request);
  const key = keyOf(request, call.caller, asked);
  if (key === 'unusable') {
    return problemAnswer(400, {
      code: 'invalid_idempotency_key',
      title: 'The header Idempotency-Key must be 1 to 128 visible ASCII characters.',
    });
  }
  const respondAsync = /(^|[,;\s])respond-async\b/i.test(request.header('prefer') ?? '');
  const submitted = await submitRun(ready.runs, { ...asked, key, respondAsync, call });
  switch (submitted.kind) {
    case 'mismatch':
      return problemAnswer(422, {
        code: 'idempotency_key_reused',
        title: 'This key came with another request before: use a new key for a new request.',
      });
    case 'accepted':
      return acceptedAnswer(request.url, submitted);
    case 'answered': {
      const answer = answerRun(submitted.run, runOptions(request));
      return submitted.isReplay
        ? { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } }
        : answer;
    }
  }
}

/** The header's key goes before the body's `requestId`. Keys belong to their caller and their route. */
function keyOf(
  request: DoorRequest,
  caller: string,
  { work, requestId }: { readonly work: Work; readonly requestId: string | null },
): RequestKey | 'unusable' | null {
  const key = request.header('idempotency-key') ?? requestId;
  if (key === null) {
    return null;
  }
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    return 'unusable';
  }
  const body = JSON.stringify(JSON.parse(new TextDecoder().decode(request.body)));
  return { keyHash: hashOf(JSON.stringify([work.door, caller, key])), bodyHash: hashOf(body) };
}
