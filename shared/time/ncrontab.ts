// Read at each cold start, to register the timer: so it imports nothing.

/** The schedule of the timer where `TICK_SCHEDULE` says nothing usable: each minute, UTC. */
export const DEFAULT_TICK_SCHEDULE = '0 * * * * *';

/** When a timer fires, in UTC: at each second that all six name. Values ascend, at least one each. */
interface NcrontabFields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 to 31. */
  readonly days: readonly number[];
  /** 1 to 12. */
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
}

export type ParsedNcrontab =
  | { readonly ok: true; readonly fields: NcrontabFields }
  /** `problem` goes on where the sentence has named the expression. */
  | { readonly ok: false; readonly problem: string };

interface Kind {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** In lower case, the first is the name of `min`. */
  readonly names: readonly string[];
  readonly toWrite: string;
}

const MAX_LENGTH = 256;

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

const clock = (name: string, max: number): Kind => ({
  ...{ name, min: 0, max, names: [] },
  toWrite: `0 to ${max}, or "*" for each`,
});
const SECOND = clock('second', 59);
const MINUTE = clock('minute', 59);
const HOUR = clock('hour', 23);
const DAY: Kind = {
  ...{ name: 'day of the month', min: 1, max: 31, names: [] },
  toWrite: '1 to 31, or "*" for each',
};
const MONTH: Kind = {
  ...{ name: 'month', min: 1, max: 12, names: MONTHS },
  toWrite: '1 to 12 or JAN to DEC, or "*" for each',
};
const WEEKDAY: Kind = {
  ...{ name: 'day of the week', min: 0, max: 6, names: WEEKDAYS },
  toWrite: '0 (Sunday) to 6 or SUN to SAT, or "*" for each',
};

/**
 * Reads a timer's schedule of six fields, seconds first, as NCRONTAB does: a step may follow a number (`0/5`), names may
 * be cut short, a range is read from its lower end whichever comes first, a step of 0 is one of 1, and a day must match
 * both day fields. Source: NCrontab.Signed 3.3.2, which Azure's timer trigger uses. Whether it ever fires is not looked at.
 */
export function parseNcrontab(text: string): ParsedNcrontab {
  const texts = text.trim().split(/ +/);
  if (text.length > MAX_LENGTH || texts.length !== 6) {
    return { ok: false, problem: countProblem(text, texts) };
  }
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = texts;
  const problems: string[] = [];
  const fields = {
    seconds: readField(SECOND, second, problems),
    minutes: readField(MINUTE, minute, problems),
    hours: readField(HOUR, hour, problems),
    days: readField(DAY, day, problems),
    months: readField(MONTH, month, problems),
    weekdays: readField(WEEKDAY, weekday, problems),
  };
  return problems.length === 0
    ? { ok: true, fields }
    : { ok: false, problem: `cannot be read: ${problems.join('; ')}` };
}

function countProblem(text: string, texts: readonly string[]): string {
  if (text.length > MAX_LENGTH) {
    return `is longer than ${MAX_LENGTH} characters`;
  }
  const example = texts.length === 5 ? `0 ${texts.join(' ')}` : DEFAULT_TICK_SCHEDULE;
  return `has ${texts.length} fields: write 6, seconds first, for example "${example}"`;
}

/** The values that a field names. What is wrong with it is added to `problems`. */
function readField(kind: Kind, text: string, problems: string[]): readonly number[] {
  const values = new Set<number>();
  for (const element of text.split(',')) {
    const range = readElement(kind, element);
    if (range === null) {
      problems.push(`the ${kind.name} "${element}" must be of ${kind.toWrite}`);
      continue;
    }
    for (let value = range.from; value <= range.to; value += range.step) {
      values.add(value);
    }
  }
  return [...values].sort((a, b) => a - b);
}

function readElement(kind: Kind, text: string): { from: number; to: number; step: number } | null {
  const [, start, end, stepText] = /^(\*|[\da-z]+)(?:-([\da-z]+))?(?:\/(\d{1,9}))?$/i.exec(text) ?? [];
  if (start === undefined || (start === '*' && end !== undefined)) {
    return null;
  }
  const step = Math.max(1, Number(stepText ?? 1));
  if (start === '*') {
    return { from: kind.min, to: kind.max, step };
  }
  const from = readValue(kind, start);
  const alone = stepText === undefined ? from : kind.max;
  const to = end === undefined ? alone : readValue(kind, end);
  return from === null || to === null ? null : { from: Math.min(from, to), to: Math.max(from, to), step };
}

function readValue({ min, max, names }: Kind, text: string): number | null {
  if (/^\d/.test(text)) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : null;
  }
  const index = names.findIndex((name) => name.startsWith(text.toLowerCase()));
  return index < 0 ? null : index + min;
}
