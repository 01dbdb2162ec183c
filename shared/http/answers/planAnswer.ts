import { z } from 'zod';
import type { ForecastOccurrence, Plan, PlannedReport } from '../../service/plan.ts';
import { accountProblem, expectedResume, hold } from './reportAnswers.ts';
import { reportStatus } from './runAnswer.ts';
import { count, instant, localInstant, told } from './told.ts';

/** What would be done about one report. */
export const plannedReport = z.strictObject({
  account: told(z.string(), 'Account', 'The account that the report belongs to.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  status: told(reportStatus, 'Status', 'The status of the report now.'),
  action: told(z.enum(['pause', 'resume', 'none']), 'Action', 'What would be done.'),
  reason: told(z.string(), 'Reason', 'Why, by a stable code.'),
  message: told(z.string(), 'Message', 'The same in words for people.'),
  holds: told(z.array(hold), 'Holds', 'Every reason why the report shall be paused at that instant.'),
  expectedResumeUtc: told(
    expectedResume,
    'Expected Resume',
    'When the report comes back, in UTC, or whenAsked where a hold has no end.',
  ),
  inFlight: told(
    count.nullable(),
    'In Flight',
    'Executions that are pending or running now, if they were asked for.',
  ),
  executionsInWindowUtc: told(
    z.array(instant),
    'Executions In Window',
    'Executions that fall into the windows open at that instant, in UTC.',
  ),
} satisfies Record<keyof PlannedReport, z.ZodType>);

/** A window that opens in the asked range. */
export const forecastOccurrence = z.strictObject({
  window: told(z.string(), 'Window', 'The name of the window.'),
  fromUtc: told(instant, 'From', 'When it opens, in UTC.'),
  fromLocal: told(localInstant, 'From (Local)', 'The same in the time zone of the window.'),
  untilUtc: told(instant, 'Until', 'When it closes, in UTC.'),
  untilLocal: told(localInstant, 'Until (Local)', 'The same in the time zone of the window.'),
  actions: told(z.record(z.string(), count), 'Actions', 'How many reports each action would concern.'),
  executions: told(count, 'Executions', 'Executions that fall into it, over all its reports.'),
} satisfies Record<keyof ForecastOccurrence, z.ZodType>);

/** What would be done at an instant. */
export const plan = z.strictObject({
  atUtc: told(instant, 'At', 'The instant that the plan is for, in UTC.'),
  mode: told(z.string(), 'Mode', 'The setting MODE: act, observe or off.'),
  reports: told(z.array(plannedReport), 'Reports', 'What would be done about each report.'),
  forecast: told(z.array(forecastOccurrence), 'Forecast', 'The windows that open in the asked range.'),
  problems: told(z.array(accountProblem), 'Problems', 'The accounts that could not be read.'),
} satisfies Record<keyof Plan, z.ZodType>);
