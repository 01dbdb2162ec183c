import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { PICKED_FROM_REPORTS } from '../http/pickedFrom.ts';
import { noSuchReport } from '../http/unknownReport.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, correlationId, pathParameter } from '../openapi/parameters.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'GetReport',
  summary: 'Get a report',
  description: 'Tells why one report is paused, who asked for it, and what was done to it.',
  parameters: [
    {
      ...pathParameter('reportId', 'Report ID', 'The id of the report.'),
      ...PICKED_FROM_REPORTS,
    },
    accountFilter,
    correlationId,
  ],
  answers: { 200: ['The report with its evidence and history.', 'ExplainedReport'] },
  problems: [404, 502, ...NOT_READY],
};

/** `GET /api/reports/{id}?account=`: why is this report paused? */
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
    const reportId = parseReportId(id);
    if (reportId === null) {
      return noSuchReport();
    }
    const shown = await service.report(reportId, callOf(request), meant.account);
    switch (shown.kind) {
      case 'found':
        return jsonAnswer(200, shown.report);
      case 'notFound':
        return noSuchReport();
      case 'unreadable':
        return problemAnswer(502, {
          code: shown.code,
          title: 'An account could not be read, and no other has the report.',
          detail: shown.message,
        });
    }
  });
}
