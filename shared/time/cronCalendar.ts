import { atOrAfter, atOrBefore, type Hand, spanOf } from './clockHands.ts';

/** A day as the day fields of a cron expression see it. */
export interface CalendarDay {
  /** 1 to 31. */
  readonly day: number;
  /** Of its month, 28 to 31. */
  readonly lastDay: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** What a cron expression names. All lists ascend and have at least one value. */
export interface CronFields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 to 12. */
  readonly months: readonly number[];
  isDay(day: CalendarDay): boolean;
}

/** The times of a cron expression on a calendar without clock changes, as epoch milliseconds of UTC. */
export interface CronCalendar {
  /** How many times a day that is named has. */
  readonly timesADay: number;
  /** The first time after an instant. */
  next(afterMs: number): number;
  /** The last time at or before an instant. */
  previous(atMs: number): number;
  /** The shortest and the longest time between two neighbours, over all years. */
  gaps(): { readonly shortestMs: number; readonly longestMs: number };
}

/** After so many months, 400 years, the calendar repeats, weekdays included. */
const MONTHS_OF_CYCLE = 4_800;
const DAYS_OF_CYCLE = 146_097;
const FIRST_OF_CYCLE = 2_000 * 12;

const DAY_IN_SECONDS = 86_400;

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

/** What its days follow from. */
interface Shape {
  /** 1 to 12. */
  readonly number: number;
  readonly lastDay: number;
  /** The weekday of its first day. */
  readonly firstWeekday: number;
}

interface Month extends Shape {
  /** Days since 1970 of its first day. */
  readonly startDay: number;
}

/**
 * Computes the times that `fields` name; null where no year has one. Bounded: a day is looked at once for each of the 28
 * shapes that a month can have, and a search steps from month to month, at most once through the 400 years.
 */
export function createCronCalendar(fields: CronFields): CronCalendar | null {
  const daysOf = daysByShape(fields);
  // Each month begins with each weekday in some year, February with 29 days too.
  const isEmpty = fields.months.every((number) =>
    lengthsOf(number).every((lastDay) =>
      WEEKDAYS.every((firstWeekday) => daysOf({ number, lastDay, firstWeekday }).length === 0),
    ),
  );
  return isEmpty ? null : calendarOf(fields, daysOf);
}

function lengthsOf(month: number): readonly number[] {
  return month === 2 ? [28, 29] : [4, 6, 9, 11].includes(month) ? [30] : [31];
}

function calendarOf(fields: CronFields, daysOf: (month: Shape) => readonly number[]): CronCalendar {
  const hands: readonly Hand[] = [
    { values: fields.hours, seconds: 3_600 },
    { values: fields.minutes, seconds: 60 },
    { values: fields.seconds, seconds: 1 },
  ];
  const first = atOrAfter(hands, 0) ?? 0;
  const last = atOrBefore(hands, DAY_IN_SECONDS - 1) ?? 0;
  return {
    timesADay: fields.hours.length * fields.minutes.length * fields.seconds.length,
    next(afterMs) {
      const { today, second, index } = split(Math.floor(afterMs / 1_000) + 1);
      const later = atOrAfter(hands, second);
      const fromDay = later === null ? today + 1 : today;
      for (let ahead = index; ; ahead += 1) {
        const month = monthAt(ahead);
        const day = daysOf(month).find((one) => month.startDay + one - 1 >= fromDay);
        if (day !== undefined) {
          const found = month.startDay + day - 1;
          return (found * DAY_IN_SECONDS + (found === today ? (later ?? first) : first)) * 1_000;
        }
      }
    },
    previous(atMs) {
      const { today, second, index } = split(Math.floor(atMs / 1_000));
      const earlier = atOrBefore(hands, second);
      const untilDay = earlier === null ? today - 1 : today;
      for (let back = index; ; back -= 1) {
        const month = monthAt(back);
        const day = daysOf(month).findLast((one) => month.startDay + one - 1 <= untilDay);
        if (day !== undefined) {
          const found = month.startDay + day - 1;
          return (found * DAY_IN_SECONDS + (found === today ? (earlier ?? last) : last)) * 1_000;
        }
      }
    },
    gaps() {
      const ofDay = spanOf(hands);
      const days = isEachDay(fields) ? { shortest: 1, longest: 1 } : dayGaps(daysOf);
      const overnight = ofDay.first - ofDay.last;
      return {
        shortestMs: Math.min(ofDay.shortest, days.shortest * DAY_IN_SECONDS + overnight) * 1_000,
        longestMs: Math.max(ofDay.longest, days.longest * DAY_IN_SECONDS + overnight) * 1_000,
      };
    },
  };
}

/** Spares the walk through all years, which takes milliseconds, where most schedules are. */
function isEachDay({ months, isDay }: CronFields): boolean {
  const isFull = (lastDay: number) =>
    Array.from({ length: lastDay }, (_, index) => index + 1).every((day) =>
      WEEKDAYS.every((weekday) => isDay({ day, lastDay, weekday })),
    );
  return months.length === 12 && [28, 29, 30, 31].every(isFull);
}

/** The fewest and the most days from one named day to the next, in all the years there are. */
function dayGaps(daysOf: (month: Shape) => readonly number[]): { shortest: number; longest: number } {
  let shortest = DAYS_OF_CYCLE;
  let longest = 0;
  let first: number | null = null;
  let before: number | null = null;
  const visit = (day: number) => {
    const gap = before === null ? null : day - before;
    shortest = Math.min(shortest, gap ?? shortest);
    longest = Math.max(longest, gap ?? longest);
    first ??= day;
    before = day;
  };
  for (const month of cycleOfMonths()) {
    for (const day of daysOf(month)) {
      visit(month.startDay + day - 1);
    }
  }
  visit((first ?? 0) + DAYS_OF_CYCLE);
  return { shortest, longest };
}

/** The days of a month that `fields` name, looked up once for each shape of a month. */
function daysByShape({ months, isDay }: CronFields): (month: Shape) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  const named = new Set(months);
  return ({ number, lastDay, firstWeekday }) => {
    if (!named.has(number)) {
      return [];
    }
    const shape = lastDay * 7 + firstWeekday;
    const days =
      known.get(shape) ??
      Array.from({ length: lastDay }, (_, index) => index + 1).filter((day) =>
        isDay({ day, lastDay, weekday: (firstWeekday + day - 1) % 7 }),
      );
    known.set(shape, days);
    return days;
  };
}

let cycle: readonly Month[] | null = null;

function cycleOfMonths(): readonly Month[] {
  cycle ??= Array.from({ length: MONTHS_OF_CYCLE }, (_, index) => monthAt(FIRST_OF_CYCLE + index));
  return cycle;
}

/** A month by its number since January of the year 0. */
function monthAt(index: number): Month {
  const startDay = firstDayOf(index);
  return {
    number: modulo(index, 12) + 1,
    startDay,
    lastDay: firstDayOf(index + 1) - startDay,
    firstWeekday: modulo(startDay + 4, 7),
  };
}

/** Days since 1970 of the first of a month. Years are counted from March, so that the leap day ends one. */
function firstDayOf(index: number): number {
  const sinceMarch = index - 2;
  const year = Math.floor(sinceMarch / 12);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + Math.floor((modulo(sinceMarch, 12) * 153 + 2) / 5) - 719_468;
}

function modulo(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}

function split(epochSeconds: number): { today: number; second: number; index: number } {
  const today = Math.floor(epochSeconds / DAY_IN_SECONDS);
  const date = new Date(epochSeconds * 1_000);
  return {
    today,
    second: epochSeconds - today * DAY_IN_SECONDS,
    index: date.getUTCFullYear() * 12 + date.getUTCMonth(),
  };
}
