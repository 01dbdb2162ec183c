import { refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { actorOf } from '../model/principal.ts';
import { type Report, type ReportStatus, reportSchema } from '../model/report.ts';
import type { Policies } from '../policies/policies.ts';
import { putReport } from '../state/putReport.ts';
import { touched } from '../state/touched.ts';
import { checkReportBody } from './checkReportBody.ts';
import { findReport } from './findReport.ts';
import type { Operation } from './operationCall.ts';
import { parseBody, type ReportBody, reportBodySchema } from './requestBody.ts';
import { showReport } from './showReport.ts';

/** `PUT /ScheduledReport/{reportId}`: the whole payload, not a part of it. Source: "Update report API". */
export const updateReport: Operation = (call) => {
  const { world, surface } = call;
  const found = findReport(call);
  if (!found.ok) {
    return found.answer;
  }
  const body = reportBodySchema.safeParse(parseBody(call.bodyText));
  if (!body.success) {
    return refusal(400, messages.invalidReport);
  }
  const nowMs = world.clock.nowMs();
  const problem = checkReportBody(body.data, { mode: 'update', surface, nowMs });
  if (problem !== null) {
    return refusal(400, problem);
  }
  const updated = touched(world, updatedReport(found.report, body.data, world.policies, nowMs), nowMs);
  putReport(world, updated, { operation: 'update', by: actorOf(call.principal), atMs: nowMs });
  return success([showReport(call, updated, 'putAnswers')], messages.reportUpdated);
};

function updatedReport(report: Report, body: ReportBody, policies: Policies, nowMs: number): Report {
  return reportSchema.parse({
    ...report,
    reportName: body.reportname,
    description: body.description ?? '',
    startTime: body.starttime,
    endTime: body.endtime ?? null,
    recurrenceInterval: body.recurrenceinterval ?? report.recurrenceInterval,
    recurrenceCount: body.recurrencecount ?? null,
    callbackUrl: body.callbackurl ?? null,
    callbackMethod: body.callbackmethod?.toUpperCase() ?? null,
    format: (body.format ?? 'csv').toLowerCase(),
    reportStatus: statusAfterUpdate(report.reportStatus, policies),
    schedule: {
      ...report.schedule,
      generatedCount: 0,
      missedCount: 0,
      shiftInMs: 0,
      consideredUntilMs: nowMs,
    },
  });
}

function statusAfterUpdate(
  status: ReportStatus,
  { updateOfPaused, updateOfInactive }: Policies,
): ReportStatus {
  const becomesActive =
    (status === 'Paused' && updateOfPaused === 'becomesActive') ||
    (status === 'Inactive' && updateOfInactive === 'becomesActive');
  return becomesActive ? 'Active' : status;
}
