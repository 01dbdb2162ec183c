import { z } from 'zod';
import type { ShownHold } from '../../service/shownHold.ts';
import type { ExplainedReport, ShownReport, ShownReports } from '../../service/showReports.ts';
import { reportStatus } from './runAnswer.ts';
import { instant, told } from './told.ts';

/** One reason why a report shall be paused. */
export const hold = z.strictObject({
  holder: told(z.string(), 'Holder', 'Whose hold it is: a window, a request or a webhook.'),
  state: told(
    z.enum(['live', 'foreign', 'dropped']),
    'State',
    'Live wants the pause; foreign and dropped are without effect until they end.',
  ),
  who: told(z.string(), 'Who', 'Who asked for it.'),
  why: told(z.string(), 'Why', 'The reason that was given.'),
  fromUtc: told(instant, 'From', 'When it begins, in UTC.'),
  untilUtc: told(instant.nullable(), 'Until', 'When it ends, in UTC; empty stays until somebody resumes.'),
  requestId: told(z.string().nullable(), 'Request ID', 'The id that the request gave itself.'),
} satisfies Record<keyof ShownHold, z.ZodType>);

/** When a report is expected back: an instant, or `whenAsked` where a hold has no end. */
export const expectedResume = z.string().nullable();

const shown = {
  account: told(z.string(), 'Account', 'The account that the report belongs to.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  status: told(reportStatus, 'Status', 'The status of the report at Partner Center.'),
  ownership: told(
    z.string().nullable(),
    'Ownership',
    'The state of our pause; empty where the pause is not ours.',
  ),
  holds: told(z.array(hold), 'Holds', 'Every reason why the report shall be paused.'),
  expectedResumeUtc: told(
    expectedResume,
    'Expected Resume',
    'When the report comes back, in UTC, or whenAsked where a hold has no end.',
  ),
  reason: told(z.string(), 'Reason', 'Why the report is as it is, by a stable code.'),
} satisfies Record<keyof ShownReport, z.ZodType>;

/** A report, and why it is as it is. */
export const shownReport = z.strictObject(shown);

/** Something that was done to a report, or found out about it. */
export const historyEntry = z.strictObject({
  atUtc: told(instant, 'At', 'When it was, in UTC.'),
  what: told(z.string(), 'What', 'The stable name of what happened.'),
  who: told(z.string(), 'Who', 'Who set it off.'),
  why: told(z.string(), 'Why', 'The reason, in words.'),
  runId: told(z.string(), 'Run ID', 'The run in which it was.'),
  observed: told(z.string().nullable(), 'Observed', 'What was seen at Partner Center afterwards.'),
  requestId: told(z.string().nullable(), 'Request ID', 'By this id Microsoft can look the call up.'),
} satisfies Record<keyof ExplainedReport['history'][number], z.ZodType>);

/** One report with what was done to it. */
export const explainedReport = z.strictObject({
  ...shown,
  history: told(z.array(historyEntry), 'History', 'What was done to the report, newest first.'),
} satisfies Record<keyof ExplainedReport, z.ZodType>);

/** An account that could not be read. */
export const accountProblem = z.strictObject({
  account: told(z.string(), 'Account', 'The account that could not be read.'),
  code: told(z.string(), 'Code', 'What is wrong, by a stable code.'),
  message: told(z.string(), 'Message', 'What is wrong, in words for people.'),
} satisfies Record<keyof ShownReports['problems'][number], z.ZodType>);

/** Every report that could be read. */
export const shownReports = z.strictObject({
  reports: told(z.array(shownReport), 'Reports', 'The reports of every account that could be read.'),
  problems: told(z.array(accountProblem), 'Problems', 'The accounts that could not be read.'),
} satisfies Record<keyof ShownReports, z.ZodType>);
