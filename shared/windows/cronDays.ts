import type { CalendarDay } from '../time/cronCalendar.ts';

/** Whether a day is meant by one element of a day field. */
export type DayRule = (day: CalendarDay) => boolean;

const SUNDAY = 0;
const SATURDAY = 6;

/** The days of the month with these numbers. */
export function daysOfMonth(values: readonly number[]): DayRule {
  return ({ day }) => values.includes(day);
}

/** The last day of the month. */
export const lastDayOfMonth: DayRule = ({ day, lastDay }) => day === lastDay;

/** The day so many days before the last of the month; none where the month is too short. */
export function daysBeforeLast(count: number): DayRule {
  return ({ day, lastDay }) => day === lastDay - count;
}

/** The last day of the month that is neither a Saturday nor a Sunday. */
export const lastWorkingDay: DayRule = (today) => today.day === nearestWorkingDay(today.lastDay, today);

/** The day from Monday to Friday, of the same month, that is nearest to a day of the month; none where it has no such day. */
export function workingDayNear(day: number): DayRule {
  return (today) => day <= today.lastDay && today.day === nearestWorkingDay(day, today);
}

/** The days with these weekdays, 0 for Sunday. */
export function daysOfWeek(values: readonly number[]): DayRule {
  return ({ weekday }) => values.includes(weekday);
}

/** The first, second … of a weekday in the month. */
export function nthWeekday(weekday: number, nth: number): DayRule {
  return (today) => today.weekday === weekday && Math.ceil(today.day / 7) === nth;
}

/** The last of a weekday in the month. */
export function lastWeekday(weekday: number): DayRule {
  return (today) => today.weekday === weekday && today.day + 7 > today.lastDay;
}

function nearestWorkingDay(day: number, { day: known, weekday, lastDay }: CalendarDay): number {
  switch ((((weekday + day - known) % 7) + 7) % 7) {
    case SUNDAY:
      return day === lastDay ? day - 2 : day + 1;
    case SATURDAY:
      return day === 1 ? day + 2 : day - 1;
    default:
      return day;
  }
}
