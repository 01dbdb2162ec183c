import { hashOf } from '../runs/newRecord.ts';
import type { Work } from '../runs/runRecord.ts';
import { type RequestKey, repeated, type Submitted, submitRun } from '../runs/submitRun.ts';
import type { QuotaRefusal } from '../service/holdQuota.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import { readJson } from '../wire/readJson.ts';
import { acceptedAnswer } from './acceptedAnswer.ts';
import { answerRun } from './answerRun.ts';
import { callOf, type DoorRequest, type Ready, runOptions } from './doorRequest.ts';
import { MAX_BODY_IN_BYTES } from './parseBody.ts';

/** A body as far as it can be read before it is judged: what names a request is looked up first. */
export type LooseBody = Readonly<Record<string, unknown>>;

/** The body's own members; none where it is no object. */
export function looseBody(bytes: Uint8Array): LooseBody {
  const json = bytes.byteLength > MAX_BODY_IN_BYTES ? null : readJson(bytes);
  const value = json?.kind === 'read' ? json.value : null;
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The first answer to a request that comes again, also where by now it could not be asked for any more; else null. */
export async function answerRepeated(
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
    return answerUnusableKey();
  }
  const submitted = await repeated(ready.runs, key, call);
  return submitted === null ? null : answerSubmitted(request, submitted);
}

/** Keeps the request and does it, or leaves it to the queue. */
export async function submit(
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
      return answerMismatch();
    case 'refused':
      return answerRefused(submitted.refusal);
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

export function answerUnusableKey(): Answer {
  return problemAnswer(400, {
    code: 'invalid_idempotency_key',
    title: 'The header Idempotency-Key must be 1 to 128 visible ASCII characters.',
  });
}

/** A key that came with another request before. */
export function answerMismatch(): Answer {
  return problemAnswer(422, {
    code: 'idempotency_key_reused',
    title: 'This key came with another request before: use a new key for a new request.',
  });
}

/** A pause, or an exemption, that may not begin. */
export function answerRefused({ code, message }: QuotaRefusal): Answer {
  return problemAnswer(409, { code, title: message });
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
