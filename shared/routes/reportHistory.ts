import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { parseHistoryAsked, writePlace } from '../http/parseHistoryAsked.ts';
import { PICKED_FROM_REPORTS } from '../http/pickedFrom.ts';
import { noSuchReport } from '../http/unknownReport.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { partOfHistory } from '../openapi/historyParameters.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, correlationId, pathParameter } from '../openapi/parameters.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'GetReportHistory',
  summary: 'Get the history of a report',
  description: 'Tells what happened to one report in the last 90 days, who did it and why, newest first.',
  parameters: [
    { ...pathParameter('reportId', 'Report ID', 'The id of the report.'), ...PICKED_FROM_REPORTS },
    accountFilter,
    ...partOfHistory,
    correlationId,
  ],
  answers: { 200: ['What happened to it.', 'ReportHistory'] },
  problems: [400, 404, 502, ...NOT_READY],
};

/** `GET /api/reports/{id}/history?account=&from=&until=&limit=&continuation=`. */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { reportId: id = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const asked = parseHistoryAsked(request.url.searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const reportId = parseReportId(id);
    if (reportId === null) {
      return noSuchReport();
    }
    const outcome = await service.reportHistory(reportId, asked.value, callOf(request), meant.account);
    switch (outcome.kind) {
      case 'found':
        return jsonAnswer(200, { ...outcome.history, continuation: writePlace(outcome.goesOnAfter) });
      case 'notFound':
        return noSuchReport();
      case 'unreadable': {
        const title = 'Nothing is kept of the report, and an account that may have it could not be read.';
        return problemAnswer(502, { code: outcome.code, title, detail: outcome.message });
      }
    }
  });
}
