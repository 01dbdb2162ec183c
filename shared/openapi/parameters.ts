import { PICKED_FROM_ACCOUNTS, PICKED_FROM_WINDOWS } from '../http/pickedFrom.ts';
import type { SwaggerParameter } from './swagger.ts';

/** Asks for an error where some reports are not as asked for. */
export const failOnPartial: SwaggerParameter = {
  name: 'failOnPartial',
  in: 'query',
  type: 'boolean',
  default: false,
  'x-ms-summary': 'Fail On Partial',
  description: 'Answers with an error where some reports are not as asked for.',
  'x-ms-visibility': 'advanced',
};

/** The id of the caller's own trace. */
export const correlationId: SwaggerParameter = {
  name: 'x-correlation-id',
  in: 'header',
  type: 'string',
  'x-ms-summary': 'Correlation ID',
  description: 'A UUID that ties the calls and log lines of the request together.',
  'x-ms-visibility': 'advanced',
};

export const idempotencyKey: SwaggerParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,128}$',
  'x-ms-summary': 'Idempotency Key',
  description: 'A repeat of the request with the same key gets the first answer again; kept for a day.',
  'x-ms-visibility': 'advanced',
};

export const prefer: SwaggerParameter = {
  name: 'Prefer',
  in: 'header',
  type: 'string',
  'x-ms-summary': 'Prefer',
  description: 'Answers at once and works on where it is respond-async.',
  'x-ms-visibility': 'advanced',
};

export const requestedBy: SwaggerParameter = {
  name: 'x-requested-by',
  in: 'header',
  type: 'string',
  'x-ms-summary': 'Requested By',
  description:
    'Who asks, in your words; shown beside the hold where callers have a function key and no name.',
  'x-ms-visibility': 'advanced',
};

export const dryRun: SwaggerParameter = {
  name: 'dryRun',
  in: 'query',
  type: 'boolean',
  default: false,
  'x-ms-summary': 'Dry Run',
  description:
    'Tells for each report what would be done, and does nothing: nothing is paused, resumed or kept.',
  'x-ms-visibility': 'advanced',
};

/** A parameter in the path. */
export function pathParameter(name: string, title: string, description: string): SwaggerParameter {
  return { name, in: 'path', required: true, type: 'string', 'x-ms-summary': title, description };
}

/** Which window; a designer offers them by name. */
export const windowName: SwaggerParameter = {
  ...pathParameter('window', 'Window', 'The name of the window.'),
  ...PICKED_FROM_WINDOWS,
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

export const runId = pathParameter('runId', 'Run ID', 'The id of the run.');

export const accountName = pathParameter('account', 'Account', 'The name of the account.');

/** A parameter that narrows what is told. */
export function narrowing(
  name: string,
  title: string,
  description: string,
  type: Readonly<Record<string, unknown>> = { type: 'string' },
): SwaggerParameter {
  return { name, in: 'query', ...type, 'x-ms-summary': title, description, 'x-ms-visibility': 'advanced' };
}
