import { type Item, refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { completedAtMs, type Execution, executionStatus } from '../model/execution.ts';
import { formatInstant } from '../model/instant.ts';
import { type Report, reportKey } from '../model/report.ts';
import { historyInMs } from '../state/runSchedule.ts';
import { findReport } from './findReport.ts';
import { type Operation, type OperationCall, queryParameter } from './operationCall.ts';

const statuses = ['pending', 'running', 'paused', 'completed'];

/**
 * `GET /ScheduledReport/execution/{reportId}`: by default the latest completed run only, and 404 where there is
 * none. Source: "Get report executions API".
 */
export const getExecutions: Operation = (call) => {
  const wanted = (queryParameter(call, 'executionStatus') ?? 'Completed').toLowerCase().split(';');
  if (wanted.some((status) => !statuses.includes(status))) {
    return refusal(400, messages.unknownValue(queryParameter(call, 'executionStatus') ?? ''));
  }
  const reports = call.id.split(';').map((id) => findReport({ ...call, id }));
  const refused = reports.find((found) => !found.ok);
  if (refused !== undefined && !refused.ok) {
    return refused.answer;
  }
  const items = reports.flatMap((found) => (found.ok ? runsOf(call, found.report, wanted) : []));
  const verb = call.surface.family === 'mpn' ? 'Double check' : 'Please recheck';
  return items.length === 0 ? refusal(404, messages.noExecutions(verb)) : success(items, null);
};

function runsOf(call: OperationCall, report: Report, wanted: readonly string[]): Item[] {
  const { world } = call;
  const nowMs = world.clock.nowMs();
  const ids = queryParameter(call, 'executionId')?.toLowerCase().split(';');
  const onlyLatest = (queryParameter(call, 'getLatestExecution') ?? 'true').toLowerCase() !== 'false';
  const runs = (world.executions.get(reportKey(report)) ?? [])
    .filter((run) => run.dueMs > nowMs - historyInMs && (ids === undefined || ids.includes(run.executionId)))
    .filter((run) => wanted.includes(executionStatus(run, world.policies, nowMs).toLowerCase()))
    .toSorted((a, b) => b.dueMs - a.dueMs);
  const shown = onlyLatest && ids === undefined ? runs.slice(0, 1) : runs;
  return shown.map((run) => wireExecution(call, report, run));
}

function wireExecution({ world }: OperationCall, report: Report, run: Execution): Item {
  const status = executionStatus(run, world.policies, world.clock.nowMs());
  const isDone = status === 'Completed';
  return {
    executionId: run.executionId,
    reportId: report.reportId,
    recurrenceInterval: report.recurrenceInterval,
    recurrenceCount: report.recurrenceCount,
    callbackUrl: report.callbackUrl,
    callbackMethod: report.callbackMethod,
    format: report.format,
    executionStatus: status,
    reportLocation: null,
    reportAccessSecureLink: isDone ? secureLink(report, run) : null,
    reportExpiryTime: null,
    reportGeneratedTime: isDone ? formatInstant(completedAtMs(run, world.policies)) : null,
  };
}

/** Looks like a pre-authorised link, so that a product that leaks one is caught; nothing is served there. */
function secureLink(report: Report, run: Execution): string {
  const signature = Buffer.from(`emulated ${run.executionId}`).toString('base64url');
  return `https://reports.blob.invalid/${report.reportId}/${run.executionId}.${report.format}?sv=2021-08-06&sp=r&sig=${signature}`;
}
