import { bad, good, type Parsed, quote } from './windowProblem.ts';

const MINUTE_IN_MS = 60_000;
const DAY_IN_MINUTES = 24 * 60;

/** Milliseconds from midnight, above 0 and at most 24 hours, of `HH:MM`. `00:00` is the midnight at the day's end, as `24:00`. */
export function parseTimeOfDayMs(text: string): Parsed<number> {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text === '24:00' ? '00:00' : text) ?? [];
  if (hours === undefined || minutes === undefined) {
    return bad(
      [],
      'bad_time_of_day',
      `${quote(text)} is not a time of day. Write hours and minutes from "00:00" to "24:00", for example "06:00".`,
    );
  }
  return good((Number(hours) * 60 + Number(minutes) || DAY_IN_MINUTES) * MINUTE_IN_MS);
}

/** The same as text, `24:00` for midnight. */
export function timeOfDayText(timeOfDayMs: number): string {
  const minutes = Math.round(timeOfDayMs / MINUTE_IN_MS);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
