import { randomUUID } from 'node:crypto';
import { refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { formatInstant } from '../model/instant.ts';
import { actorOf } from '../model/principal.ts';
import { type Report, reportSchema } from '../model/report.ts';
import { putReport } from '../state/putReport.ts';
import { checkReportBody } from './checkReportBody.ts';
import { findQueryText } from './findQuery.ts';
import { type Operation, type OperationCall, userFieldOf } from './operationCall.ts';
import { isOverExecuteNowQuota, isOverReportQuota } from './quotas.ts';
import { parseBody, type ReportBody, reportBodySchema } from './requestBody.ts';
import { showReport } from './showReport.ts';

/** `POST /ScheduledReport`. Source: "Create report API" and the paradigm page. */
export const createReport: Operation = (call) => {
  const { world, surface } = call;
  const body = reportBodySchema.safeParse(parseBody(call.bodyText));
  if (!body.success) {
    return refusal(400, messages.invalidReport);
  }
  const nowMs = world.clock.nowMs();
  const problem = checkReportBody(body.data, { mode: 'create', surface, nowMs });
  if (problem !== null) {
    return refusal(400, problem);
  }
  const query = findQueryText(call, body.data.queryid ?? '');
  if (query === null) {
    return refusal(400, messages.invalidQueryId);
  }
  const report = newReport(call, body.data, query);
  if (isOverReportQuota(world, report)) {
    return refusal(400, messages.reportQuota(world.policies.activeReportQuota));
  }
  if (report.executeNow && isOverExecuteNowQuota(world, report)) {
    return refusal(400, messages.executeNowQuota(world.policies.executeNowQuota));
  }
  putReport(world, report, { operation: 'create', by: actorOf(call.principal), atMs: nowMs });
  return success([showReport(call, report, 'putAnswers')], messages.reportCreated);
};

function newReport(call: OperationCall, body: ReportBody, query: string): Report {
  const now = formatInstant(call.world.clock.nowMs());
  const executeNow = body.executenow === true;
  return reportSchema.parse({
    tenantId: call.principal.tenantId,
    family: call.surface.family,
    reportId: randomUUID(),
    reportName: body.reportname,
    description: body.description ?? '',
    queryId: body.queryid,
    query,
    user: userFieldOf(call),
    createdTime: now,
    executeNow,
    startTime: executeNow ? now : body.starttime,
    endTime: body.endtime ?? null,
    recurrenceInterval: body.recurrenceinterval ?? 24,
    recurrenceCount: body.recurrencecount ?? null,
    callbackUrl: body.callbackurl ?? null,
    callbackMethod: body.callbackmethod?.toUpperCase() ?? null,
    format: (body.format ?? 'csv').toLowerCase(),
  });
}
