import { Cron } from 'croner';

/** Milliseconds between two fires of a timer's schedule: the longest of the next ones, so that a tick is never missed in a gap. */
export function tickPeriodInMs(schedule: string): number {
  // UTC by its offset and not by its name, for which Node would load its calendars.
  const [first, ...rest] = new Cron(schedule, { paused: true, utcOffset: 0 }).nextRuns(25);
  let last = first?.getTime() ?? 0;
  let longest = 0;
  for (const fire of rest) {
    longest = Math.max(longest, fire.getTime() - last);
    last = fire.getTime();
  }
  return longest;
}
