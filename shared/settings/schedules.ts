import { type CronCalendar, createCronCalendar } from '../time/cronCalendar.ts';
import { parseNcrontab } from '../time/ncrontab.ts';
import { parseCronStart } from '../windows/cronStart.ts';
import { quote } from '../windows/windowProblem.ts';

/** When a timer's schedule fires, or what is wrong with it, to go on after the name of its setting. */
export type ReadTickSchedule =
  | { readonly ok: true; readonly calendar: CronCalendar }
  | { readonly ok: false; readonly message: string };

/** Reads a timer's schedule as Azure does. One that never fires is refused, though Azure takes it. */
export function readTickSchedule(text: string): ReadTickSchedule {
  const read = parseNcrontab(text);
  if (!read.ok) {
    return { ok: false, message: `${quoteOfCron(text)}${read.problem}` };
  }
  const { days, weekdays, ...rest } = read.fields;
  const calendar = createCronCalendar({
    ...rest,
    isDay: ({ day, weekday }) => days.includes(day) && weekdays.includes(weekday),
  });
  return calendar === null
    ? {
        ok: false,
        message: `${quoteOfCron(text)}never fires, since there is no such day: write another day or month`,
      }
    : { ok: true, calendar };
}

/** What is wrong with the start of the window `default`, to go on after the name of its setting; null where nothing is. */
export function pauseScheduleProblem(text: string): string | null {
  const faults = parseCronStart(text).faults.map(({ message }) => message);
  const told = hasShapeOfCron(text)
    ? faults
    : ['must be cron of five fields, or six with seconds first, for example "0 22 * * SAT"'];
  return faults.length === 0 ? null : told.join(' ');
}

/** What was written, in quotes and with a blank behind it; nothing where it is no cron at all. */
function quoteOfCron(text: string): string {
  return hasShapeOfCron(text) ? `${quote(text.trim())} ` : '';
}

/** Only then a value is repeated to people: any other, in the wrong place, may be a secret. */
function hasShapeOfCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return text.length <= 256 && fields.length >= 5 && fields.length <= 7;
}
