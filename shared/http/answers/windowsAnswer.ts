import { z } from 'zod';
import type {
  ShownExempt,
  ShownOccurrence,
  ShownSelection,
  ShownWindow,
  ShownWord,
} from '../../service/shownWindow.ts';
import type { ShownWindows } from '../../service/showWindows.ts';
import type { WindowProblem } from '../../windows/windowProblem.ts';
import { count, instant, localInstant, told } from './told.ts';

/** From when to when a window is open. */
export const occurrenceFields = {
  weekday: told(
    z.string(),
    'Weekday',
    'The day of the week on which it opens, in the time zone of the window.',
  ),
  fromUtc: told(instant, 'From', 'When it opens, in UTC.'),
  fromLocal: told(localInstant, 'From (Local)', 'The same in the time zone of the window.'),
  untilUtc: told(
    instant.nullable(),
    'Until',
    'When it closes, in UTC; empty where its reports stay paused until somebody resumes them.',
  ),
  untilLocal: told(localInstant.nullable(), 'Until (Local)', 'The same in the time zone of the window.'),
} satisfies Record<keyof ShownOccurrence, z.ZodType>;

/** An occurrence of a window. */
export const occurrence = z.strictObject(occurrenceFields);

const exempt = z.strictObject({
  reportId: told(z.string(), 'Report ID', 'The id of the report.'),
  reportName: told(z.string(), 'Report Name', 'The name of the report, empty where it is not shown.'),
  exemptionId: told(z.string(), 'Exemption ID', 'The exemption that leaves it out.'),
  untilUtc: told(instant, 'Until', 'Until when it does, in UTC.'),
} satisfies Record<keyof ShownExempt, z.ZodType>);

const selection = z.strictObject({
  count: told(count, 'Count', 'How many reports it selects.'),
  reports: told(
    z.array(
      z.strictObject({
        reportId: told(z.string(), 'Report ID', 'The id of the report.'),
        reportName: told(z.string(), 'Report Name', 'The name of the report.'),
      }),
    ),
    'Reports',
    'The first of them.',
  ),
  isOverLimit: told(
    z.boolean(),
    'Is Over Limit',
    'Whether they are more than the window may pause, so that it pauses none.',
  ),
  unknownIds: told(
    z.array(z.string()),
    'Unknown IDs',
    'The first of the ids that it names and that the account does not show.',
  ),
  exemptCount: told(
    count,
    'Exempt Count',
    'How many reports more it would select, had nobody left them out.',
  ),
  exempt: told(z.array(exempt), 'Exempt', 'The first of those that people left out.'),
} satisfies Record<keyof ShownSelection, z.ZodType>);

/** What a person said of one occurrence. */
export const shownWord = z.strictObject({
  what: told(z.enum(['ended', 'extended']), 'What', 'Whether it was ended early or is to last longer.'),
  fromUtc: told(instant, 'From', 'When the occurrence began, in UTC.'),
  untilUtc: told(instant, 'Until', 'When it ended, or is to end, by this word, in UTC.'),
  who: told(z.string(), 'Who', 'Who said so.'),
  why: told(z.string(), 'Why', 'Why, in their words.'),
  saidUtc: told(instant, 'Said', 'When they said so, in UTC.'),
} satisfies Record<keyof ShownWord, z.ZodType>);

/** A maintenance window. */
export const shownWindow = z.strictObject({
  name: told(z.string(), 'Name', 'The name of the window.'),
  account: told(z.string(), 'Account', 'The account whose reports it holds.'),
  enabled: told(z.boolean(), 'Enabled', 'Whether it opens at all.'),
  fingerprint: told(
    z.string(),
    'Fingerprint',
    'Another one whenever anything of the window is written otherwise.',
  ),
  state: told(
    z.enum(['open', 'closed', 'over', 'disabled']),
    'State',
    'Whether it is open now, will open, will never open again, or does not count.',
  ),
  rule: told(z.string(), 'Rule', 'When it is open, in words.'),
  timeZone: told(z.string(), 'Time Zone', 'The IANA time zone in which it is written.'),
  end: told(
    z.string().nullable(),
    'End',
    'The time of day at which it ends, such as 06:00; empty where it ends otherwise, or not.',
  ),
  untilResumed: told(
    z.boolean(),
    'Until Resumed',
    'Whether its reports stay paused until somebody resumes them.',
  ),
  validFrom: told(
    z.iso.date().nullable(),
    'Valid From',
    'The first date on which it may start, in its time zone; empty has none.',
  ),
  validTo: told(
    z.iso.date().nullable(),
    'Valid To',
    'The last date on which it may start, in its time zone; empty has none.',
  ),
  onManualResume: told(
    z.enum(['respect', 'reassert']),
    'On Manual Resume',
    'What happens where a person resumes a report inside the window.',
  ),
  maxReports: told(count, 'Most Reports', 'How many reports it may touch at most.'),
  now: told(occurrence.nullable(), 'Now', 'The occurrence that is open now, if one is.'),
  said: told(
    shownWord.nullable(),
    'Said',
    'Who gave the occurrence of now another end than the window says; one that was ended is not open any more.',
  ),
  next: told(z.array(occurrence), 'Next', 'The next occurrences.'),
  skipDates: told(
    z.array(z.iso.date()),
    'Skip Dates',
    'The dates from today on, for a year, on which it does not start.',
  ),
  selects: told(
    selection.nullable(),
    'Selects',
    'Which reports it selects now; empty where those of its account could not be read.',
  ),
} satisfies Record<keyof ShownWindow, z.ZodType>);

/** Something that is wrong with a window. */
export const windowProblem = z.strictObject({
  window: told(z.string().nullable(), 'Window', 'The name of the window, as far as it could be read.'),
  pointer: told(z.string(), 'Pointer', 'Where the fault is, as a JSON pointer into the list of windows.'),
  code: told(z.string(), 'Code', 'What is wrong, by a stable code.'),
  message: told(z.string(), 'Message', 'What is wrong, and what to do.'),
  severity: told(z.enum(['error', 'warning']), 'Severity', 'An error stops the window, a warning does not.'),
} satisfies Record<keyof WindowProblem, z.ZodType>);

/** A window and what is wrong with it. */
export const windowAlone = shownWindow.extend({
  problems: told(
    z.array(windowProblem),
    'Problems',
    'What is wrong with it, and why it will do nothing or do it for good.',
  ),
});

/** Every window and what is wrong with them. */
export const shownWindows = z.strictObject({
  areReadable: told(
    z.boolean(),
    'Are Readable',
    'Whether every entry of every source could be read. The windows that are listed work in any case.',
  ),
  windows: told(z.array(shownWindow), 'Windows', 'Every window with its next occurrences.'),
  problems: told(
    z.array(windowProblem),
    'Problems',
    'What is wrong with the windows, and which will do nothing or do it for good.',
  ),
} satisfies Record<keyof ShownWindows, z.ZodType>);
