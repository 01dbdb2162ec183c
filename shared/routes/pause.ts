import { askedReports } from '../http/askedReports.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, type Ready } from '../http/doorRequest.ts';
import { answerDryRun, mayRunDry } from '../http/dryRun.ts';
import { answerRefused, answerRepeated, looseBody, submit } from '../http/keptRequests.ts';
import { limitsOf } from '../http/limitsOf.ts';
import { parseBody } from '../http/parseBody.ts';
import { pauseRequestSchema } from '../http/requestSchemas.ts';
import { changing } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import type { Work } from '../runs/runRecord.ts';
import { maxHoldsOfCaller, type QuotaRefusal, refuseByQuota } from '../service/holdQuota.ts';
import { requestHoldId } from '../service/pauseReports.ts';
import type { PauseRequest } from '../service/requests.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'PauseReports',
  summary: 'Pause reports',
  description: 'Holds the reports and pauses them now, for a time or until somebody resumes them.',
  body: { schema: 'PauseRequest', description: 'Which reports, how long and why.', isRequired: true },
};

/** `POST /api/pause`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return mayRunDry(composed, request, async (ready, isDry) => {
    const raw = looseBody(request.body);
    // Nothing of a dry run is kept, so that it is no repeat of anything.
    const earlier = isDry ? null : await answerRepeated(ready, request, { door: 'pause', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, pauseRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const { reports, ...rest } = body.value;
    const meant = await askedReports(ready, request, { account: rest.account, reports, door: 'pause' });
    if (!meant.ok) {
      return meant.answer;
    }
    const { reportIds } = meant;
    const zone = raw['timeZone'] === undefined ? [] : [raw['timeZone']];
    const end = JSON.stringify([raw['until'] ?? null, raw['duration'] ?? null, ...zone]);
    const { caller } = callOf(request);
    const asked = { ...rest, reportIds, holdId: requestHoldId(caller, rest, { end, reports }) };
    const work: Work = { door: 'pause', request: { ...rest, holdId: asked.holdId } };
    const refuse = () => refuseHolds(ready, caller, asked);
    if (isDry) {
      const refusal = await refuse();
      return refusal === null
        ? answerDryRun(await ready.service.foresee.pause(asked, callOf(request)))
        : answerRefused(refusal);
    }
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
