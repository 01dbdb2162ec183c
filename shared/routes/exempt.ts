import { askedReports } from '../http/askedReports.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, type Ready } from '../http/doorRequest.ts';
import { mayRunDry } from '../http/dryRun.ts';
import { answerExemption } from '../http/exemptionAnswer.ts';
import { type AskedExemption, exemptionRequestSchema } from '../http/exemptionSchemas.ts';
import { answerMismatch, answerUnusableKey, type LooseBody, looseBody } from '../http/keptRequests.ts';
import { limitsOf } from '../http/limitsOf.ts';
import { parseBody } from '../http/parseBody.ts';
import type { ReportSelector } from '../model/reportSelector.ts';
import { changing } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { correlationId, dryRun, idempotencyKey, requestedBy } from '../openapi/parameters.ts';
import { hashOf } from '../runs/newRecord.ts';
import type { ExemptionOutcome } from '../service/exemptions.ts';
import { isWholeName } from '../service/selectForRequest.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'ExemptReports',
  summary: 'Leave reports out of windows',
  description:
    'Leaves reports out of some or all windows until an instant. The next tick brings back what such a window alone holds; when the exemption is over, a window that is open pauses its reports again.',
  parameters: [dryRun, idempotencyKey, requestedBy, correlationId],
  body: {
    schema: 'ExemptionRequest',
    description: 'Which reports, of which windows, until when and why.',
    isRequired: true,
  },
  answers: { 200: ['The exemption, and what the next tick does for it.', 'ExemptionChange'] },
  problems: [400, 404, 409, 413, 422, 502, ...NOT_READY],
};

/** `POST /api/exemptions`: leaves reports out of windows until an instant. A repeat by key is told how the first one stands now. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return mayRunDry(composed, request, async (ready, isDry) => {
    const { service } = ready;
    const call = callOf(request);
    const raw = looseBody(request.body);
    const key = keyOf(request);
    if (key === 'unusable') {
      return answerUnusableKey();
    }
    const keyed = key === null ? null : { id: idOf([call.caller, key]), asked: hashOf(JSON.stringify(raw)) };
    const earlier = isDry || keyed === null ? null : await service.exemptions.find(keyed.id, call);
    if (earlier !== null) {
      return earlier.asked === keyed?.asked ? answerReplayed(earlier.outcome) : answerMismatch();
    }
    const body = await parseBody(request.body, exemptionRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const meant = await namedReports(ready, request, body.value);
    if (!meant.ok) {
      return meant.answer;
    }
    const id = keyed?.id ?? idOf([call.caller, terms(body.value), writtenEnd(raw)]);
    const asked = { ...body.value, ...meant, id, asked: keyed?.asked ?? null };
    return answerExemption(await service.exemptions.make(asked, call, isDry));
  });
}

type Meant =
  | { readonly ok: true; readonly reports: ReportSelector }
  | { readonly ok: false; readonly answer: Answer };

/** A whole name means the one report that bears it now, so that a misspelt one is found out; a pattern stays one. */
async function namedReports(
  ready: Ready,
  request: DoorRequest,
  { account, reports }: AskedExemption,
): Promise<Meant> {
  if (reports.kind === 'ids' || !isWholeName(reports)) {
    return { ok: true, reports };
  }
  const meant = await askedReports(ready, request, { account, reports, door: 'resume' });
  return meant.ok ? { ok: true, reports: { kind: 'ids', reportIds: meant.reportIds } } : meant;
}

function keyOf(request: DoorRequest): string | 'unusable' | null {
  const key = request.header('idempotency-key');
  return key === null || /^[\x21-\x7e]{1,128}$/.test(key) ? key : 'unusable';
}

function idOf(parts: readonly unknown[]): string {
  return hashOf(JSON.stringify(['exemption', ...parts])).slice(0, 20);
}

function terms({ account, reports, windows, reason }: AskedExemption): readonly unknown[] {
  return [account, reports, windows?.toSorted() ?? null, reason];
}

/** The end in the caller's own words: the same wish again, with a duration, is no other exemption. */
function writtenEnd(raw: LooseBody): readonly unknown[] {
  return [raw['until'] ?? null, raw['duration'] ?? null, raw['timeZone'] ?? null];
}

function answerReplayed(outcome: ExemptionOutcome): Answer {
  const answer = answerExemption(outcome);
  return { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } };
}
