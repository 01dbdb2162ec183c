import { tickScheduleFromEnvironment } from '../../../shared/composition/registration.ts';
import { tickPeriodOf } from '../../../shared/composition/tickPeriod.ts';
import { readSettings } from '../../../shared/settings/readSettings.ts';
import { readTickSchedule } from '../../../shared/settings/schedules.ts';
import { DEFAULT_TICK_SCHEDULE } from '../../../shared/time/ncrontab.ts';
import { utcText } from '../../../shared/windows/formatInstant.ts';
import { NCRONTAB_FROM_UTC, ncrontabCases } from '../time/ncrontabCases.ts';

const MINUTE_IN_MS = 60_000;
const DAY_IN_MINUTES = 1440;
const enough = {
  TENANT_ID: '11111111-1111-4111-8111-111111111111',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

/** What the app says of this schedule; none where it takes it. */
function problemsOf(schedule: string): readonly string[] {
  const read = readSettings({ ...enough, TICK_SCHEDULE: schedule });
  return read.ok ? [] : read.problems.map(({ name, message }) => `${name} ${message}`);
}

describe('the schedule of the timer', () => {
  const { TICK_SCHEDULE: before } = process.env;
  afterEach(() => {
    delete process.env['TICK_SCHEDULE'];
    if (before !== undefined) process.env['TICK_SCHEDULE'] = before;
  });

  test.each(ncrontabCases)('"%s" is taken where Azure takes it and it ever fires', (schedule, firings) => {
    const isRight = firings !== null && firings.length > 0;

    expect(problemsOf(schedule).length).toBe(isRight ? 0 : 1);
  });

  test.each(ncrontabCases)('"%s" is reckoned to fire when Azure fires it', (schedule, firings) => {
    const read = readTickSchedule(schedule);
    const told: string[] = [];
    let atMs = Date.parse(NCRONTAB_FROM_UTC);
    for (const _ of firings ?? []) {
      atMs = read.ok ? read.calendar.next(atMs) : 0;
      told.push(utcText(atMs));
      if (read.ok) expect(read.calendar.previous(atMs)).toBe(atMs);
    }

    expect(told).toEqual(firings ?? []);
  });

  test.each(ncrontabCases)(
    '"%s" is registered as it is where Azure takes it, else the usual one, so that the functions start',
    (schedule, firings) => {
      process.env['TICK_SCHEDULE'] = ` ${schedule} `;

      expect(tickScheduleFromEnvironment()).toBe(firings === null ? DEFAULT_TICK_SCHEDULE : schedule);
    },
  );

  test.each(['', '*/5 * * * *', '%OTHER%', `0 0 0 * * ${'1,'.repeat(200)}1`])(
    'is the usual one where TICK_SCHEDULE is "%s"',
    (schedule) => {
      process.env['TICK_SCHEDULE'] = schedule;

      expect(tickScheduleFromEnvironment()).toBe(DEFAULT_TICK_SCHEDULE);
    },
  );

  test.each([
    ['0 0 3 * * 1-7', ['"0 0 3 * * 1-7"', '"1-7"', 'day of the week', '0 (Sunday) to 6']],
    ['0 0 3 32 * *', ['"0 0 3 32 * *"', '"32"', 'day of the month', '1 to 31']],
    ['0 0 3 * 13 *', ['"0 0 3 * 13 *"', '"13"', 'month', '1 to 12']],
    ['0 60 * * * *', ['"0 60 * * * *"', '"60"', 'minute', '0 to 59']],
    ['*/5 * * * *', ['"*/5 * * * *"', '5 fields', '"0 */5 * * * *"']],
    ['0 0 3 L * *', ['"0 0 3 L * *"', '"L"', 'day of the month', '1 to 31']],
    ['0 0 3 30 2 *', ['"0 0 3 30 2 *"', 'no such day']],
    ['0 0 3 ? * *', ['"0 0 3 ? * *"', '"?"', '"*"']],
    ['00:05:00', ['"0 * * * * *"']],
    ['* * * * * * *', ['"* * * * * * *"', '7 fields', '6']],
  ])('"%s" is refused by its setting, its text and what to write', (schedule, said) => {
    const [problem = ''] = problemsOf(schedule);

    expect(problem).toMatch(/^TICK_SCHEDULE /);
    for (const part of said) expect(problem).toContain(part);
  });

  test('is not repeated where it has not even the shape of one: it may be a secret in the wrong place', () => {
    expect(problemsOf('zebra-secret').join()).not.toContain('zebra');
    expect(problemsOf(`${'zebra '.repeat(5)}${'z'.repeat(300)}`).join()).not.toContain('zzz');
  });

  test.each([
    [DEFAULT_TICK_SCHEDULE, 1],
    ['0 0/5 * * * *', 5],
    ['0 0 * * * *', 60],
    ['0 0,10 * * * *', 50],
    ['0 0 8-17 * * *', 15 * 60],
    ['0 */5 8-18 * * *', 13 * 60 + 5],
    ['0 */5 8-18 * * MON-FRI', 2 * DAY_IN_MINUTES + 13 * 60 + 5],
    ['0 0 0 31 * *', 61 * DAY_IN_MINUTES],
    ['0 0 0 1 1 *', 366 * DAY_IN_MINUTES],
    ['0 0 0 29 2 *', (8 * 365 + 1) * DAY_IN_MINUTES],
    ['0 0 0 29 2 MON', (40 * 365 + 9) * DAY_IN_MINUTES],
    ['30 59 23 * * *', DAY_IN_MINUTES],
  ])('%s leaves at most %i minutes between two ticks', (schedule, minutes) => {
    expect(tickPeriodOf(schedule).longestInMs).toBe(minutes * MINUTE_IN_MS);
  });

  test('leaves less than a minute where it fires by the second', () => {
    expect(tickPeriodOf('5-7,30 * * * * *').longestInMs).toBe(35_000);
  });

  test.each([
    ['2026-01-20T10:00:00Z', 5],
    ['2026-01-20T10:03:00Z', 5],
    ['2026-01-20T18:54:59Z', 5],
    ['2026-01-20T18:55:00Z', 13 * 60 + 5],
    ['2026-01-21T07:59:59Z', 13 * 60 + 5],
    ['2026-01-21T08:00:00Z', 5],
  ])(
    'leaves at %s %i minutes from the tick before to the next, where there is none by night',
    (at, minutes) => {
      const { inMsAt } = tickPeriodOf('0 */5 8-18 * * *');

      expect(inMsAt(Date.parse(at))).toBe(minutes * MINUTE_IN_MS);
    },
  );
});
