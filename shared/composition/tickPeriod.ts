import { readTickSchedule } from '../settings/schedules.ts';

/** The time between two ticks, in milliseconds. */
export interface TickPeriod {
  /** The longest that the schedule ever leaves: that of the night or the weekend, where it has one. */
  readonly longestInMs: number;
  /** The one that an instant falls into, from the tick at or before it to the next. */
  inMsAt(atMs: number): number;
  /** The first tick after an instant, epoch milliseconds. */
  nextMs(atMs: number): number;
}

/** @throws RangeError on a schedule that the settings refuse. */
export function tickPeriodOf(schedule: string): TickPeriod {
  const read = readTickSchedule(schedule);
  if (!read.ok) {
    throw new RangeError(`This schedule ${read.message}.`);
  }
  const { calendar } = read;
  return {
    longestInMs: calendar.gaps().longestMs,
    nextMs: (atMs) => calendar.next(atMs),
    inMsAt: (atMs) => calendar.next(atMs) - calendar.previous(atMs),
  };
}
