import { z } from 'zod';
import type { ExemptionChange, ExemptionEffect, ShownExemptions } from '../../service/exemptionOutcome.ts';
import type {
  NamedReports,
  ShownExemption,
  ShownExemptionEnd,
  ShownSelector,
} from '../../service/shownExemption.ts';
import { count, instant, localInstant, told } from './told.ts';

const namedReports = z.strictObject({
  count: told(count, 'Count', 'How many there are.'),
  reports: told(
    z.array(
      z.strictObject({
        reportId: told(z.string(), 'Report ID', 'The id of the report.'),
        reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not known.'),
      }),
    ),
    'Reports',
    'The first hundred of them.',
  ),
} satisfies Record<keyof NamedReports, z.ZodType>);

const selector = z.strictObject({
  ids: told(z.array(z.string()).nullable(), 'Report IDs', 'The reports with these ids.'),
  all: told(z.boolean(), 'All', 'Every report of the account.'),
  namePattern: told(
    z.string().nullable(),
    'Name Pattern',
    'The reports whose whole name matches, those included that appear later.',
  ),
  queryId: told(z.string().nullable(), 'Query ID', 'The reports of this query.'),
} satisfies Record<keyof ShownSelector, z.ZodType>);

const exemptionEnd = z.strictObject({
  who: told(z.string(), 'Who', 'Who ended it early.'),
  why: told(z.string(), 'Why', 'Why, in their words.'),
  atUtc: told(instant, 'At', 'When, in UTC.'),
} satisfies Record<keyof ShownExemptionEnd, z.ZodType>);

/** A word that reports are left out of windows for a while. */
export const shownExemption = z.strictObject({
  id: told(z.string(), 'ID', 'The id of the exemption, by which it can be ended.'),
  account: told(z.string(), 'Account', 'The account of the reports.'),
  reports: told(selector, 'Reports', 'Which reports are left out, as it was written.'),
  allWindows: told(z.boolean(), 'All Windows', 'Whether every window of the account leaves them out.'),
  windows: told(z.array(z.string()), 'Windows', 'The windows that leave them out; empty where all do.'),
  untilUtc: told(instant, 'Until', 'When it ends by itself, in UTC.'),
  untilLocal: told(
    localInstant.nullable(),
    'Until (Local)',
    'The same in the time zone that was named; empty where none was.',
  ),
  who: told(z.string(), 'Who', 'Who made it.'),
  why: told(z.string(), 'Why', 'Why, in their words.'),
  madeUtc: told(instant, 'Made', 'When it was made, in UTC.'),
  state: told(
    z.enum(['active', 'ended', 'expired']),
    'State',
    'Whether it counts, was ended early or has expired; what is over is shown for a day.',
  ),
  ended: told(exemptionEnd.nullable(), 'Ended', 'Who ended it early; empty where nobody did.'),
  leavesOut: told(
    namedReports.nullable(),
    'Leaves Out',
    'What its windows would select now but for it; empty where that could not be read, or it is over.',
  ),
} satisfies Record<keyof ShownExemption, z.ZodType>);

const effect = z.strictObject({
  resumes: told(
    namedReports,
    'Resumes',
    'Reports that come back: only windows that leave them out held them.',
  ),
  pauses: told(namedReports, 'Pauses', 'Reports that an open window pauses again once it is ended.'),
  staysPaused: told(
    namedReports,
    'Stays Paused',
    'Reports that are left out and stay paused: something else holds them, or a person paused them.',
  ),
} satisfies Record<keyof ExemptionEffect, z.ZodType>);

/** An exemption that was made or ended, or would be. */
export const exemptionChange = z.strictObject({
  exemption: told(shownExemption, 'Exemption', 'The exemption as it is now.'),
  effect: told(
    effect.nullable(),
    'Effect',
    'What the next tick does about reports that are paused or held now; empty where they could not be read.',
  ),
  actsUtc: told(instant, 'Acts', 'When the next tick does that, in UTC.'),
  dryRun: told(z.boolean(), 'Dry Run', 'Whether nothing was written, and this is what would be.'),
} satisfies Record<keyof ExemptionChange, z.ZodType>);

/** Every exemption. */
export const shownExemptions = z.strictObject({
  exemptions: told(
    z.array(shownExemption),
    'Exemptions',
    'Those that count, the first to end first; then those that ended within a day.',
  ),
  problems: told(
    z.array(
      z.strictObject({
        account: told(z.string(), 'Account', 'The account that could not be read.'),
        code: told(z.string(), 'Code', 'Why not, by a stable code.'),
        message: told(z.string(), 'Message', 'The same in words for people.'),
      }),
    ),
    'Problems',
    'Accounts whose reports could not be read; their exemptions are listed all the same.',
  ),
} satisfies Record<keyof ShownExemptions, z.ZodType>);
