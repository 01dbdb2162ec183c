import { parseOneOff } from './parseOneOff.ts';
import { parseRecurring } from './parseRecurring.ts';
import type { Schedule } from './window.ts';
import type { Parsed } from './windowProblem.ts';

/** The property `schedule` of a window: once, with `from` and `to`, or by a cron `start`. */
export function parseSchedule(input: unknown, namesReports: boolean): Parsed<Schedule> {
  const isOneOff = typeof input === 'object' && input !== null && ('from' in input || 'to' in input);
  return isOneOff ? parseOneOff(input) : parseRecurring(input, namesReports);
}
