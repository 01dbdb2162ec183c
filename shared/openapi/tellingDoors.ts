import { MAX_PAGE } from '../http/parseReportsAsked.ts';
import { PICKED_FROM_ACCOUNTS, PICKED_FROM_REPORTS, PICKED_FROM_WINDOWS } from '../http/pickedFrom.ts';
import { runDoors } from '../running/reportResult.ts';
import { DEFAULT_HISTORY_PAGE, MAX_HISTORY_PAGE } from '../service/historyAsked.ts';
import { correlationId, type Door, NOT_READY, pathParameter, windowName } from './door.ts';
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
  ...PICKED_FROM_ACCOUNTS,
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
const anInstant = { type: 'string', format: 'date-time' };
/** What every history is narrowed by. */
const partOfHistory: readonly SwaggerParameter[] = [
  narrowing('from', 'From', 'Tells what was then or later; 90 days are kept.', anInstant),
  narrowing('until', 'Until', 'Tells what was before that instant.', anInstant),
  narrowing('limit', 'Limit', `Tells so many at most, ${DEFAULT_HISTORY_PAGE} where it is left out.`, {
    ...{ type: 'integer', format: 'int32', minimum: 1, maximum: MAX_HISTORY_PAGE },
  }),
  narrowing('continuation', 'Continuation', 'Goes on with what came before, with what the answer had.'),
];
const ofWindow: SwaggerParameter = {
  ...narrowing('window', 'Window', 'Tells of this window alone; of all where it is left out.'),
  ...PICKED_FROM_WINDOWS,
};
const ofDoor = narrowing('door', 'Door', 'Tells of runs alone that this set off.', {
  ...{ type: 'string', enum: [...runDoors] },
});
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
        ...PICKED_FROM_REPORTS,
      },
      accountFilter,
      correlationId,
    ],
    answers: { 200: ['The report with its evidence and history.', 'ExplainedReport'] },
    problems: [404, 502, ...NOT_READY],
  },
  {
    ...telling,
    path: '/api/reports/{reportId}/history',
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
  },
  {
    ...telling,
    path: '/api/occurrences',
    operationId: 'ListOccurrences',
    summary: 'List what windows did',
    description:
      'Tells each occurrence of a window in the last 90 days, newest first: when it was to begin and end and when it did, what became of its reports, and which executions it cost.',
    parameters: [ofWindow, accountFilter, ...partOfHistory],
    answers: { 200: ['The occurrences that were asked for.', 'PastOccurrences'] },
    problems: [400, 404, ...NOT_READY],
  },
  {
    ...telling,
    tag: 'Runs',
    path: '/api/runs',
    operationId: 'ListRuns',
    summary: 'List runs',
    description:
      'Tells each run that did something in the last 90 days, newest first: what set it off, who and why, and what came of it.',
    parameters: [ofDoor, accountFilter, ...partOfHistory],
    answers: { 200: ['The runs that were asked for.', 'PastRuns'] },
    problems: [400, 404, ...NOT_READY],
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
    path: '/api/accounts',
    operationId: 'ListAccounts',
    summary: 'List accounts',
    description: 'Tells each account, how the app signs in to it, and when it was looked at.',
    answers: { 200: ['Every account.', 'Accounts'] },
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
  {
    ...telling,
    path: '/api/windows/{window}',
    operationId: 'GetWindow',
    summary: 'Get a maintenance window',
    description: 'Tells one maintenance window, with every report that it selects now.',
    parameters: [windowName, correlationId],
    answers: { 200: ['The window.', 'WindowAlone'] },
    problems: [404, ...NOT_READY],
  },
  {
    ...telling,
    path: '/api/windows/{window}/ready',
    operationId: 'GetWindowReadiness',
    summary: 'Get whether the work of a window may begin',
    description:
      'Tells whether every report that the open window selects is confirmed paused or told why not, and whether an execution of them still runs.',
    parameters: [windowName, correlationId],
    answers: {
      200: ['The work may begin.', 'WindowReadiness'],
      202: ['Not yet; ask again later.', 'WindowReadiness'],
    },
    problems: [404, 409, ...NOT_READY],
  },
];
