import { Cron } from 'croner';
import fc from 'fast-check';
import { readSettings } from '../../../shared/settings/readSettings.ts';
import { type CalendarDay, createCronCalendar } from '../../../shared/time/cronCalendar.ts';
import { compileCronStart, parseCronStart } from '../../../shared/windows/cronStart.ts';
import { reportIdOf } from './sampleReport.ts';
import { good, parse, schedule } from './sampleWindows.ts';

const SEED = 20261128;
const DAY_IN_MS = 86_400_000;

/** What a window of the list says of its start: code, pointer and message, or nothing. */
function windowProblem(start: string) {
  const [problem] = parse({ ...good, schedule: { ...schedule, start, duration: 'PT1S' } }).problems;
  return problem ?? null;
}

/** What the setting of the simple window says of its start; null where it takes it. */
function settingProblem(start: string): string | null {
  const read = readSettings({
    TENANT_ID: '11111111-1111-4111-8111-111111111111',
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    REPORT_IDS: reportIdOf(1),
    PAUSE_SCHEDULE: start,
  });
  return read.ok ? null : read.problems.map(({ name, message }) => `${name} ${message}`).join();
}

describe('the start of a window', () => {
  test.each([
    ['0 22 * * 6', '0 22 * * SAT'],
    ['0 22 * * 7', '0 22 * * SUN'],
    ['0 22 * * Saturday', '0 22 * * SAT'],
    ['0 22 1 march,september *', '0 22 1 3,9 *'],
    ['0 22 * January-Mar monday-Friday', '0 22 * 1-3 1-5'],
    ['0 22 * * FRI-SUN', '0 22 * * 5,6,0'],
    ['0/20 * * * *', '0,20,40 * * * *'],
    ['5/15 * * * *', '5-59/15 * * * *'],
    ['0 8/4 * * *', '0 8,12,16,20 * * *'],
    ['0 0 1/10 * *', '0 0 1,11,21,31 * *'],
    ['0 0 1 2/3 *', '0 0 1 2,5,8,11 *'],
    ['30/10 0 2 * * *', '30,40,50 0 2 * * *'],
    ['0 0 22 ? * SAT', '0 0 22 * * SAT'],
    ['0 0 22 1 * ?', '0 0 22 1 * *'],
    ['0 2 ? * MON#1', '0 2 1-7 * +MON'],
    ['0 2 * * FRIL', '0 2 * * FRI#L'],
    ['0 2 * * fridayL', '0 2 * * FRIL'],
  ])('"%s" means "%s"', (written, same) => {
    const starts = (expression: string) => {
      const calendar = compileCronStart(expression);
      const found: number[] = [];
      let atMs = Date.UTC(2026, 0, 1) - 1;
      for (let count = 0; count < 40; count += 1) {
        atMs = calendar.next(atMs);
        found.push(atMs);
      }
      return found;
    };

    expect(windowProblem(written)).toBeNull();
    expect(settingProblem(written)).toBeNull();
    expect(starts(written)).toEqual(starts(same));
  });

  test.each([
    ['0 10 ? * 2#3', 'ambiguous_weekday', ['"2#3"', '"TUE#3" or "MON#3"']],
    ['0 0 10 ? * 2', 'ambiguous_weekday', ['"2"', '"TUE" or "MON"']],
    ['0 0 10 ? * 1-5', 'ambiguous_weekday', ['"MON-FRI" or "SUN-THU"']],
    ['0 0 10 ? * 0', 'ambiguous_weekday', ['Write the name that is meant: "SUN".']],
    ['0 10 * * 5L', 'ambiguous_weekday', ['"FRIL" or "THUL"']],
    ['0 10 * * MON#1,5#2', 'ambiguous_weekday', ['"MON#1,FRI#2" or "MON#1,THU#2"']],
    ['0 10 L * +5', 'ambiguous_weekday', ['"+FRI" or "+THU"']],
    ['0 10 15W * +1-5', 'ambiguous_weekday', ['"+MON-FRI" or "+SUN-THU"']],
    ['0 10 * * FRI-MON', 'bad_cron', ['"FRI-MON"', '"FRI-SAT,SUN-MON"']],
    ['0 22-2 * * *', 'bad_cron', ['hour "22-2"', '"22-23,0-2"']],
    ['0 10 * * MON/2', 'bad_cron', ['"MON/2"', '"MON,WED,FRI"']],
    ['0 10 32 * *', 'bad_cron', ['day of the month "32"', '1 to 31']],
    ['0 10 0 * *', 'bad_cron', ['day of the month "0"', '1 to 31']],
    ['0 10 * 13 *', 'bad_cron', ['month "13"', '1 to 12 or JAN to DEC']],
    ['0 24 * * *', 'bad_cron', ['hour "24"', '0 to 23']],
    ['60 10 * * *', 'bad_cron', ['minute "60"', '0 to 59']],
    ['60 0 10 * * *', 'bad_cron', ['second "60"', '0 to 59']],
    ['0 10 * * 8', 'bad_cron', ['day of the week "8"', '0 to 7 or SUN to SAT']],
    ['0 10 * * Tues', 'bad_cron', ['day of the week "Tues"', 'SUN to SAT']],
    ['0 10 * * L', 'bad_cron', ['day of the week "L"', 'SUN to SAT']],
    ['*/90 * * * *', 'bad_cron', ['minute "*/90"', 'step of 1 to 60']],
    ['*/0 * * * *', 'bad_cron', ['minute "*/0"', 'step of 1 to 60']],
    ['0 10 * ? *', 'bad_cron', ['month "?"']],
    ['0 10 * * ? *', 'bad_cron', ['month "?"']],
    ['0 0 10 * * MON 2027', 'bad_cron', ['7 fields', 'no year']],
    ['99 25 32 13 9', 'ambiguous_cron_days', ['"99 25 32 13 9"']],
    ['99 25 32 13 *', 'bad_cron', ['minute "99"', 'hour "25"', '"32"', 'month "13"']],
    ['0 10 31 2,4 *', 'never_starts', ['does not exist']],
    ['0 10 L-0 * *', 'bad_cron', ['day of the month "L-0"', '"L-1"', '"L-30"']],
    ['0 10 L-31 * *', 'bad_cron', ['day of the month "L-31"', '"L-30"']],
    ['0 10 L-2W * *', 'bad_cron', ['day of the month "L-2W"', '"L-30"']],
    ['0 10 L-2 * FRI', 'ambiguous_cron_days', ['"+"']],
    ['0 10 L-2 * +5', 'ambiguous_weekday', ['"+FRI" or "+THU"']],
    ['0 10 L-30 2,4 *', 'never_starts', ['does not exist']],
  ])('"%s" is refused: %s, with its text and what to write', (start, code, said) => {
    const problem = windowProblem(start);

    expect(problem).toMatchObject({ code, pointer: '/0/schedule/start', severity: 'error' });
    for (const part of [`"${start}"`, ...said]) {
      expect(problem?.message).toContain(part);
      expect(settingProblem(start)).toContain(part);
    }
    expect(settingProblem(start)).toMatch(/^PAUSE_SCHEDULE /);
  });

  test.each([
    ['0 20 L-2 * *', ['2027-01-29', '2027-02-26', '2027-03-29', '2027-04-28']],
    ['0 20 l-1,L * *', ['2027-01-30', '2027-01-31', '2027-02-27', '2027-02-28']],
    ['0 20 L-30 * *', ['2027-01-01', '2027-03-01', '2027-05-01', '2027-07-01']],
    ['0 20 L-28 2 *', ['2028-02-01', '2032-02-01', '2036-02-01', '2040-02-01']],
    ['0 20 L-6 * +FRI', ['2027-09-24', '2028-08-25']],
  ])('"%s" counts days from the end of the month', (start, dates) => {
    const calendar = compileCronStart(start);
    const found: string[] = [];
    let wall = Date.parse('2027-01-01T00:00:00Z') - 1;
    while (found.length < dates.length) {
      wall = calendar.next(wall);
      found.push(new Date(wall).toISOString().slice(0, 10));
    }

    expect(found).toEqual(dates);
  });

  test('is told by its setting without being repeated where it is no cron at all: it may be a secret', () => {
    expect(settingProblem('zebra secret')).toMatch(/^PAUSE_SCHEDULE must be cron of five fields/);
  });

  test.each([
    ['0 22 * * *', 'PT25H', '24 hours'],
    ['0 22 * * *', 'P1DT1S', '24 hours'],
    ['*/10 * * * *', 'PT11M', '10 minutes'],
    ['5-7,30 * * * * *', 'PT2S', '1 second'],
    ['0 22 28,1 * *', 'PT30H', '24 hours'],
    ['0 22 * * MON,THU', 'PT73H', '3 days'],
    ['0 0 L * *', 'P29D', '28 days'],
    ['0 0 15W,16W * *', 'PT25H', '24 hours'],
  ])('"%s" cannot last %s: %s is what it has', (start, duration, gap) => {
    const [problem] = parse({ ...good, schedule: { ...schedule, start, duration } }).problems;

    expect(problem).toMatchObject({ code: 'longer_than_period', pointer: '/0/schedule/duration' });
    expect(problem?.message).toContain(
      `"${duration}" is longer than the ${gap.replace('24 hours', '1 day')}`,
    );
    expect(problem?.message).toContain(`"${start}"`);
  });
});

const number = (min: number, max: number) => fc.integer({ min, max });

function field(min: number, max: number): fc.Arbitrary<string> {
  const range = fc
    .tuple(number(min, max), number(min, max))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const element = fc.oneof(
    number(min, max).map(String),
    range,
    fc.tuple(range, number(1, 9)).map(([text, step]) => `${text}/${step}`),
    number(1, 9).map((step) => `*/${step}`),
  );
  return fc.oneof(
    fc.constant('*'),
    fc.array(element, { minLength: 1, maxLength: 3 }).map((all) => all.join(',')),
  );
}

const weekdayNames = fc.constantFrom('SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT');
const days = fc.oneof(field(1, 31), fc.constantFrom('L', 'LW', '15W', '1W,31W', '29', '30W', 'L,1'));
const weekdays = fc.oneof(
  fc.constant('*'),
  field(0, 6).map((text) => `+${text}`),
  fc.tuple(weekdayNames, number(1, 5)).map(([name, nth]) => `+${name}#${nth}`),
  weekdayNames.map((name) => `+${name}L`),
);
const anyCron = fc
  .tuple(field(0, 59), field(0, 59), field(0, 23), days, field(1, 12), weekdays)
  .map((fields) => fields.join(' '));

describe('the reckoning of starts', () => {
  test('agrees with croner, which reckons in another way, before and after any instant', () => {
    fc.assert(
      fc.property(anyCron, number(Date.UTC(2020, 0, 1), Date.UTC(2040, 0, 1)), (expression, atMs) => {
        const parsed = parseCronStart(expression);
        fc.pre(parsed.ok);
        const calendar = compileCronStart(expression);
        const croner = new Cron(expression, { mode: '6-part', utcOffset: 0, paused: true });
        expect(calendar.next(atMs)).toBe(croner.nextRun(new Date(atMs))?.getTime());
        expect(calendar.previous(atMs)).toBe(croner.previousRuns(1, new Date(atMs + 1))[0]?.getTime());
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('has the gaps that a walk from start to start finds', () => {
    const daily = fc
      .tuple(field(0, 59), field(0, 59), field(0, 23))
      .map((clock) => `${clock.join(' ')} * * *`);
    fc.assert(
      fc.property(daily, (expression) => {
        const calendar = compileCronStart(expression);
        let [atMs, shortestMs, longestMs] = [calendar.next(0), Number.POSITIVE_INFINITY, 0];
        while (atMs < 2 * DAY_IN_MS) {
          const nextMs = calendar.next(atMs);
          shortestMs = Math.min(shortestMs, nextMs - atMs);
          longestMs = Math.max(longestMs, nextMs - atMs);
          atMs = nextMs;
        }
        expect(calendar.gaps()).toEqual({ shortestMs, longestMs });
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  test('looks at a day at most once for each shape of a month, also where no day is ever named', () => {
    const looks = (
      isNamed: (day: CalendarDay) => boolean,
      use: (calendar: ReturnType<typeof createCronCalendar>) => void,
    ) => {
      let count = 0;
      const isDay = (day: CalendarDay) => {
        count += 1;
        return isNamed(day);
      };
      use(
        createCronCalendar({
          seconds: [0],
          minutes: [0],
          hours: [0],
          months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
          isDay,
        }),
      );
      return count;
    };
    const shapes = 7 * (28 + 29 + 30 + 31);

    expect(
      looks(
        () => false,
        (calendar) => expect(calendar).toBeNull(),
      ),
    ).toBeLessThanOrEqual(shapes);
    expect(
      looks(
        ({ day, lastDay, weekday }) => day === 29 && lastDay === 29 && weekday === 1,
        (calendar) => {
          expect(calendar?.next(Date.UTC(2026, 0, 1))).toBe(Date.UTC(2044, 1, 29));
          expect(calendar?.previous(Date.UTC(2026, 0, 1))).toBe(Date.UTC(2016, 1, 29));
          expect(calendar?.gaps().longestMs).toBe((40 * 365 + 9) * DAY_IN_MS);
        },
      ),
    ).toBeLessThanOrEqual(2 * shapes);
  });

  test('tells of 28 nearest working days that never are on a weekend, without a search of a thousand years', () => {
    const start = `0 0 ${Array.from({ length: 28 }, (_, index) => `${index + 1}W`).join(',')} * +SAT,SUN`;

    expect(windowProblem(start)).toMatchObject({ code: 'never_starts' });
  });
});

describe('whatever is written for a start', () => {
  const piece = fc.constantFrom(
    ...[
      '*',
      '?',
      '1',
      '7',
      '31',
      '99',
      'L',
      'W',
      '#',
      '/',
      '-',
      ',',
      '+',
      'MON',
      'JAN',
      'Monday',
      '2#3',
      'x',
      '0/5',
      '😀',
    ],
  );
  const anyText = fc.oneof(
    fc
      .array(
        fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
        { maxLength: 8 },
      )
      .map((all) => all.join(' ')),
    fc.string({ maxLength: 50 }),
  );

  test('is taken, or refused with its field, its text and an example or a value to write', () => {
    fc.assert(
      fc.property(anyText, (start) => {
        const problem = windowProblem(start);
        if (problem === null) return;
        expect(problem.pointer).toBe('/0/schedule/start');
        const quoted = `"${start.trim().replace(/\p{C}/gu, '')}"`;
        if (problem.code !== 'never_starts' && quoted.length <= 62) expect(problem.message).toContain(quoted);
        expect(problem.message).toMatch(/[Ww]rite |must be |must have /);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});
