import type { CronFields } from '../time/cronCalendar.ts';
import * as days from './cronDays.ts';
import { type FieldKind, readElement, readValue } from './cronElement.ts';
import { bad, good, type Parsed, quote, tame, type WindowProblemCode } from './windowProblem.ts';

const MAX_LENGTH = 256;
const EXAMPLE = 'for example "0 22 * * SAT"';

const SECOND = numbers('second', 0, 59);
const MINUTE = numbers('minute', 0, 59);
const HOUR = numbers('hour', 0, 23);
const DAY = numbers('day of the month', 1, 31);
const MONTH: FieldKind = {
  ...{ name: 'month', min: 1, max: 12 },
  ...named('January February March April May June July August September October November December'),
};
const WEEKDAY: FieldKind = {
  ...{ name: 'day of the week', min: 0, max: 7 },
  ...named('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
};

function numbers(name: string, min: number, max: number): FieldKind {
  return { name, min, max, names: [], fullNames: [] };
}

function named(words: string): Pick<FieldKind, 'names' | 'fullNames'> {
  const fullNames = words.split(' ');
  return { fullNames, names: fullNames.map((name) => name.slice(0, 3).toUpperCase()) };
}

/**
 * Reads a cron expression of five fields, or six with seconds first. Refused is what other systems read otherwise: days of
 * the month and of the week together without `+`, numbers of weekdays beside `?`, `L`, `W` or `#`, ranges that run backwards.
 */
export function parseCronFields(text: string): Parsed<CronFields> {
  const texts = text.trim().split(/\s+/);
  if (text.length > MAX_LENGTH) {
    return refuse(text, 'bad_cron', `is longer than ${MAX_LENGTH} characters. Write it shorter, ${EXAMPLE}`);
  }
  if (texts.length !== 5 && texts.length !== 6) {
    const fields = `has ${texts.length} ${texts.length === 1 ? 'field' : 'fields'}`;
    return refuse(
      text,
      'bad_cron',
      `${fields}. Write five, or six with seconds first and no year, ${EXAMPLE}`,
    );
  }
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] =
    texts.length === 5 ? ['0', ...texts] : texts;
  const doubt = doubtOf(day, weekday);
  if (doubt !== null) {
    return refuse(text, doubt.code, doubt.what);
  }
  const problems: string[] = [];
  const ruleOfDay = readDays(day, problems);
  const ruleOfWeek = readWeekdays(weekday, problems);
  const fields: CronFields = {
    seconds: readValues(SECOND, second, problems),
    minutes: readValues(MINUTE, minute, problems),
    hours: readValues(HOUR, hour, problems),
    months: readValues(MONTH, month, problems),
    isDay: (today) => ruleOfDay(today) && ruleOfWeek(today),
  };
  return problems.length === 0
    ? good(fields)
    : refuse(text, 'bad_cron', `cannot be read: ${tame(problems.join('; '), 400)}`);
}

function refuse(text: string, code: WindowProblemCode, what: string): Parsed<never> {
  return bad([], code, `${quote(text.trim())} ${what}.`);
}

/** What different people read differently, though each field alone is right. */
function doubtOf(day: string, weekday: string): { code: WindowProblemCode; what: string } | null {
  const restricts = (field: string) => field !== '*' && field !== '?';
  if (restricts(day) && restricts(weekday) && !weekday.startsWith('+')) {
    const what =
      'names days of the month and of the week; some systems mean both, some either. ' +
      'Write "+" before the weekday for both (first Monday: "0 2 1-7 * +MON"), or make two windows for either';
    return { code: 'ambiguous_cron_days', what };
  }
  const names = namesOfNumbers(weekday);
  if (names.length === 0 || (!/[?LW]/i.test(day) && !/[?#]|L(,|$)/i.test(weekday))) {
    return null;
  }
  const what =
    `numbers the day of the week "${weekday}", and systems that know "?", "L", "W" or "#" count from 0 or from 1. ` +
    `Write the name that is meant: ${names.map((name) => `"${name}"`).join(' or ')}`;
  return { code: 'ambiguous_weekday', what };
}

/** A weekday field with names for its numbers, Sunday as 0 and as 1; none where it has no number that could be a day. */
function namesOfNumbers(field: string): readonly string[] {
  const withNames = (first: number) =>
    field.replace(/(^|,|-|\+)([0-7])(?!\d)/g, (_, before: string, digit: string) => {
      const name = WEEKDAY.names[(Number(digit) - first + 7) % 7];
      return `${before}${Number(digit) < first ? digit : name}`;
    });
  return [...new Set([withNames(0), withNames(1)])].filter(
    (names) => names !== field && !/(^|,|-|\+)\d/.test(names),
  );
}

function readValues(kind: FieldKind, text: string, problems: string[]): readonly number[] {
  const values = new Set<number>();
  for (const element of text.split(',')) {
    const read = readElement(kind, element);
    if (read.ok) for (const value of read.values) values.add(value);
    else problems.push(read.problem);
  }
  return [...values].sort((a, b) => a - b);
}

function readDays(field: string, problems: string[]): days.DayRule {
  return anyOf(field === '?' ? '*' : field, (element) => {
    const near = /^(\d{1,2})W$/i.exec(element)?.[1];
    const nearest = near === undefined ? null : readValue(DAY, near);
    if (/^L$/i.test(element)) return days.lastDayOfMonth;
    if (/^L-/i.test(element)) return readDaysBeforeLast(element, problems);
    if (/^LW$/i.test(element)) return days.lastWorkingDay;
    if (nearest !== null) return days.workingDayNear(nearest);
    return days.daysOfMonth(readValues(DAY, element, problems));
  });
}

function readDaysBeforeLast(element: string, problems: string[]): days.DayRule {
  const count = /^L-([1-9]|[12]\d|30)$/i.exec(element)?.[1];
  if (count !== undefined) return days.daysBeforeLast(Number(count));
  problems.push(
    `the day of the month "${element}" must be "L", or "L-1" (the day before the last) to "L-30"`,
  );
  return () => false;
}

function readWeekdays(field: string, problems: string[]): days.DayRule {
  return anyOf(field === '?' ? '*' : field.replace(/^\+/, ''), (element) => {
    const [, name = '', nth = 'L'] = /^(\w+)#([1-5L])$/i.exec(element) ?? /^([a-z]+)L$/i.exec(element) ?? [];
    const weekday = readValue(WEEKDAY, name);
    if (weekday !== null) {
      return /^L$/i.test(nth) ? days.lastWeekday(weekday) : days.nthWeekday(weekday, Number(nth));
    }
    if (/^[^*-]+\//.test(element)) {
      problems.push(
        `the day of the week "${element}" is read differently: write the days, for example "MON,WED,FRI"`,
      );
      return () => false;
    }
    return days.daysOfWeek(readValues(WEEKDAY, element, problems).map((value) => value % 7));
  });
}

function anyOf(field: string, read: (element: string) => days.DayRule): days.DayRule {
  const rules = field.split(',').map(read);
  return (today) => rules.some((rule) => rule(today));
}
