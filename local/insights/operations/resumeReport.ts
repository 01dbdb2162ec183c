import { type Answer, refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import type { Report } from '../model/report.ts';
import { changeByPut } from './changeByPut.ts';
import { findReport } from './findReport.ts';
import type { Operation, OperationCall } from './operationCall.ts';
import { isOverReportQuota } from './quotas.ts';
import { showReport } from './showReport.ts';

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
      return success([showReport(call, report, 'putAnswers')], messages.reportResumed);
    case 'ok':
      return resume(call, report);
  }
};

function resume(call: OperationCall, report: Report): Answer {
  const { world } = call;
  const { pausedReportsCountInQuota, activeReportQuota } = world.policies;
  if (report.reportStatus === 'Paused' && !pausedReportsCountInQuota && isOverReportQuota(world, report)) {
    return refusal(400, messages.reportQuota(activeReportQuota));
  }
  return changeByPut(call, report, 'resume');
}
