import { z } from 'zod';
import { parseCronStart } from './cronStart.ts';
import { endFields, overlapWithItself, parseEnd } from './parseEnd.ts';
import { parseTimeZone } from './timeZone.ts';
import { wallStartsOf } from './wallStarts.ts';
import { wallDate, wallTimeOfDate } from './wallTime.ts';
import type { RecurringSchedule } from './window.ts';
import { dateField, quotedFaultsOf } from './windowFields.ts';
import { bad, type Fault, good, type Parsed, quote, within } from './windowProblem.ts';

/** The most dates one window may skip. */
const MAX_SKIP_DATES = 1_000;

const recurringInput = z.strictObject({
  start: z.string(),
  ...endFields,
  timeZone: z.string(),
  validFrom: dateField.optional(),
  validTo: dateField.optional(),
  skipDates: z.array(dateField).max(MAX_SKIP_DATES).optional(),
});

/**
 * A window that comes again: `{start, timeZone}`, one of `end`, `duration` and `untilResumed`, and maybe `validFrom`,
 * `validTo` and `skipDates`. Only where the window names its reports may it leave out how it ends, with a warning.
 */
export function parseRecurring(input: unknown, namesReports: boolean): Parsed<RecurringSchedule> {
  const read = recurringInput.safeParse(input);
  if (!read.success) return { ok: false, faults: quotedFaultsOf(read.error, input) };
  const { validFrom = null, validTo = null } = read.data;
  const start = within(['start'], parseCronStart(read.data.start));
  const end = parseEnd(read.data, namesReports);
  const timeZone = within(['timeZone'], parseTimeZone(read.data.timeZone));
  const dates = inOrder(validFrom, validTo);
  if (!start.ok || !end.ok || !timeZone.ok || !dates.ok) {
    return { ok: false, faults: [start, end, timeZone, dates].flatMap((part) => part.faults) };
  }
  const schedule: RecurringSchedule = {
    kind: 'recurring',
    start: start.value,
    end: end.value,
    timeZone: timeZone.value,
    ...{ validFrom, validTo, skipDates: [...new Set(read.data.skipDates)] },
  };
  const errors = [overlapWithItself(schedule, read.data), withoutStart(schedule)].filter(
    (fault) => fault !== null,
  );
  return errors.length > 0
    ? { ok: false, faults: errors }
    : good(schedule, [...end.faults, ...idleSkipDates(schedule)]);
}

function inOrder(validFrom: string | null, validTo: string | null): Parsed<null> {
  return validFrom === null || validTo === null || validFrom <= validTo
    ? good(null)
    : bad(
        ['validTo'],
        'valid_to_before_valid_from',
        `${quote(validTo)} is before "validFrom", ${quote(validFrom)}. Write a later last date, or an earlier first one.`,
      );
}

/** Told of what is written alone, whatever the date of today. */
function withoutStart(schedule: RecurringSchedule): Fault | null {
  const { start, validFrom, validTo } = schedule;
  if (validFrom === null || validTo === null) return null;
  if (wallStartsOf(schedule).next(wallTimeOfDate(validFrom) - 1) !== null) return null;
  const message =
    `${quote(validTo)} leaves no start: ${quote(start)}, without the skipped dates, has none from "validFrom", ` +
    `${quote(validFrom)}, to it. Write other dates.`;
  return { path: ['validTo'], code: 'never_starts', message, severity: 'error' };
}

/** A skipped date without a start is likely a slip, and would leave the start that was meant in place. */
function idleSkipDates(schedule: RecurringSchedule): readonly Fault[] {
  const starts = wallStartsOf({ ...schedule, skipDates: [] });
  return schedule.skipDates.flatMap((date, index): readonly Fault[] => {
    const next = starts.next(wallTimeOfDate(date) - 1);
    if (next !== null && wallDate(next) === date) return [];
    const message = `The window does not start on ${quote(date)}, so there is nothing to skip. Check the date.`;
    return [{ path: ['skipDates', index], code: 'skip_date_without_start', message, severity: 'warning' }];
  });
}
