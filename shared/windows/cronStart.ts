import { type CronCalendar, createCronCalendar } from '../time/cronCalendar.ts';
import { parseCronFields } from './cronFields.ts';
import { bad, good, type Parsed, quote } from './windowProblem.ts';

/**
 * The wall times at which a cron expression starts, without any zone. All in UTC-like milliseconds.
 * @throws RangeError on an expression that {@link parseCronStart} refuses.
 */
export function compileCronStart(expression: string): CronCalendar {
  const fields = parseCronFields(expression);
  const calendar = fields.ok ? createCronCalendar(fields.value) : null;
  if (calendar === null) throw new RangeError('This cron expression never starts.');
  return calendar;
}

/**
 * Whether a start in an hour that clocks show twice comes twice: the hour is a wildcard, a range or one with a step. An
 * hour that is named comes once.
 */
export function startsInBothPasses(expression: string): boolean {
  return /[*/-]/.test(expression.trim().split(/\s+/).at(-4) ?? '');
}

/** The expression with single spaces, after every check that needs no other field. */
export function parseCronStart(text: string): Parsed<string> {
  const fields = parseCronFields(text);
  if (!fields.ok) return fields;
  const expression = text.trim().split(/\s+/).join(' ');
  return createCronCalendar(fields.value) === null
    ? bad(
        [],
        'never_starts',
        `${quote(expression)} names a day that does not exist, so the window would never start. Write another day or month.`,
      )
    : good(expression);
}
