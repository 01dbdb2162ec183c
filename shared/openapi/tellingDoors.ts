import { MAX_PAGE } from '../http/parseReportsAsked.ts';
import { correlationId, type Door, NOT_READY, pathParameter } from './door.ts';
import type { SwaggerParameter } from './swagger.ts';

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
/** Narrows a door that tells of every account. */
export const accountFilter: SwaggerParameter = {
  name: 'account',
  in: 'query',
  type: 'string',
  'x-ms-summary': 'Account',
  description: 'Tells of this account alone; of all where it is left out.',
  'x-ms-visibility': 'advanced',
};
/** A parameter of `GET /api/reports`. */
function narrowing(
  name: string,
  title: string,
  description: string,
  type: Readonly<Record<string, unknown>> = { type: 'string' },
): SwaggerParameter {
  return { name, in: 'query', ...type, 'x-ms-summary': title, description, 'x-ms-visibility': 'advanced' };
}
const narrowedBy: readonly SwaggerParameter[] = [
  narrowing('status', 'Status', 'Tells of reports of this status alone.', {
    ...{ type: 'string', enum: ['Active', 'Paused', 'Inactive'] },
  }),
  narrowing('held', 'Held', 'Tells of those alone that a hold wants paused now, or that none does.', {
    type: 'boolean',
  }),
  narrowing('name', 'Name', 'Tells of those whose whole name matches: * for any characters, ? for one.'),
  narrowing('limit', 'Limit', 'Tells so many at most, by account and id; all where it is left out.', {
    ...{ type: 'integer', format: 'int32', minimum: 1, maximum: MAX_PAGE },
  }),
  narrowing('continuation', 'Continuation', 'Goes on after the page whose answer had it.'),
];
const telling = {
  method: 'get',
  tag: 'Reports',
  visibility: 'important',
  isOpen: false,
  parameters: [correlationId],
  body: null,
  problems: NOT_READY,
} as const;

/** The doors that tell and change nothing. */
export const tellingDoors: readonly Door[] = [
  {
    ...telling,
    path: '/api/reports',
    operationId: 'ListReports',
    summary: 'List reports',
    description: 'Tells the status of each report, and why it is paused.',
    parameters: [accountFilter, ...narrowedBy, correlationId],
    answers: {
      200: ['The reports that were asked for, of every account.', 'Reports'],
      502: ['Some accounts could not be read; the problems say which and why.', 'Reports'],
    },
    problems: [400, 404, ...NOT_READY],
  },
  {
    ...telling,
    path: '/api/reports/{reportId}',
    operationId: 'GetReport',
    summary: 'Get a report',
    description: 'Tells why one report is paused, who asked for it, and what was done to it.',
    parameters: [
      {
        ...pathParameter('reportId', 'Report ID', 'The id of the report.'),
        'x-ms-dynamic-values': {
          operationId: 'ListReports',
          'value-collection': 'reports',
          'value-path': 'reportId',
          'value-title': 'reportName',
        },
      },
      accountFilter,
      correlationId,
    ],
    answers: { 200: ['The report with its evidence and history.', 'ExplainedReport'] },
    problems: [404, 502, ...NOT_READY],
  },
  {
    ...telling,
    path: '/api/plan',
    operationId: 'GetPlan',
    summary: 'Get the plan',
    description: 'Tells what would be done about each report at an instant, and changes nothing.',
    parameters: [at, until, oneReport, accountFilter, correlationId],
    answers: {
      200: ['The plan.', 'Plan'],
      502: ['The plan without the accounts that could not be read; the problems say why.', 'Plan'],
    },
    problems: [400, 404, ...NOT_READY],
  },
  {
    ...telling,
    path: '/api/windows',
    operationId: 'ListWindows',
    summary: 'List maintenance windows',
    description:
      'Tells each maintenance window, when it opens next, what is wrong with it, and whether it will do nothing or do it for good.',
    parameters: [],
    answers: { 200: ['The windows.', 'Windows'] },
  },
];
