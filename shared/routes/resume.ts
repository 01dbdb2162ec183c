import { roleMissingAnswer } from '../callers/admit.ts';
import { includesRole } from '../callers/role.ts';
import { askedReports } from '../http/askedReports.ts';
import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, type Ready } from '../http/doorRequest.ts';
import { answerDryRun, mayRunDry } from '../http/dryRun.ts';
import { answerRepeated, looseBody, submit } from '../http/keptRequests.ts';
import { limitsOf } from '../http/limitsOf.ts';
import { parseBody } from '../http/parseBody.ts';
import { type AskedResume, resumeRequestSchema } from '../http/requestSchemas.ts';
import { changing } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import type { Answer } from '../wire/problem.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...changing,
  operationId: 'ResumeReports',
  summary: 'Resume reports',
  description:
    'Ends the holds of requests and webhooks on the reports and resumes what was paused by them; what a person paused stays paused.',
  body: { schema: 'ResumeRequest', description: 'Which reports, and why.', isRequired: true },
};

/** `POST /api/resume`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
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
