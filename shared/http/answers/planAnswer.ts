import { z } from 'zod';
import type { ForecastOccurrence } from '../../service/forecast.ts';
import type { LeftOutOf } from '../../service/leftOutOf.ts';
import type { Plan, PlannedReport } from '../../service/plan.ts';
import { accountProblem, expectedResume, shownHolds } from './reportAnswers.ts';
import { reportStatus } from './runAnswer.ts';
import { count, instant, told } from './told.ts';
import { occurrenceFields, windowProblem } from './windowsAnswer.ts';

const leftOutOf = z.strictObject({
  window: told(z.string(), 'Window', 'The name of the window.'),
  exemptionId: told(z.string(), 'Exemption ID', 'The exemption that leaves the report out of it.'),
  untilUtc: told(instant, 'Until', 'Until when it does, in UTC.'),
  who: told(z.string(), 'Who', 'Who said so.'),
  why: told(z.string(), 'Why', 'Why, in their words.'),
} satisfies Record<keyof LeftOutOf, z.ZodType>);

/** What would be done about one report. */
export const plannedReport = z.strictObject({
  account: told(z.string(), 'Account', 'The account that the report belongs to.'),
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
  status: told(reportStatus, 'Status', 'The status of the report now.'),
  action: told(z.enum(['pause', 'resume', 'none']), 'Action', 'What would be done.'),
  reason: told(z.string(), 'Reason', 'Why, by a stable code.'),
  message: told(z.string(), 'Message', 'The same in words for people.'),
  ...shownHolds,
  ...expectedResume,
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
  leftOutOf: told(
    z.array(leftOutOf),
    'Left Out Of',
    'The windows open at that instant, or about to open, that an exemption leaves it out of.',
  ),
} satisfies Record<keyof PlannedReport, z.ZodType>);

/** A window that opens in the asked range. */
const forecastOccurrence = z.strictObject({
  window: told(z.string(), 'Window', 'The name of the window.'),
  ...occurrenceFields,
  actions: told(z.record(z.string(), count), 'Actions', 'How many reports each action would concern.'),
  executions: told(count, 'Executions', 'Executions that fall into it, over all its reports.'),
} satisfies Record<keyof ForecastOccurrence, z.ZodType>);

/** What would be done at an instant. */
export const plan = z.strictObject({
  atUtc: told(instant, 'At', 'The instant that the plan is for, in UTC.'),
  mode: told(z.string(), 'Mode', 'The setting MODE: act, observe or off.'),
  reports: told(z.array(plannedReport), 'Reports', 'What would be done about each report.'),
  forecast: told(
    z.array(forecastOccurrence),
    'Forecast',
    'The windows that open from at (included) to until (not included), in order of time.',
  ),
  forecastCutAtUtc: told(
    instant.nullable(),
    'Forecast Cut At',
    'Where the forecast stops short: ask again with this as at. Empty where all of the range is told.',
  ),
  warnings: told(z.array(windowProblem), 'Warnings', 'Windows that will do nothing, or do it for good.'),
  problems: told(z.array(accountProblem), 'Problems', 'The accounts that could not be read.'),
  inWords: told(
    z.array(z.string()).optional(),
    'In Words',
    'Where one report was asked about: what would be done, what holds it until when, and what comes next, in sentences.',
  ),
} satisfies Record<keyof Plan, z.ZodType>);
