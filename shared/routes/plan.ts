import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { invalidQuery, parseRange } from '../http/parseRange.ts';
import { noSuchReport } from '../http/unknownReport.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, correlationId } from '../openapi/parameters.ts';
import type { SwaggerParameter } from '../openapi/swagger.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

const at: SwaggerParameter = {
  name: 'at',
  in: 'query',
  type: 'string',
  format: 'date-time',
  'x-ms-summary': 'At',
  description: 'The instant to plan for; now where it is left out.',
};

const until: SwaggerParameter = {
  name: 'until',
  in: 'query',
  type: 'string',
  format: 'date-time',
  'x-ms-summary': 'Until',
  description: 'Tells the windows that open from then on and before this, at most 370 days later.',
};

const oneReport: SwaggerParameter = {
  name: 'report',
  in: 'query',
  type: 'string',
  'x-ms-summary': 'Report',
  description:
    'The id of a report: tells of it alone, and in words what holds it until when and what comes next.',
};

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'GetPlan',
  summary: 'Get the plan',
  description: 'Tells what would be done about each report at an instant, and changes nothing.',
  parameters: [at, until, oneReport, accountFilter, correlationId],
  answers: {
    200: ['The plan.', 'Plan'],
    502: ['The plan without the accounts that could not be read; the problems say why.', 'Plan'],
  },
  problems: [400, 404, ...NOT_READY],
};

/** `GET /api/plan?at=&until=&account=&report=`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const range = parseRange(request.url.searchParams, parts.clock.now());
    if (!range.ok) {
      return range.answer;
    }
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const given = request.url.searchParams.get('report');
    const reportId = given === null ? null : parseReportId(given);
    if (given !== null && reportId === null) {
      return invalidQuery('/report', 'must be the id of a report, which is a UUID');
    }
    const plan = await service.plan({ ...range.value, reportId }, callOf(request), meant.account);
    if (reportId !== null && plan.reports.length === 0 && plan.problems.length === 0) {
      return noSuchReport();
    }
    return jsonAnswer(plan.problems.length === 0 ? 200 : 502, plan);
  });
}
