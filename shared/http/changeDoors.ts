import { roleMissingAnswer } from '../callers/admit.ts';
import { includesRole } from '../callers/role.ts';
import type { Composed } from '../composition/compose.ts';
import { hashOf } from '../runs/newRecord.ts';
import type { Work } from '../runs/runRecord.ts';
import { type RequestKey, repeated, type Submitted, submitRun } from '../runs/submitRun.ts';
import { maxHoldsOfCaller, type QuotaRefusal, refuseByQuota } from '../service/holdQuota.ts';
import { requestHoldId } from '../service/pauseReports.ts';
import type { PauseRequest } from '../service/requests.ts';
import { impliedAccount } from '../settings/accountsOf.ts';
import { acceptedAnswer } from './acceptedAnswer.ts';
import { adoptRequestSchema } from './adoptRequestSchema.ts';
import { answerRun } from './answerRun.ts';
import { callOf, type DoorRequest, type Ready, runOptions, withService } from './doorRequest.ts';
import { MAX_BODY_IN_BYTES, parseBody } from './parseBody.ts';
import { type Answer, problemAnswer } from './problem.ts';
import { readJson } from './readJson.ts';
import {
  acknowledgeRequestSchema,
  drainRequestSchema,
  pauseRequestSchema,
  resumeRequestSchema,
} from './requestSchemas.ts';

/** `POST /api/pause`. */
export function pauseDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const raw = looseBody(request.body);
    const earlier = await answerRepeated(ready, request, { door: 'pause', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, pauseRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const { reportIds, ...rest } = body.value;
    const end = JSON.stringify([raw['until'] ?? null, raw['duration'] ?? null]);
    const holdId = requestHoldId(callOf(request).caller, body.value, end);
    const work: Work = { door: 'pause', request: { ...rest, holdId } };
    const refuse = () => refuseHolds(ready, callOf(request).caller, { ...body.value, holdId });
    return submit(ready, request, { work, reportIds, raw, refuse });
  });
}

/** Whether the holds of a pause would be more than its caller, or one of its reports, may have. @throws LedgerError */
async function refuseHolds(
  { parts, settings }: Ready,
  caller: string,
  { account, reportIds, holdId }: PauseRequest & { readonly holdId: string },
): Promise<QuotaRefusal | null> {
  const runtime = parts.accounts.find((one) => one.account.name === account);
  if (runtime === undefined) {
    return null;
  }
  const asked = { caller, holdId, reportIds, nowMs: parts.clock.now() };
  const count = await parts.ledger.countHolds(runtime.accountKey, asked);
  return refuseByQuota(count, reportIds, maxHoldsOfCaller(settings.MAX_REPORTS_PER_REQUEST));
}

/** `POST /api/resume`. */
export function resumeDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const raw = looseBody(request.body);
    const earlier = await answerRepeated(ready, request, { door: 'resume', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, resumeRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const { target, ...rest } = body.value;
    const mayOverrule = includesRole(request.caller.roles, 'Intermission.Operate');
    if ((rest.takeOver || rest.includeWindows) && !mayOverrule) {
      return roleMissingAnswer('Intermission.Operate', null);
    }
    const heldByRequest = target.kind === 'request' ? target.requestId : null;
    const reportIds = target.kind === 'reports' ? target.reportIds : [];
    return submit(ready, request, {
      work: { door: 'resume', request: { ...rest, endsOthers: mayOverrule }, heldByRequest },
      reportIds,
      raw,
      refuse: async () => null,
    });
  });
}

/** `POST /api/drain`. */
export function drainDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const { service } = ready;
    const isEmpty = request.body.byteLength === 0;
    const body = await parseBody(
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
    const body = await parseBody(request.body, adoptRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.adopt(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/acknowledge`. */
export function acknowledgeDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async (ready) => {
    const body = await parseBody(request.body, acknowledgeRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.acknowledge(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/tick`. */
export function tickDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) =>
    answerRun(await service.tickByHand(callOf(request)), runOptions(request)),
  );
}

function limitsOf({ settings, parts }: Ready) {
  return {
    maxReports: settings.MAX_REPORTS_PER_REQUEST,
    nowMs: parts.clock.now(),
    impliedAccount: impliedAccount(parts.accounts.map(({ account }) => account)),
  };
}

/** A body as far as it can be read before it is judged: what names a request is looked up first. */
type LooseBody = Readonly<Record<string, unknown>>;

function looseBody(bytes: Uint8Array): LooseBody {
  const json = bytes.byteLength > MAX_BODY_IN_BYTES ? null : readJson(bytes);
  const value = json?.kind === 'read' ? json.value : null;
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The first answer to a request that comes again, also where by now it could not be asked for any more; else null. */
async function answerRepeated(
  ready: Ready,
  request: DoorRequest,
  asked: { readonly door: Work['door']; readonly raw: LooseBody },
): Promise<Answer | null> {
  const call = callOf(request);
  const key = keyOf(request, call.caller, asked);
  if (key === null) {
    return null;
  }
  if (key === 'unusable') {
    return problemAnswer(400, {
      code: 'invalid_idempotency_key',
      title: 'The header Idempotency-Key must be 1 to 128 visible ASCII characters.',
    });
  }
  const submitted = await repeated(ready.runs, key, call);
  return submitted === null ? null : answerSubmitted(request, submitted);
}

async function submit(
  ready: Ready,
  request: DoorRequest,
  asked: {
    readonly work: Work;
    readonly reportIds: readonly string[];
    readonly raw: LooseBody;
    readonly refuse: () => Promise<QuotaRefusal | null>;
  },
): Promise<Answer> {
  const call = callOf(request);
  const { work, reportIds, raw, refuse } = asked;
  const key = keyOf(request, call.caller, { door: work.door, raw });
  const respondAsync = /(^|[,;\s])respond-async\b/i.test(request.header('prefer') ?? '');
  const kept = key === 'unusable' ? null : key;
  return answerSubmitted(
    request,
    await submitRun(ready.runs, { work, reportIds, key: kept, respondAsync, refuse, call }),
  );
}

function answerSubmitted(request: DoorRequest, submitted: Submitted): Answer {
  switch (submitted.kind) {
    case 'mismatch':
      return problemAnswer(422, {
        code: 'idempotency_key_reused',
        title: 'This key came with another request before: use a new key for a new request.',
      });
    case 'refused': {
      const { code, message } = submitted.refusal;
      return problemAnswer(409, { code, title: message });
    }
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

/** The header's key goes before the body's `requestId`, which only a pause has. Keys belong to their caller and their route. */
function keyOf(
  request: DoorRequest,
  caller: string,
  { door, raw }: { readonly door: Work['door']; readonly raw: LooseBody },
): RequestKey | 'unusable' | null {
  const ofHeader = request.header('idempotency-key');
  const ofBody = door === 'pause' ? raw['requestId'] : null;
  const key = ofHeader ?? (typeof ofBody === 'string' ? ofBody : null);
  if (key === null) {
    return null;
  }
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    // A body's own is judged with the body.
    return ofHeader === null ? null : 'unusable';
  }
  return {
    keyHash: hashOf(JSON.stringify([door, caller, key])),
    bodyHash: hashOf(JSON.stringify(raw)),
  };
}
