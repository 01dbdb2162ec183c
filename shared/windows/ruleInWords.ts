import { timeOfDayText } from './timeOfDay.ts';
import type { RecurringSchedule, Schedule, WindowEnd } from './window.ts';

/** A cron expression that a window may have, in words: `At 22:00, only on Saturday`. */
export type CronInWords = (expression: string) => string;

const NUMBERS = /^(?:\*|\d+(?:-\d+)?)(?:\/\d+)?(?:,\d+(?:-\d+)?)*$/;
const DAY = /^(?:\?|LW?|L-\d+|\d+W)$/;
const NAMES = /^[A-Z]{3}(?:-[A-Z]{3})?(?:,[A-Z]{3}(?:-[A-Z]{3})?)*$/;
const WEEKDAY = /^(?:\?|[A-Z]{3}(?:#[1-5]|L))$/;

/**
 * The library that knows the words is loaded only where somebody reads them. It leaves out what it does not know (of `L-2,15`
 * the 15), so it is asked for what it reads as we do alone, and all else is told as it is written.
 */
export async function loadCronInWords(): Promise<CronInWords> {
  const { default: cronstrue } = await import('cronstrue');
  return (expression) => {
    const fields = expression.toUpperCase().split(' ');
    const [weekday = '', month = '', day = '', ...times] = fields.toReversed();
    const isKnown =
      times.every((field) => NUMBERS.test(field)) &&
      [NUMBERS, DAY].some((pattern) => pattern.test(day)) &&
      [NUMBERS, NAMES].some((pattern) => pattern.test(month)) &&
      [NUMBERS, NAMES, WEEKDAY].some((pattern) => pattern.test(weekday));
    return isKnown
      ? cronstrue.toString(fields.join(' '), { use24HourTimeFormat: true, verbose: false })
      : `By the cron expression "${expression}"`;
  };
}

/** When a window is open, as one would say it: `At 22:00, only on Saturday, in Europe/Berlin, for 4 hours`. Pure. */
export function ruleInWords(schedule: Schedule, cronInWords: CronInWords): string {
  if (schedule.kind === 'oneOff') {
    return `Once, for ${durationInWords(schedule.untilMs - schedule.fromMs)}`;
  }
  const { start, timeZone, end } = schedule;
  return `${cronInWords(start)}, in ${timeZone}, ${endInWords(end)}${datesInWords(schedule)}`;
}

function endInWords(end: WindowEnd): string {
  switch (end.kind) {
    case 'afterDuration':
      return `for ${durationInWords(end.durationMs)}`;
    case 'atWallTime':
      return `until ${timeOfDayText(end.timeOfDayMs)}`;
    case 'untilResumed':
      return 'until somebody resumes';
  }
}

function datesInWords({ validFrom, validTo, skipDates }: RecurringSchedule): string {
  const parts = [
    ...(validFrom === null ? [] : [`from ${validFrom} on`]),
    ...(validTo === null ? [] : [`until ${validTo}`]),
    ...(skipDates.length === 0
      ? []
      : [`not on ${skipDates.length === 1 ? skipDates[0] : `${skipDates.length} dates`}`]),
  ];
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

function durationInWords(durationMs: number): string {
  let restMs = durationMs;
  const parts = UNITS.flatMap(([unit, unitInMs]) => {
    const count = Math.floor(restMs / unitInMs);
    restMs -= count * unitInMs;
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'less than a second' : parts.join(' ');
}
