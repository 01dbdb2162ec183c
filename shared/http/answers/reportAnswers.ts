import { z } from 'zod';
import { ATTENTION_CAUSES, type Attention } from '../../service/attention.ts';
import type { ExpectedResumeReason } from '../../service/expectedResume.ts';
import {
  MAX_HOLDS_IN_LIST,
  MAX_HOLDS_OF_ONE,
  type ShownHold,
  type ShownHolds,
} from '../../service/shownHold.ts';
import type { ExplainedReport, ShownRead, ShownReport, ShownReports } from '../../service/showReports.ts';
import { reportStatus } from './runAnswer.ts';
import { count, instant, told } from './told.ts';

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
  inWords: told(
    z.string(),
    'In Words',
    'Who holds it, why and until when, for people; a hold without an end says so.',
  ),
} satisfies Record<keyof ShownHold, z.ZodType>);

/** The holds of a report that matter most. */
export const shownHolds = {
  holds: told(
    z.array(hold).max(MAX_HOLDS_OF_ONE),
    'Holds',
    `Why the report shall be paused: what matters most, first what wants the pause now and ends last. ${MAX_HOLDS_IN_LIST} at most where many reports are told, ${MAX_HOLDS_OF_ONE} where one is asked for.`,
  ),
  holdCount: told(count, 'Hold Count', 'How many holds the report has in all.'),
} satisfies Record<keyof ShownHolds, z.ZodType>;

const expectedResumeReasons = [
  'holds_end',
  'nothing_holds_it',
  'when_asked',
  'windows_without_gap',
  'not_ours',
  'doubtful',
  'mode_off',
] as const satisfies readonly ExpectedResumeReason[];

/** When a report is expected back, and why then. */
export const expectedResume = {
  expectedResumeUtc: told(
    instant.nullable(),
    'Expected Resume',
    'When the report comes back, in UTC; empty where no instant can be told.',
  ),
  expectedResumeReason: told(
    z.enum(expectedResumeReasons),
    'Expected Resume Reason',
    'Why then: its last hold ends (holds_end); the next run resumes it (nothing_holds_it); a hold or window has no end (when_asked); windows follow one another for more than a year, or 400 times, without a gap (windows_without_gap); the pause is not ours (not_ours) or doubtful; MODE is off (mode_off).',
  ),
};

/** Something about a report that wants a person. */
const attention = z.strictObject({
  cause: told(
    z.enum(ATTENTION_CAUSES),
    'Cause',
    'Left paused by us; doubtful whose pause it is; a resume is owed; not seen at Partner Center; not paused in time; a pause without effect; paused longer than MAX_HOLD; made anew beside ours.',
  ),
  message: told(z.string(), 'Message', 'What is so, in words for people.'),
  whatToDo: told(z.string(), 'What To Do', 'What to do about it.'),
} satisfies Record<keyof Attention, z.ZodType>);

const shown = {
  account: told(z.string(), 'Account', 'The account that the report belongs to.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  label: told(
    z.string(),
    'Label',
    'What tells it from others: its name, or else its id, with the account where there are several.',
  ),
  status: told(reportStatus, 'Status', 'The status of the report at Partner Center.'),
  ownership: told(
    z.string().nullable(),
    'Ownership',
    'The state of our pause; empty where the pause is not ours.',
  ),
  ...shownHolds,
  ...expectedResume,
  reason: told(z.string(), 'Reason', 'Why the report is as it is, by a stable code.'),
  message: told(z.string(), 'Message', 'Why the report is as it is, in words.'),
  attention: told(
    z.array(attention),
    'Attention',
    'What wants a person, the most urgent first; empty where nothing does.',
  ),
} satisfies Record<keyof ShownReport, z.ZodType>;

/** A report, and why it is as it is. */
export const shownReport = z.strictObject(shown);

/** Something that was done to a report, or found out about it. */
const historyEntry = z.strictObject({
  atUtc: told(instant, 'At', 'When it was, in UTC.'),
  what: told(z.string(), 'What', 'The stable name of what happened.'),
  who: told(z.string(), 'Who', 'Who set it off.'),
  why: told(z.string(), 'Why', 'The reason, in words.'),
  runId: told(z.string(), 'Run ID', 'The run in which it was.'),
  observed: told(z.string().nullable(), 'Observed', 'What was seen at Partner Center afterwards.'),
  requestId: told(z.string().nullable(), 'Request ID', 'By this id Microsoft can look the call up.'),
} satisfies Record<keyof ExplainedReport['history'][number], z.ZodType>);

/** One link of the chain of evidence. */
const evidenceStep = z.strictObject({
  atUtc: told(instant.nullable(), 'At', 'When it was, in UTC; empty where the link is missing or awaited.'),
  what: told(z.string(), 'What', 'What was read or sent, or is missing, in words.'),
} satisfies Record<keyof ExplainedReport['evidenceSteps'][number], z.ZodType>);

/** How old what is shown is. */
const shownRead = {
  readUtc: told(instant, 'Read', 'When Partner Center was asked for it, in UTC.'),
  ageInSeconds: told(count, 'Age', 'Seconds since then; who looks within 15 seconds shares one read.'),
} satisfies Record<keyof ShownRead, z.ZodType>;

/** One report with what was done to it. */
export const explainedReport = z.strictObject({
  ...shown,
  ...shownRead,
  evidence: told(
    z.string().nullable(),
    'Evidence',
    'Why the pause is taken for ours or is not: what was read and sent, who took it over, and what is missing, in one sentence; empty where we have done nothing to the report.',
  ),
  evidenceSteps: told(z.array(evidenceStep), 'Evidence Steps', 'The same link by link, oldest first.'),
  history: told(z.array(historyEntry), 'History', 'What was done to the report, newest first.'),
} satisfies Record<keyof ExplainedReport, z.ZodType>);

/** An account that could not be read. */
export const accountProblem = z.strictObject({
  account: told(z.string(), 'Account', 'The account that could not be read.'),
  code: told(z.string(), 'Code', 'What is wrong, by a stable code.'),
  message: told(z.string(), 'Message', 'What is wrong, in words for people.'),
} satisfies Record<keyof ShownReports['problems'][number], z.ZodType>);

/** When an account was read. */
const accountRead = z.strictObject({
  account: told(z.string(), 'Account', 'The account that was read.'),
  ...shownRead,
} satisfies Record<keyof ShownReports['reads'][number], z.ZodType>);

/** Every report that could be read. */
export const shownReports = z.strictObject({
  reports: told(z.array(shownReport), 'Reports', 'The reports of every account that could be read.'),
  problems: told(z.array(accountProblem), 'Problems', 'The accounts that could not be read.'),
  reads: told(z.array(accountRead), 'Reads', 'How old what is told of each account is.'),
  continuation: told(
    z.string().nullable(),
    'Continuation',
    'Where there are more than the limit: ask again with it for those that follow. Empty where all are told.',
  ),
} satisfies Record<keyof Omit<ShownReports, 'goesOnAfter'> | 'continuation', z.ZodType>);
