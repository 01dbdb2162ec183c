import { NOT_READY } from './operation.ts';
import {
  accountName,
  correlationId,
  dryRun,
  failOnPartial,
  idempotencyKey,
  prefer,
  requestedBy,
} from './parameters.ts';

/** Everything was done. */
export const allDone = ['All is done; the run has the result of each report.', 'Run'] as const;

/** Not all of it was. */
export const partlyDone = [
  'Some reports are not as asked for; the results say which and why.',
  'Run',
] as const;

/** Others do it. */
export const leftToOthers = [
  'Many accounts have something to do: each is left to a run of its own, which this one does not wait for.',
  'Run',
] as const;

/** It is kept. */
const keptForLater = [
  'The request is kept and worked on; ask the address in Location until it answers 200.',
  'Accepted',
] as const;

/** What routes that change reports have in common. */
export const changing = {
  tag: 'Changes',
  visibility: 'important',
  parameters: [dryRun, idempotencyKey, prefer, failOnPartial, requestedBy, correlationId],
  answers: { 200: allDone, 202: keptForLater, 207: partlyDone },
  problems: [400, 404, 409, 413, 422, 502, ...NOT_READY],
} as const;

/** What routes that tell of reports have in common. */
export const reading = {
  tag: 'Reports',
  visibility: 'important',
  parameters: [correlationId],
  body: null,
  problems: NOT_READY,
} as const;

/** What routes of runs that were kept have in common. */
export const ofRun = {
  tag: 'Runs',
  body: null,
  answers: {
    200: ['The run is done; its status says how.', 'Run'],
    202: ['The run works on; ask again later.', 'Accepted'],
  },
  problems: [404, ...NOT_READY],
} as const;

/** What routes about the app itself have in common. */
export const ofApp = {
  tag: 'Operations',
  visibility: 'advanced',
  parameters: [],
  body: null,
  problems: [],
} as const;

/** What the routes have in common by which an Insights user consents; they want the host's master key. */
export const ofConsent = {
  tag: 'Operations',
  visibility: 'internal',
  parameters: [accountName],
} as const;
