import type { Composed } from '../composition/compose.ts';
import { hashOf } from '../runs/newRecord.ts';
import type { ExemptionOutcome } from '../service/exemptions.ts';
import { isWholeName } from '../service/selectForRequest.ts';
import { impliedAccount } from '../settings/accountsOf.ts';
import type { ReportSelector } from '../windows/window.ts';
import { askedReports } from './askedReports.ts';
import { callOf, type DoorRequest, type Ready, withService } from './doorRequest.ts';
import { mayRunDry } from './dryRun.ts';
import {
  type AskedExemption,
  endExemptionRequestSchema,
  exemptionRequestSchema,
} from './exemptionSchemas.ts';
import {
  answerMismatch,
  answerRefused,
  answerUnusableKey,
  type LooseBody,
  looseBody,
} from './keptRequests.ts';
import { parseBody } from './parseBody.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';
import { meantAccount } from './tellingDoors.ts';

/** `POST /api/exemptions`: leaves reports out of windows until an instant. A repeat by key is told how the first one stands now. */
export function makeExemptionDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return mayRunDry(composed, request, async (ready, isDry) => {
    const { service, parts, settings } = ready;
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
    const limits = {
      maxReports: settings.MAX_REPORTS_PER_REQUEST,
      nowMs: parts.clock.now(),
      impliedAccount: impliedAccount(parts.accounts.map(({ account }) => account)),
    };
    const body = await parseBody(request.body, exemptionRequestSchema(limits));
    if (!body.ok) {
      return body.answer;
    }
    const meant = await namedReports(ready, request, body.value);
    if (!meant.ok) {
      return meant.answer;
    }
    const id = keyed?.id ?? idOf([call.caller, terms(body.value), writtenEnd(raw)]);
    const asked = { ...body.value, ...meant, id, asked: keyed?.asked ?? null };
    return answerOutcome(await service.exemptions.make(asked, call, isDry));
  });
}

/** `GET /api/exemptions?account=`. */
export function exemptionsDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    return meant.ok
      ? jsonAnswer(200, await service.exemptions.show(callOf(request), meant.account))
      : meant.answer;
  });
}

/** `POST /api/exemptions/{exemption}/end`: one that is over already stays as it is. */
export function endExemptionDoor(
  composed: Composed,
  request: DoorRequest,
  exemption: string,
): Promise<Answer> {
  return mayRunDry(composed, request, async ({ service }, isDry) => {
    const body = await parseBody(request.body, endExemptionRequestSchema);
    if (!body.ok) {
      return body.answer;
    }
    const asked = { id: exemption, reason: body.value.reason };
    return answerOutcome(await service.exemptions.end(asked, callOf(request), isDry));
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
  const answer = answerOutcome(outcome);
  return { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } };
}

function answerOutcome(outcome: ExemptionOutcome): Answer {
  switch (outcome.kind) {
    case 'told':
      return jsonAnswer(200, outcome.change);
    case 'unknownAccount':
      return problemAnswer(404, {
        code: 'unknown_account',
        title: 'No account of this name is configured.',
      });
    case 'unknownExemption':
      return problemAnswer(404, {
        code: 'unknown_exemption',
        title:
          'There is no exemption of this id: GET /api/exemptions lists those that count, and what ended within a day.',
      });
    case 'mismatch':
      return answerMismatch();
    case 'refused':
      return answerRefused(outcome.refusal);
    case 'unknownWindows':
      return outcome.areReadable
        ? problemAnswer(400, {
            code: 'invalid_request_body',
            title: 'The request is invalid; nothing was written.',
            errors: outcome.positions.map((at) => ({
              pointer: `/windows/${at}`,
              message: 'no window of this name is configured for the account; GET /api/windows lists them',
            })),
          })
        : problemAnswer(
            503,
            {
              code: 'windows_unreadable',
              title:
                'Not all windows could be read, and not all of those that are named are among the others. Nothing was written.',
            },
            { 'retry-after': '60' },
          );
  }
}
