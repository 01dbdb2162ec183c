import { refusal } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import type { Report } from '../model/report.ts';
import { settleReport } from '../state/settleReport.ts';
import { isVisible, keyOf } from './findReport.ts';
import { type Operation, type OperationCall, queryParameter } from './operationCall.ts';
import { page } from './page.ts';
import { wireReport } from './wireReport.ts';

/** `GET /ScheduledReport?reportId=&reportName=&queryId=`. Source: "Get report API". */
export const getReports: Operation = (call) => {
  const items = reportKeys(call)
    .map((key) => settleReport(call.world, key))
    .filter((report) => report !== undefined)
    .filter((report) => isVisible(call, report) && matches(call, report))
    .map((report) => wireReport(report, call.surface));
  if (items.length === 0 && call.world.policies.emptyList === 'notFound') {
    return refusal(404, messages.nothingFound);
  }
  return page(call, '/ScheduledReport', items, messages.reportsFetched);
};

function reportKeys(call: OperationCall): string[] {
  const reportId = queryParameter(call, 'reportId');
  const prefix = keyOf(call, '');
  return reportId === null
    ? [...call.world.reports.keys()].filter((key) => key.startsWith(prefix))
    : [keyOf(call, reportId)];
}

function matches(call: OperationCall, report: Report): boolean {
  const name = queryParameter(call, 'reportName');
  const queryId = queryParameter(call, 'queryId');
  const isNamed =
    name === null ||
    (call.world.policies.reportNameFilter === 'exact'
      ? report.reportName === name
      : report.reportName.startsWith(name));
  return isNamed && (queryId === null || report.queryId === queryId.toLowerCase());
}
