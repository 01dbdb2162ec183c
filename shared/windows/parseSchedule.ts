import { z } from 'zod';
import { compileCronStart, parseCronStart, shortestPeriodMs } from './cronStart.ts';
import { parseDurationMs } from './duration.ts';
import { parseOneOff } from './parseOneOff.ts';
import { parseTimeZone } from './timeZone.ts';
import { wallDate, wallTimeOfDate } from './wallTime.ts';
import type { RecurringSchedule, Schedule } from './window.ts';
import { faultsOf } from './windowFields.ts';
import { type Fault, good, type Parsed, quote, within } from './windowProblem.ts';

/** The most dates one window may skip. */
export const MAX_SKIP_DATES = 1_000;

const dateField = z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text), {
  error: 'This is not a date of the calendar. Write YYYY-MM-DD.',
  params: { code: 'bad_date' },
});

const recurringInput = z.strictObject({
  start: z.string(),
  duration: z.string().nullish(),
  timeZone: z.string(),
  skipDates: z.array(dateField).max(MAX_SKIP_DATES).optional(),
});

/** The property `schedule` of a window: `{from, to, timeZone?}` once, or `{start, duration?, timeZone, skipDates?}`. */
export function parseSchedule(input: unknown): Parsed<Schedule> {
  const isOneOff = typeof input === 'object' && input !== null && ('from' in input || 'to' in input);
  return isOneOff ? parseOneOff(input) : parseRecurring(input);
}

function parseRecurring(input: unknown): Parsed<RecurringSchedule> {
  const read = recurringInput.safeParse(input);
  if (!read.success) return { ok: false, faults: faultsOf(read.error, input) };
  const start = within(['start'], parseCronStart(read.data.start));
  const duration = within(
    ['duration'],
    read.data.duration == null ? good(null) : parseDurationMs(read.data.duration),
  );
  const timeZone = within(['timeZone'], parseTimeZone(read.data.timeZone));
  if (!start.ok || !duration.ok || !timeZone.ok) {
    return { ok: false, faults: [start, duration, timeZone].flatMap((part) => part.faults) };
  }
  const skipDates = [...new Set(read.data.skipDates)];
  const schedule: RecurringSchedule = {
    kind: 'recurring',
    start: start.value,
    durationMs: duration.value,
    timeZone: timeZone.value,
    skipDates,
  };
  const overlap = overlapWithItself(schedule);
  return overlap ? { ok: false, faults: [overlap] } : good(schedule, idleSkipDates(schedule));
}

/** Compared on the wall clock: that a change of clocks brings two starts nearer is no fault of the configuration. */
function overlapWithItself({ start, durationMs }: RecurringSchedule): Fault | null {
  const periodMs = durationMs === null ? null : shortestPeriodMs(compileCronStart(start));
  if (durationMs === null || periodMs === null || durationMs <= periodMs) return null;
  const message =
    `The window lasts ${durationMs / 60_000} minutes, but two of its starts are only ${periodMs / 60_000} minutes apart. ` +
    'Shorten the duration, or start less often.';
  return { path: ['duration'], code: 'longer_than_period', message, severity: 'error' };
}

/** A skipped date without a start is likely a slip, and would leave the start that was meant in place. */
function idleSkipDates({ start, skipDates }: RecurringSchedule): readonly Fault[] {
  const starts = compileCronStart(start);
  return skipDates.flatMap((date, index): readonly Fault[] => {
    const first = starts.next(wallTimeOfDate(date) - 1);
    if (first !== null && wallDate(first) === date) return [];
    const message = `The window does not start on ${quote(date)}, so there is nothing to skip. Check the date.`;
    return [{ path: ['skipDates', index], code: 'skip_date_without_start', message, severity: 'warning' }];
  });
}

function isDate(text: string): boolean {
  const atMs = wallTimeOfDate(text);
  return !Number.isNaN(atMs) && wallDate(atMs) === text;
}
