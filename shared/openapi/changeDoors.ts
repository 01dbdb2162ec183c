import { correlationId, type Door, failOnPartial, NOT_READY, pathParameter, windowName } from './door.ts';
import type { SwaggerParameter } from './swagger.ts';

const idempotencyKey: SwaggerParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,128}$',
  'x-ms-summary': 'Idempotency Key',
  description: 'A repeat of the request with the same key gets the first answer again; kept for a day.',
  'x-ms-visibility': 'advanced',
};
const prefer: SwaggerParameter = {
  name: 'Prefer',
  in: 'header',
  type: 'string',
  'x-ms-summary': 'Prefer',
  description: 'Answers at once and works on where it is respond-async.',
  'x-ms-visibility': 'advanced',
};
const requestedBy: SwaggerParameter = {
  name: 'x-requested-by',
  in: 'header',
  type: 'string',
  'x-ms-summary': 'Requested By',
  description:
    'Who asks, in your words; shown beside the hold where callers have a function key and no name.',
  'x-ms-visibility': 'advanced',
};
const dryRun: SwaggerParameter = {
  name: 'dryRun',
  in: 'query',
  type: 'boolean',
  default: false,
  'x-ms-summary': 'Dry Run',
  description:
    'Tells for each report what would be done, and does nothing: nothing is paused, resumed or kept.',
  'x-ms-visibility': 'advanced',
};
const ok = ['All is done; the run has the result of each report.', 'Run'] as const;
const partly = ['Some reports are not as asked for; the results say which and why.', 'Run'] as const;
const left = [
  'Many accounts have something to do: each is left to a run of its own, which this one does not wait for.',
  'Run',
] as const;
const accepted = [
  'The request is kept and worked on; ask the address in Location until it answers 200.',
  'Accepted',
] as const;
const change = {
  method: 'post',
  tag: 'Changes',
  visibility: 'important',
  isOpen: false,
  parameters: [dryRun, idempotencyKey, prefer, failOnPartial, requestedBy, correlationId],
  answers: { 200: ok, 202: accepted, 207: partly },
  problems: [400, 404, 409, 413, 422, 502, ...NOT_READY],
} as const;

/** The doors that change reports. */
export const changeDoors: readonly Door[] = [
  {
    ...change,
    path: '/api/pause',
    operationId: 'PauseReports',
    summary: 'Pause reports',
    description: 'Holds the reports and pauses them now, for a time or until somebody resumes them.',
    body: { schema: 'PauseRequest', description: 'Which reports, how long and why.', isRequired: true },
  },
  {
    ...change,
    path: '/api/resume',
    operationId: 'ResumeReports',
    summary: 'Resume reports',
    description:
      'Ends the holds of requests and webhooks on the reports and resumes what was paused by them; what a person paused stays paused.',
    body: { schema: 'ResumeRequest', description: 'Which reports, and why.', isRequired: true },
  },
  {
    ...change,
    path: '/api/windows/{window}/end',
    operationId: 'EndWindow',
    summary: 'End a window early',
    description:
      'Ends the occurrence of the window that is open now, and resumes what it alone held. The next occurrence is untouched.',
    parameters: [windowName, idempotencyKey, prefer, failOnPartial, requestedBy, correlationId],
    body: { schema: 'EndWindowRequest', description: 'Why.', isRequired: true },
  },
  {
    ...change,
    path: '/api/windows/{window}/extend',
    operationId: 'ExtendWindow',
    summary: 'Extend a window',
    description:
      'Lets the occurrence of the window that is open now last longer, at most until the next one begins, which is untouched.',
    parameters: [windowName, idempotencyKey, prefer, failOnPartial, requestedBy, correlationId],
    body: { schema: 'ExtendWindowRequest', description: 'Until when, and why.', isRequired: true },
  },
  {
    ...change,
    path: '/api/exemptions',
    operationId: 'ExemptReports',
    summary: 'Leave reports out of windows',
    description:
      'Leaves reports out of some or all windows until an instant. The next tick brings back what such a window alone holds; when the exemption is over, a window that is open pauses its reports again.',
    parameters: [dryRun, idempotencyKey, requestedBy, correlationId],
    body: {
      schema: 'ExemptionRequest',
      description: 'Which reports, of which windows, until when and why.',
      isRequired: true,
    },
    answers: { 200: ['The exemption, and what the next tick does for it.', 'ExemptionChange'] },
    problems: [400, 404, 409, 413, 422, 502, ...NOT_READY],
  },
  {
    ...change,
    path: '/api/exemptions/{exemption}/end',
    operationId: 'EndExemption',
    summary: 'End an exemption early',
    description:
      'Ends an exemption before its time: a window that is open pauses its reports again. One that is over stays as it is.',
    parameters: [
      pathParameter('exemption', 'Exemption', 'The id of the exemption.'),
      dryRun,
      requestedBy,
      correlationId,
    ],
    body: { schema: 'EndExemptionRequest', description: 'Why.', isRequired: true },
    answers: { 200: ['The exemption, and what the next tick does.', 'ExemptionChange'] },
    problems: [400, 404, 413, ...NOT_READY],
  },
  {
    ...change,
    path: '/api/drain',
    operationId: 'DrainAccount',
    summary: 'Resume everything of an account',
    description:
      'Ends every hold of the account and resumes every report that is ours, as before an uninstall.',
    visibility: 'advanced',
    parameters: [dryRun, failOnPartial, requestedBy, correlationId],
    body: {
      schema: 'DrainRequest',
      description: 'The word drain, which account, and why.',
      isRequired: true,
    },
    answers: { 200: ok, 207: partly },
    problems: [400, 404, 409, 413, 502, ...NOT_READY],
  },
  {
    ...change,
    path: '/api/acknowledge',
    operationId: 'AcknowledgeReports',
    summary: 'Leave reports as they are',
    description:
      'Settles reports that are doubtful or left paused by your word: they stay as they are, and are not looked after any more.',
    visibility: 'advanced',
    parameters: [failOnPartial, requestedBy, correlationId],
    body: { schema: 'AcknowledgeRequest', description: 'Which reports, and why.', isRequired: true },
    answers: { 200: ok, 207: partly },
    problems: [400, 404, 409, 413, 502, ...NOT_READY],
  },
  {
    ...change,
    path: '/api/accounts/{account}/relearn',
    operationId: 'RelearnAccount',
    summary: 'Forget what was learned of an account',
    description:
      'Forgets how the API of the account was seen to behave, as the details of the health show it, so that it is learned anew. Reports and holds stay as they are.',
    visibility: 'advanced',
    parameters: [
      pathParameter('account', 'Account', 'The name of the account.'),
      failOnPartial,
      requestedBy,
      correlationId,
    ],
    body: { schema: 'RelearnRequest', description: 'Why.', isRequired: true },
    answers: { 200: ['What was learned is forgotten.', 'Run'] },
    problems: [400, 404, 413, 502, ...NOT_READY],
  },
  {
    ...change,
    path: '/api/adopt',
    operationId: 'AdoptPauses',
    summary: 'Take pauses into a ledger that was lost',
    description:
      'Makes pauses ours again by the events that told of them, where the reports are still as those events say.',
    visibility: 'advanced',
    parameters: [failOnPartial, requestedBy, correlationId],
    body: { schema: 'AdoptRequest', description: 'Which pauses, and why.', isRequired: true },
    answers: { 200: ok, 207: partly },
    problems: [400, 404, 409, 413, 502, ...NOT_READY],
  },
  {
    ...change,
    path: '/api/tick',
    operationId: 'RunTick',
    summary: 'Bring all reports in line now',
    description:
      'Does at once what the timer does each minute: looks at windows and holds, and acts on them.',
    visibility: 'advanced',
    parameters: [failOnPartial, requestedBy, correlationId],
    body: null,
    answers: { 200: ok, 202: left, 207: partly },
    problems: [404, 409, 413, 502, ...NOT_READY],
  },
];
