import { roleMissingAnswer } from '../callers/admit.ts';
import { includesRole } from '../callers/role.ts';
import type { Composed } from '../composition/compose.ts';
import type { Work } from '../runs/runRecord.ts';
import { maxHoldsOfCaller, type QuotaRefusal, refuseByQuota } from '../service/holdQuota.ts';
import { requestHoldId } from '../service/pauseReports.ts';
import type { PauseRequest } from '../service/requests.ts';
import { impliedAccount } from '../settings/accountsOf.ts';
import { adoptRequestSchema } from './adoptRequestSchema.ts';
import { answerRun } from './answerRun.ts';
import { askedReports } from './askedReports.ts';
import { callOf, type DoorRequest, type Ready, runOptions } from './doorRequest.ts';
import { answerDryRun, mayRunDry, neverDry } from './dryRun.ts';
import { answerRefused, answerRepeated, looseBody, submit } from './keptRequests.ts';
import { parseBody } from './parseBody.ts';
import type { Answer } from './problem.ts';
import {
  type AskedResume,
  acknowledgeRequestSchema,
  drainRequestSchema,
  pauseRequestSchema,
  resumeRequestSchema,
} from './requestSchemas.ts';

/** `POST /api/pause`. */
export function pauseDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
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

/** `POST /api/resume`. */
export function resumeDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return mayRunDry(composed, request, async (ready, isDry) => {
    const raw = looseBody(request.body);
    const earlier = isDry ? null : await answerRepeated(ready, request, { door: 'resume', raw });
    if (earlier !== null) {
      return earlier;
    }
    const body = await parseBody(request.body, resumeRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    const { target: named, ...rest } = body.value;
    const mayOverrule = includesRole(request.caller.roles, 'Intermission.Operate');
    if ((rest.takeOver || rest.includeWindows) && !mayOverrule) {
      return roleMissingAnswer('Intermission.Operate', null);
    }
    const target = await meantByResume(ready, request, { named, account: rest.account });
    if ('ok' in target) {
      return target.answer;
    }
    const asked = { ...rest, endsOthers: mayOverrule };
    if (isDry) {
      return answerDryRun(await ready.service.foresee.resume({ ...asked, target }, callOf(request)));
    }
    const heldByRequest = target.kind === 'request' ? target.requestId : null;
    const reportIds = target.kind === 'reports' ? target.reportIds : [];
    return submit(ready, request, {
      work: { door: 'resume', request: asked, heldByRequest },
      reportIds,
      raw,
      refuse: async () => null,
    });
  });
}

/** What a resume is about; an answer where nothing is done. @throws LedgerError */
async function meantByResume(
  ready: Ready,
  request: DoorRequest,
  { named, account }: { readonly named: AskedResume['target']; readonly account: string },
) {
  if (named.kind === 'request') {
    return named;
  }
  const meant = await askedReports(ready, request, { account, reports: named.reports, door: 'resume' });
  return meant.ok ? ({ kind: 'reports', reportIds: meant.reportIds } as const) : meant;
}

/** `POST /api/drain`. */
export function drainDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return mayRunDry(composed, request, async ({ service, ...ready }, isDry) => {
    const body = await parseBody(request.body, drainRequestSchema(limitsOf(ready)));
    if (!body.ok) {
      return body.answer;
    }
    return isDry
      ? answerDryRun(await service.foresee.drain(body.value, callOf(request)))
      : answerRun(await service.drain(body.value, callOf(request)), runOptions(request));
  });
}

/** `POST /api/adopt`. */
export function adoptDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const body = await parseBody(request.body, adoptRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.adopt(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/acknowledge`. */
export function acknowledgeDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return neverDry(composed, request, async (ready) => {
    const body = await parseBody(request.body, acknowledgeRequestSchema(limitsOf(ready)));
    return body.ok
      ? answerRun(await ready.service.acknowledge(body.value, callOf(request)), runOptions(request))
      : body.answer;
  });
}

/** `POST /api/tick`. */
export function tickDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return neverDry(composed, request, async ({ service }) =>
    answerRun(await service.tickByHand(callOf(request)), runOptions(request)),
  );
}

/** What the settings let a request ask for. */
function limitsOf({ settings, parts }: Pick<Ready, 'settings' | 'parts'>) {
  return {
    maxReports: settings.MAX_REPORTS_PER_REQUEST,
    nowMs: parts.clock.now(),
    impliedAccount: impliedAccount(parts.accounts.map(({ account }) => account)),
  };
}
