import { type Answer, refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { actorOf } from '../model/principal.ts';
import type { Report } from '../model/report.ts';
import { changeStatus } from '../state/changeStatus.ts';
import { findReport } from './findReport.ts';
import type { Operation, OperationCall } from './operationCall.ts';
import { isOverReportQuota } from './quotas.ts';
import { wireReport } from './wireReport.ts';

/** `PUT /ScheduledReport/resume/{reportId}`. Source: "Resume report executions API". */
export const resumeReport: Operation = (call) => {
  const found = findReport(call);
  if (!found.ok) {
    return found.answer;
  }
  const { report } = found;
  const { policies } = call.world;
  const verdicts = {
    Active: policies.resumeOfActive,
    Paused: 'ok',
    Inactive: policies.resumeOfInactive,
  } as const;
  switch (verdicts[report.reportStatus]) {
    case 'notFound':
      return refusal(404, messages.nothingFound);
    case 'badRequest':
      return refusal(400, messages.cannotResume(report.reportStatus));
    case 'unchanged':
      return success([wireReport(report, call.surface)], messages.reportResumed);
    case 'ok':
      return resume(call, report);
  }
};

function resume(call: OperationCall, report: Report): Answer {
  const { world, surface, principal } = call;
  const { pausedReportsCountInQuota, activeReportQuota } = world.policies;
  if (report.reportStatus === 'Paused' && !pausedReportsCountInQuota && isOverReportQuota(world, report)) {
    return refusal(400, messages.reportQuota(activeReportQuota));
  }
  const by = actorOf(principal);
  const resumed = changeStatus(world, report, {
    action: 'resume',
    by,
    atMs: world.clock.nowMs(),
    operation: 'resume',
  });
  return success([wireReport(resumed, surface)], messages.reportResumed);
}
