import { z } from 'zod';
import type { ShownExecution, ShownReadiness, WindowReadiness } from '../../service/windowReadiness.ts';
import { count, instant, told } from './told.ts';
import { occurrence } from './windowsAnswer.ts';

const readyReport = z.strictObject({
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  code: told(z.string(), 'Code', 'Why, by a stable code.'),
  message: told(z.string(), 'Message', 'The same in words for people.'),
} satisfies Record<keyof ShownReadiness, z.ZodType>);

const execution = z.strictObject({
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report.'),
  executionId: told(z.string(), 'Execution ID', 'The id of the execution.'),
  status: told(z.string(), 'Status', 'Pending or Running.'),
} satisfies Record<keyof ShownExecution, z.ZodType>);

const counts = z.strictObject({
  selected: told(count, 'Selected', 'Reports that the window selects, or holds though they are not shown.'),
  paused: told(count, 'Paused', 'Reports that are confirmed paused by us.'),
  pausedByOthers: told(count, 'Paused By Others', 'Reports that somebody else had paused.'),
  notPaused: told(count, 'Not Paused', 'Reports that are not paused, and why is told.'),
  exempt: told(count, 'Exempt', 'Reports that people left out of the window; nothing waits for them.'),
  waiting: told(count, 'Waiting', 'Reports of which none of this is known yet.'),
  executions: told(count, 'Executions', 'Executions that are not over.'),
  executionsUnread: told(count, 'Executions Unread', 'Reports whose executions are still to be asked for.'),
} satisfies Record<keyof WindowReadiness['counts'], z.ZodType>);

/** Whether the work that a window is for may begin. */
export const windowReadiness = z.strictObject({
  window: told(z.string(), 'Window', 'The name of the window.'),
  account: told(z.string(), 'Account', 'The account whose reports it holds.'),
  isReady: told(
    z.boolean(),
    'Is Ready',
    'Whether every report is confirmed paused or told why not, and no execution of them runs any more.',
  ),
  occurrence: told(occurrence, 'Occurrence', 'The occurrence that is open now.'),
  counts: told(counts, 'Counts', 'How many there are of each; the lists name the first hundred.'),
  waiting: told(z.array(readyReport), 'Waiting', 'Reports that keep it from being ready.'),
  notPaused: told(
    z.array(readyReport),
    'Not Paused',
    'Reports that are not paused and will not be now: look at them before the work begins.',
  ),
  executions: told(z.array(execution), 'Executions', 'Executions that are not over.'),
  problem: told(
    z
      .strictObject({
        code: told(z.string(), 'Code', 'Why not, by a stable code.'),
        message: told(z.string(), 'Message', 'The same in words for people.'),
      })
      .nullable(),
    'Problem',
    'Why executions could not be asked for; empty where they could.',
  ),
  readUtc: told(instant, 'Read', 'When the reports were read at Partner Center, in UTC.'),
  ageInSeconds: told(count, 'Age', 'How long ago that was, in seconds.'),
} satisfies Record<keyof WindowReadiness, z.ZodType>);
