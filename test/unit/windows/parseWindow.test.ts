import { simpleWindow } from '../../../shared/windows/simpleWindow.ts';
import { reportIdOf } from './sampleReport.ts';
import { at } from './sampleWindow.ts';
import { brief, good, parse, schedule } from './sampleWindows.ts';

describe('a window that is right', () => {
  test('is read with its defaults', () => {
    expect(parse(good)).toEqual({
      windows: [
        {
          name: 'load',
          account: 'main',
          reports: { kind: 'ids', reportIds: [reportIdOf(1)] },
          excludeReportIds: [],
          excludeNamePatterns: [],
          schedule: {
            kind: 'recurring',
            start: '0 22 * * 6',
            end: { kind: 'afterDuration', durationMs: 8 * 3_600_000 },
            timeZone: 'Europe/Berlin',
            validFrom: null,
            validTo: null,
            skipDates: [],
          },
          onManualResume: 'respect',
          maxReports: 200,
          enabled: true,
        },
      ],
      problems: [],
      invalidNames: [],
      isComplete: true,
    });
  });

  test('is read with all it can say, its ids in lower case and once', () => {
    const { windows, problems } = parse({
      ...good,
      account: 'other',
      reports: { namePattern: 'Sales*', queryId: reportIdOf(7).toUpperCase() },
      excludeReportIds: [reportIdOf(2).toUpperCase(), reportIdOf(2)],
      excludeNamePatterns: ['*draft*', 'Test ?'],
      schedule: {
        ...schedule,
        start: ' 30  0 22 * * 6 ',
        duration: 'P1DT12H',
        timeZone: 'europe/berlin',
        validFrom: '2026-12-01',
        validTo: '2027-01-31',
        skipDates: ['2026-12-26'],
      },
      onManualResume: 'reassert',
      maxReports: 5,
      enabled: false,
    });

    expect(problems).toEqual([]);
    expect(windows[0]).toMatchObject({
      account: 'other',
      reports: { kind: 'match', all: false, namePattern: 'Sales*', queryId: reportIdOf(7) },
      excludeReportIds: [reportIdOf(2)],
      excludeNamePatterns: ['*draft*', 'Test ?'],
      schedule: {
        start: '30 0 22 * * 6',
        end: { kind: 'afterDuration', durationMs: 36 * 3_600_000 },
        timeZone: 'Europe/Berlin',
        validFrom: '2026-12-01',
        validTo: '2027-01-31',
        skipDates: ['2026-12-26'],
      },
      onManualResume: 'reassert',
      maxReports: 5,
      enabled: false,
    });
  });

  test.each([
    [
      'with offsets',
      { from: '2026-05-01T22:00+02:00', to: '2026-05-02T02:00:00Z' },
      'UTC',
      '2026-05-01T20:00:00Z',
      '2026-05-02T02:00:00Z',
    ],
    [
      'in local wall time',
      { from: '2026-05-01T22:00', to: '2026-05-02T04:00:00', timeZone: 'Europe/Berlin' },
      'Europe/Berlin',
      '2026-05-01T20:00:00Z',
      '2026-05-02T02:00:00Z',
    ],
    [
      'from inside a gap',
      { from: '2026-03-29T02:30', to: '2026-03-29T04:00', timeZone: 'Europe/Berlin' },
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
      '2026-03-29T02:00:00Z',
    ],
    [
      'from inside an overlap',
      { from: '2026-10-25T02:30', to: '2026-10-25T04:00', timeZone: 'Europe/Berlin' },
      'Europe/Berlin',
      '2026-10-25T00:30:00Z',
      '2026-10-25T03:00:00Z',
    ],
    [
      'to the later pass of an overlap',
      { from: '2026-10-24T22:00', to: '2026-10-25T02:30', timeZone: 'Europe/Berlin' },
      'Europe/Berlin',
      '2026-10-24T20:00:00Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'over both passes of an overlap',
      { from: '2026-10-25T02:00', to: '2026-10-25T03:00', timeZone: 'Europe/Berlin' },
      'Europe/Berlin',
      '2026-10-25T00:00:00Z',
      '2026-10-25T02:00:00Z',
    ],
  ])('can happen once, %s', (_, oneOff, timeZone, from, until) => {
    expect(parse({ ...good, schedule: oneOff }).windows[0]?.schedule).toEqual({
      kind: 'oneOff',
      fromMs: at(from),
      untilMs: at(until),
      timeZone,
    });
  });

  test('may have no end, and means every report, only when it says so', () => {
    const { windows, problems } = parse({
      ...good,
      reports: { all: true },
      schedule: { start: '0 22 * * 6', untilResumed: true, timeZone: 'UTC' },
    });

    expect(problems).toEqual([]);
    expect(windows[0]).toMatchObject({
      reports: { kind: 'match', all: true },
      schedule: { end: { kind: 'untilResumed' } },
    });
  });

  test.each([
    ['06:00', 6 * 60],
    ['23:59', 24 * 60 - 1],
    ['24:00', 24 * 60],
    ['00:00', 24 * 60],
  ])('may end at %s, wall time', (end, minutes) => {
    const { windows, problems } = parse({
      ...good,
      schedule: { start: '0 22 * * *', end, timeZone: 'Europe/Berlin' },
    });

    expect(problems).toEqual([]);
    expect(windows[0]?.schedule).toMatchObject({
      end: { kind: 'atWallTime', timeOfDayMs: minutes * 60_000 },
    });
  });

  test('may exclude by one pattern alone, or by one and a list', () => {
    const patternsOf = (fields: object) => parse({ ...good, ...fields }).windows[0]?.excludeNamePatterns;

    expect(patternsOf({ excludeNamePattern: 'a*' })).toEqual(['a*']);
    expect(patternsOf({ excludeNamePattern: 'a*', excludeNamePatterns: ['b*'] })).toEqual(['a*', 'b*']);
  });

  test.each([
    ['PT36H', 36],
    ['P1D', 24],
    ['P1W', 168],
    ['PT1.5H', 1.5],
    ['P1DT30M', 24.5],
  ])('lasts %s as %d hours of elapsed time', (duration, hours) => {
    const { windows } = parse({ ...good, schedule: { ...schedule, duration } });

    expect(windows[0]?.schedule).toMatchObject({
      end: { kind: 'afterDuration', durationMs: hours * 3_600_000 },
    });
  });

  test('may last as long as its period, no matter that one day of the year is shorter', () => {
    expect(
      parse({ ...good, schedule: { ...schedule, start: '0 22 * * *', duration: 'PT24H' } }).problems,
    ).toEqual([]);
  });
});

describe('a window with a warning works', () => {
  test('when it skips a date on which it does not start', () => {
    const parsed = parse({ ...good, schedule: { ...schedule, skipDates: ['2026-12-26', '2026-12-27'] } });

    expect(brief(parsed)).toEqual(['skip_date_without_start /0/schedule/skipDates/1']);
    expect(parsed.problems[0]?.severity).toBe('warning');
    expect(parsed.windows).toHaveLength(1);
  });

  test('when it names its reports and says nothing of its end', () => {
    const parsed = parse({ ...good, schedule: { start: '0 22 * * 6', timeZone: 'UTC' } });

    expect(parsed.windows[0]?.schedule).toMatchObject({ end: { kind: 'untilResumed' } });
    expect(brief(parsed)).toEqual(['no_end /0/schedule/end']);
    expect(parsed.problems[0]?.severity).toBe('warning');
  });

  test('when it skips a date that is none of its own', () => {
    const dates = { start: '0 22 * * *', validTo: '2026-12-25', skipDates: ['2026-12-25', '2026-12-26'] };

    expect(brief(parse({ ...good, schedule: { ...schedule, ...dates } }))).toEqual([
      'skip_date_without_start /0/schedule/skipDates/1',
    ]);
  });

  test('when it names more reports than it may pause', () => {
    const reports = { ids: [1, 2, 3].map(reportIdOf) };

    expect(brief(parse({ ...good, reports, maxReports: 2 }))).toEqual([
      'more_ids_than_max_reports /0/maxReports',
    ]);
    expect(brief(parse({ ...good, reports, maxReports: 2, excludeReportIds: [reportIdOf(3)] }))).toEqual([]);
  });
});

describe('the simple settings', () => {
  const simple = {
    reportIds: [reportIdOf(1)],
    pauseSchedule: '0 0 22 * * *',
    pauseDuration: 'PT4H',
    timeZone: 'Europe/Berlin',
    known: { defaultAccount: 'main' },
    maxReports: null,
  };

  test('make the window default', () => {
    expect(simpleWindow(simple).windows[0]).toMatchObject({
      name: 'default',
      account: 'main',
      reports: { kind: 'ids', reportIds: [reportIdOf(1)] },
      schedule: {
        start: '0 0 22 * * *',
        end: { kind: 'afterDuration', durationMs: 4 * 3_600_000 },
        timeZone: 'Europe/Berlin',
      },
      maxReports: 200,
    });
  });

  test('say with an empty duration that the window has no end, and nothing is wrong with it', () => {
    const { windows, problems } = simpleWindow({ ...simple, pauseDuration: null });

    expect(windows[0]?.schedule).toMatchObject({ end: { kind: 'untilResumed' } });
    expect(problems).toEqual([]);
  });

  test('are told by their own names when they are wrong', () => {
    const parsed = simpleWindow({
      reportIds: [reportIdOf(1), 'x'],
      pauseSchedule: 'x',
      pauseDuration: 'x',
      timeZone: 'x',
      known: { defaultAccount: 'main' },
      maxReports: null,
    });

    expect(brief(parsed)).toEqual([
      'bad_report_id /REPORT_IDS/1',
      'bad_cron /PAUSE_SCHEDULE',
      'bad_duration /PAUSE_DURATION',
      'unknown_time_zone /TIME_ZONE',
    ]);
    expect(parsed.invalidNames).toEqual(['default']);
  });
});
