import { Cron } from 'croner';

/** When a timer is due, in UTC. */
export interface TimerSchedule {
  /** First due instant strictly after the one given, epoch milliseconds; null where there is none. */
  nextAfter(instantMs: number): number | null;
}

const monthNames = 'January February March April May June July August September October November December';
const weekdayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday';

/** Lowest and highest value of each field, and the names of its values from the lowest on. */
const fieldRules = [
  { lowest: 0, highest: 59, names: '' },
  { lowest: 0, highest: 59, names: '' },
  { lowest: 0, highest: 23, names: '' },
  { lowest: 1, highest: 31, names: '' },
  { lowest: 1, highest: 12, names: monthNames },
  { lowest: 0, highest: 6, names: weekdayNames },
];

/**
 * Reads an NCRONTAB expression: five fields, or six with seconds first. A day must match both day of month and day of
 * week. Spans like `00:05:00` are refused, as on the Flex Consumption plan. What a field means is NCrontab's (a step after
 * a number, names cut short, ranges from either end); croner is given the values one by one, and reckons.
 * @throws Error in one sentence.
 */
export function parseNcrontab(expression: string): TimerSchedule {
  const fields = expression.split(' ').filter((field) => field !== '');
  if (fields.length !== 5 && fields.length !== 6) {
    throw new Error(`"${expression}" is not an NCRONTAB expression of five or six fields`);
  }
  const sixFields = fields.length === 5 ? ['0', ...fields] : fields;
  const lists = fieldRules.map((rule, index) => listValues(sixFields[index] ?? '', rule));
  if (lists.some((list) => list === null)) {
    throw new Error(`"${expression}" is not an NCRONTAB expression`);
  }
  const cron = new Cron(lists.join(' '), { utcOffset: 0, mode: '6-part', domAndDow: true, paused: true });
  return { nextAfter: (instantMs) => cron.nextRun(new Date(instantMs))?.getTime() ?? null };
}

type FieldRule = (typeof fieldRules)[number];

/** `9-17/4` becomes `9,13,17`; null where NCrontab refuses it. */
function listValues(field: string, rule: FieldRule): string | null {
  const listed = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step, ...moreSteps] = part.split('/');
    const [start = '', end, ...moreEnds] = range.split('-');
    const isWhole = start === '*';
    const first = isWhole ? rule.lowest : readNumber(start, rule);
    const last =
      isWhole || (end === undefined && step !== undefined) ? rule.highest : readNumber(end ?? start, rule);
    const isStep = step === undefined || /^\d{1,9}$/.test(step);
    if (moreSteps.length + moreEnds.length > 0 || (isWhole && end !== undefined) || !isStep) {
      return null;
    }
    if (first === null || last === null) {
      return null;
    }
    for (let value = Math.min(first, last); value <= Math.max(first, last); value += Number(step ?? 1) || 1) {
      listed.add(value);
    }
  }
  return [...listed].join(',');
}

function readNumber(text: string, { lowest, highest, names }: FieldRule): number | null {
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) >= lowest && Number(text) <= highest ? Number(text) : null;
  }
  const index = /^[a-z]+$/i.test(text)
    ? names.split(' ').findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()))
    : -1;
  return index < 0 ? null : lowest + index;
}
