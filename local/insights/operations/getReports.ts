import { type Answer, gatewayRefusal, refusal } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import type { Report } from '../model/report.ts';
import { isVisible } from './findReport.ts';
import { type Operation, type OperationCall, queryParameter } from './operationCall.ts';
import { page } from './page.ts';
import { seenById, seenInList } from './seenReports.ts';
import { showReport } from './showReport.ts';

/** `GET /ScheduledReport?reportId=&reportName=&queryId=`. Source: "Get report API". */
export const getReports: Operation = (call) => {
  const reportId = queryParameter(call, 'reportId');
  return reportId === null ? list(call) : readById(call, reportId);
};

function readById(call: OperationCall, reportId: string): Answer {
  const report = seenById(call, reportId);
  return answer(call, report === undefined ? [] : [report], 'readsById');
}

function list(call: OperationCall): Answer {
  const { listRefusedWith } = call.world.policies;
  if (listRefusedWith !== null) {
    return listRefusedWith >= 500
      ? gatewayRefusal(listRefusedWith, messages.unavailable)
      : refusal(listRefusedWith, messages.forbidden);
  }
  return answer(call, seenInList(call), 'listRows');
}

function answer(call: OperationCall, reports: readonly Report[], source: 'listRows' | 'readsById'): Answer {
  const items = reports
    .filter((report) => isVisible(call, report) && matches(call, report))
    .map((report) => showReport(call, report, source));
  const { emptyList, pageShift } = call.world.policies;
  if (items.length === 0 && emptyList === 'notFound') {
    return refusal(404, messages.nothingFound);
  }
  return page(call, '/ScheduledReport', items, messages.reportsFetched, pageShift);
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
