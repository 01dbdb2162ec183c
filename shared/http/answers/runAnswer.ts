import { z } from 'zod';
import type { ReportEvent } from '../../deciding/reportEvent.ts';
import { type Outcome, outcomes, runDoors, runStatuses } from '../../running/reportResult.ts';
import type { Run, RunOccurrence, RunProblem, RunResult } from '../../service/run.ts';
import type { ShownEnd } from '../../service/shownEnd.ts';
import { count, instant, localInstant, told } from './told.ts';

/** The status of a report at Partner Center; null where none was read. */
export const reportStatus = z.enum(['Active', 'Paused', 'Inactive']).nullable();

/** What came of one report in one run. */
export const reportResult = z.strictObject({
  account: told(z.string(), 'Account', 'The account that the report belongs to.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  outcome: told(z.enum(outcomes), 'Outcome', 'What came of the report.'),
  code: told(z.string(), 'Code', 'Why, by a stable code.'),
  message: told(z.string(), 'Message', 'The same in words for people.'),
  before: told(reportStatus, 'Status Before', 'The status that was read before anything was done.'),
  after: told(reportStatus, 'Status After', 'The status that was seen last.'),
  attempts: told(count, 'Attempts', 'How many calls were made to change it.'),
  durationInMs: told(z.number(), 'Duration', 'How long it took, in milliseconds.'),
  requestId: told(z.string().nullable(), 'Request ID', 'By this id Microsoft can look the call up.'),
} satisfies Record<keyof RunResult, z.ZodType>);

/** Something that concerns a whole account or the app. */
export const runProblem = z.strictObject({
  code: told(z.string(), 'Code', 'What is wrong, by a stable code.'),
  account: told(z.string().nullable(), 'Account', 'The account that it concerns, if it is one.'),
  message: told(z.string(), 'Message', 'What is wrong, in words for people.'),
} satisfies Record<keyof RunProblem, z.ZodType>);

/** Something that an operator should know of one report. */
export const runEvent = z.strictObject({
  name: told(z.string(), 'Event', 'The stable name of the event.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report that it concerns.'),
  reportName: told(z.string(), 'Report Name', 'The name of that report, where it is known.'),
  detail: told(z.string(), 'Detail', 'What happened, in words for people.'),
} satisfies Record<Exclude<keyof ReportEvent, 'about'>, z.ZodType>);

/** An occurrence that a person gave another end. */
const occurrenceEnd = z.strictObject({
  window: told(z.string(), 'Window', 'The name of the window.'),
  fromUtc: told(instant, 'From', 'When the occurrence began, in UTC.'),
  fromLocal: told(localInstant, 'From (Local)', 'The same in the time zone of the window.'),
  untilUtc: told(instant, 'Until', 'When it is over by this request, in UTC.'),
  untilLocal: told(localInstant, 'Until (Local)', 'The same in the time zone of the window.'),
} satisfies Record<keyof RunOccurrence, z.ZodType>);

const howMany = (outcome: Outcome) =>
  told(count.optional(), title(outcome), `How many reports came to the outcome ${outcome}.`);

/** How many reports came to each outcome. */
export const summary = z.strictObject({
  paused: howMany('paused'),
  alreadyPaused: howMany('alreadyPaused'),
  foreign: howMany('foreign'),
  resumed: howMany('resumed'),
  alreadyActive: howMany('alreadyActive'),
  stillHeld: howMany('stillHeld'),
  inactive: howMany('inactive'),
  notFound: howMany('notFound'),
  forbidden: howMany('forbidden'),
  doubtful: howMany('doubtful'),
  adopted: howMany('adopted'),
  skipped: howMany('skipped'),
  failed: howMany('failed'),
} satisfies Record<Outcome, z.ZodType>);

/** The end of a pause as it was read. */
const end = {
  untilUtc: told(
    instant.nullable().optional(),
    'Until',
    'Of a pause: when it ends, in UTC; empty without an end, until somebody resumes.',
  ),
  untilLocal: told(
    localInstant.optional(),
    'Until (Local)',
    'The same in the time zone that the request named, if it did.',
  ),
} satisfies Record<keyof ShownEnd, z.ZodType>;

/** A run with the result of every report. */
export const run = z.strictObject({
  runId: told(z.string(), 'Run ID', 'The id of the run.'),
  correlationId: told(
    z.string(),
    'Correlation ID',
    'The id that ties the calls and log lines of the run together.',
  ),
  door: told(z.enum(runDoors), 'Door', 'What set the run off.'),
  status: told(
    z.enum(runStatuses),
    'Status',
    'Whether all was done (ok), some of it (partial) or nothing (failed). Look at it, not at the HTTP status alone.',
  ),
  startedUtc: told(instant, 'Started', 'When the run began, in UTC.'),
  durationInMs: told(z.number(), 'Duration', 'How long the run took, in milliseconds.'),
  summary: told(summary, 'Summary', 'How many reports came to each outcome.'),
  problems: told(z.array(runProblem), 'Problems', 'What concerns a whole account or the app.'),
  results: told(z.array(reportResult), 'Results', 'The result of each report.'),
  events: told(z.array(runEvent), 'Events', 'What an operator should know of single reports.'),
  occurrence: told(
    occurrenceEnd.optional(),
    'Occurrence',
    'Of a request about an occurrence of a window: which one, and when it is over by it.',
  ),
  leftToDrivers: told(
    count.optional(),
    'Left To Drivers',
    'How many accounts are worked on by runs of their own, which this one does not wait for.',
  ),
  resultsLeftOut: told(
    count.optional(),
    'Results Left Out',
    'Of a run without a request that is asked for later: how many results are counted in the summary alone.',
  ),
  ...end,
  dryRun: told(
    z.boolean().optional(),
    'Dry Run',
    'True where nothing was done, and the results are what would be; the run is not kept.',
  ),
} satisfies Record<keyof Run, z.ZodType>);

/** How far a run is that works on. */
export const accepted = z.strictObject({
  runId: told(z.string(), 'Run ID', 'The id of the run.'),
  correlationId: told(
    z.string(),
    'Correlation ID',
    'The id that ties the calls and log lines of the run together.',
  ),
  status: told(z.literal('working'), 'Status', 'The run works on.'),
  total: told(count, 'Total', 'How many reports the run is about.'),
  done: told(count, 'Done', 'How many of them are behind it.'),
  ...end,
});

/** `alreadyPaused` as people read it in a designer: `Already Paused`. */
function title(outcome: Outcome): string {
  return `${outcome.charAt(0).toUpperCase()}${outcome.slice(1).replace(/[A-Z]/g, ' $&')}`;
}
