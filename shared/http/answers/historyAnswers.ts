import { z } from 'zod';
import { MAX_NOTABLE, type TallyState, tallyStates } from '../../model/occurrenceTally.ts';
import { runDoors, runStatuses } from '../../running/reportResult.ts';
import type { ShownNotable, ShownPastOccurrence } from '../../service/shownPastOccurrence.ts';
import type { ShownPastRun } from '../../service/shownPastRun.ts';
import type { ShownHistoryEntry, ShownReportHistory } from '../../service/shownReportHistory.ts';
import { runProblem, summary } from './runAnswer.ts';
import { count, instant, told } from './told.ts';
import { occurrenceFields, shownWord } from './windowsAnswer.ts';

const continuation = told(
  z.string().nullable(),
  'Continuation',
  'Where there is more: ask again with it for what came before. Empty where all is told.',
);

const states = {
  underWay: told(count, 'Under Way', 'Its window wants them paused, and that is not done yet.'),
  paused: told(count, 'Paused', 'Paused by us now.'),
  resumed: told(count, 'Resumed', 'Paused by us, and back.'),
  stillHeld: told(
    count,
    'Still Held',
    'Paused by us, and held by something else when the occurrence was over.',
  ),
  owed: told(count, 'Owed', 'Paused by us, held by nothing any more, and not back yet.'),
  foreign: told(count, 'Foreign', 'Paused by a person before; left alone.'),
  resumedByPerson: told(count, 'Resumed By Person', 'Resumed by a person meanwhile; left alone.'),
  doubtful: told(count, 'Doubtful', 'Whose pause it is cannot be told.'),
  inactive: told(count, 'Inactive', 'Their schedule has run out.'),
  notFound: told(count, 'Not Found', 'Partner Center shows no such report.'),
  failed: told(count, 'Failed', 'They were not paused.'),
} satisfies Record<TallyState, z.ZodType>;

const counts = z.strictObject({
  everPaused: told(count, 'Ever Paused', 'How many reports we paused in it in all.'),
  ...states,
} satisfies Record<keyof ShownPastOccurrence['counts'], z.ZodType>);

const executions = z.strictObject({
  missed: told(count, 'Missed', 'Executions that were due while their reports were paused in it.'),
  missedReports: told(count, 'Missed Reports', 'Of so many reports.'),
  awaited: told(count, 'Awaited', 'Reports whose first execution after it is still to be seen.'),
  completed: told(count, 'Completed', 'Reports whose first execution after it was seen to be done.'),
  missing: told(count, 'Missing', 'Reports whose first execution after it never came.'),
  pausedAgain: told(
    count,
    'Paused Again',
    'Reports that were paused again before their first execution was seen.',
  ),
  first: told(
    z
      .strictObject({
        reportId: told(z.string(), 'Report ID', 'The id of the report.'),
        reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
        completedUtc: told(instant, 'Completed', 'When it was generated, in UTC.'),
      })
      .nullable(),
    'First',
    'The earliest execution that was seen to be done after it; empty where none was.',
  ),
} satisfies Record<keyof ShownPastOccurrence['executions'], z.ZodType>);

const notable = z.strictObject({
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  outcome: told(z.enum(tallyStates), 'Outcome', 'Where it stands, or what became of it.'),
  code: told(z.string().nullable(), 'Code', 'Why, by a stable code; empty where no run said it.'),
  message: told(z.string(), 'Message', 'The same in words for people.'),
  missedExecutions: told(count, 'Missed Executions', 'Executions that were due while it was paused in it.'),
} satisfies Record<keyof ShownNotable, z.ZodType>);

const lateness = {
  begunUtc: told(
    instant.nullable(),
    'Begun',
    'When its begin was acted on, in UTC; empty where it was not, or that was not kept.',
  ),
  begunLateInSeconds: told(count.nullable(), 'Begun Late', 'So many seconds after it was due.'),
  begunByRunId: told(z.string().nullable(), 'Begun By Run', 'The run that acted on it.'),
  endedUtc: told(instant.nullable(), 'Ended', 'When its end was acted on, in UTC; empty while it is on.'),
  endedLateInSeconds: told(count.nullable(), 'Ended Late', 'So many seconds after it was due.'),
  endedByRunId: told(z.string().nullable(), 'Ended By Run', 'The run that acted on it.'),
};

/** What became of one occurrence of a window. */
export const pastOccurrence = z.strictObject({
  account: told(z.string(), 'Account', 'The account whose reports it held.'),
  window: told(z.string(), 'Window', 'The name of the window.'),
  ...occurrenceFields,
  state: told(
    z.enum(['open', 'ending', 'done', 'missed', 'unknown']),
    'State',
    'Whether it is on (open), is over with something still owed, under way or doubtful (ending), is over and told (done), was passed over because no tick came (missed), or is over and nothing was kept of its reports (unknown).',
  ),
  ...lateness,
  said: told(shownWord.nullable(), 'Said', 'Who gave it another end than its window says.'),
  counts: told(counts, 'Counts', 'Where each of its reports stands, or what became of it.'),
  executions: told(executions, 'Executions', 'What it cost, and whether its reports run again.'),
  reports: told(
    z.array(notable).max(MAX_NOTABLE),
    'Reports',
    `The reports that were not just paused and brought back, or missed an execution; ${MAX_NOTABLE} at most.`,
  ),
  moreReports: told(count, 'More Reports', 'How many more of these there are.'),
  problem: told(
    z
      .strictObject({
        code: told(z.string(), 'Code', 'What is wrong, by a stable code.'),
        message: told(z.string(), 'Message', 'What is wrong, in words for people.'),
      })
      .nullable(),
    'Problem',
    'Why nothing could be done for it at the last look; empty where it could.',
  ),
  inWords: told(z.string(), 'In Words', 'All of it in one sentence for people.'),
} satisfies Record<keyof ShownPastOccurrence, z.ZodType>);

/** A page of occurrences. */
export const pastOccurrences = z.strictObject({
  occurrences: told(
    z.array(pastOccurrence),
    'Occurrences',
    'Occurrences of windows that are on or over, newest first.',
  ),
  continuation,
});

/** A run in a list. */
export const pastRun = z.strictObject({
  runId: told(z.string(), 'Run ID', 'The id of the run.'),
  correlationId: told(
    z.string(),
    'Correlation ID',
    'The id that ties the calls and log lines of the run together.',
  ),
  door: told(z.enum(runDoors), 'Door', 'What set the run off.'),
  accounts: told(z.array(z.string()), 'Accounts', 'The accounts on which it did something.'),
  who: told(z.string(), 'Who', 'Who set it off.'),
  why: told(z.string(), 'Why', 'In their words; empty where no reason was given.'),
  status: told(
    z.enum([...runStatuses, 'working']),
    'Status',
    'Whether all was done (ok), some of it (partial), nothing (failed), or it works on (working).',
  ),
  startedUtc: told(instant, 'Started', 'When the run began, in UTC.'),
  durationInMs: told(
    z.number().nullable(),
    'Duration',
    'How long it took, in milliseconds; empty while it works.',
  ),
  summary: told(summary, 'Summary', 'How many reports came to each outcome.'),
  problems: told(z.array(runProblem), 'Problems', 'The first of what concerned a whole account or the app.'),
  inWords: told(z.string(), 'In Words', 'All of it in one sentence for people.'),
} satisfies Record<keyof ShownPastRun, z.ZodType>);

/** A page of runs. */
export const pastRuns = z.strictObject({
  runs: told(z.array(pastRun), 'Runs', 'Runs that did something, newest first.'),
  continuation,
});

const historyEntry = z.strictObject({
  atUtc: told(instant, 'At', 'When it was, in UTC.'),
  what: told(z.string(), 'What', 'The stable name of what happened.'),
  who: told(z.string(), 'Who', 'Who set it off.'),
  why: told(z.string(), 'Why', 'The reason, in words.'),
  runId: told(z.string(), 'Run ID', 'The run in which it was.'),
  observed: told(z.string().nullable(), 'Observed', 'What was seen at Partner Center afterwards.'),
  requestId: told(z.string().nullable(), 'Request ID', 'By this id Microsoft can look the call up.'),
  inWords: told(z.string(), 'In Words', 'All of it in one sentence for people.'),
} satisfies Record<keyof ShownHistoryEntry, z.ZodType>);

/** What happened to one report. */
export const reportHistory = z.strictObject({
  account: told(z.string(), 'Account', 'The account that the report belongs to.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  entries: told(z.array(historyEntry), 'Entries', 'What happened to it, newest first.'),
  continuation,
} satisfies Record<keyof ShownReportHistory | 'continuation', z.ZodType>);
