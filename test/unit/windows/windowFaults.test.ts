import { reportIdOf } from './sampleReport.ts';
import { brief, good, parse, schedule } from './sampleWindows.ts';

const daily = { start: '0 22 * * *', timeZone: 'Europe/Berlin' };

const faults: readonly (readonly [string, object, string])[] = [
  ['an unknown property', { windo: 1 }, 'unknown_property /0/windo'],
  [
    'an unknown property of the schedule',
    { schedule: { ...schedule, until: 'x' } },
    'unknown_property /0/schedule/until',
  ],
  ['a pointer character in a property', { 'a/b~c': 1 }, 'unknown_property /0/a~1b~0c'],
  ['no reports', { reports: undefined }, 'missing_property /0/reports'],
  ['no schedule', { schedule: undefined }, 'missing_property /0/schedule'],
  ['no time zone', { schedule: { start: '0 1 * * *' } }, 'missing_property /0/schedule/timeZone'],
  ['a number for a text', { schedule: { ...schedule, start: 5 } }, 'wrong_type /0/schedule/start'],
  ['text for a truth value', { enabled: 'yes' }, 'wrong_type /0/enabled'],
  ['an account that is no name', { account: 'Main Account' }, 'bad_name /0/account'],
  ['another word for onManualResume', { onManualResume: 'fight' }, 'bad_value /0/onManualResume'],
  ['a maxReports of none', { maxReports: 0 }, 'bad_value /0/maxReports'],
  ['half a maxReports', { maxReports: 1.5 }, 'wrong_type /0/maxReports'],
  ['an id that is no UUID', { reports: { ids: [reportIdOf(1), 'sales'] } }, 'bad_report_id /0/reports/ids/1'],
  ['an excluded id that is no UUID', { excludeReportIds: ['sales'] }, 'bad_report_id /0/excludeReportIds/0'],
  ['a query id that is no UUID', { reports: { queryId: 'q' } }, 'bad_report_id /0/reports/queryId'],
  [
    'more than 10,000 ids',
    { reports: { ids: Array.from({ length: 10_001 }, (_, n) => reportIdOf(n)) } },
    'over_limit /0/reports/ids',
  ],
  ['a pattern too long', { reports: { namePattern: 'x'.repeat(257) } }, 'over_limit /0/reports/namePattern'],
  ['an empty pattern', { excludeNamePattern: '' }, 'bad_value /0/excludeNamePattern'],
  ['an empty list of ids', { reports: { ids: [] } }, 'empty_selector /0/reports/ids'],
  ['an empty selector', { reports: {} }, 'empty_selector /0/reports'],
  ['a selector of all: false', { reports: { all: false } }, 'empty_selector /0/reports'],
  [
    'a pattern that means all',
    { reports: { namePattern: '?*' } },
    'match_all_not_explicit /0/reports/namePattern',
  ],
  ['ids and all', { reports: { ids: [reportIdOf(1)], all: true } }, 'conflicting_selectors /0/reports'],
  ['all and a pattern', { reports: { all: true, namePattern: 'x*' } }, 'conflicting_selectors /0/reports'],
  [
    'an unknown zone',
    { schedule: { ...schedule, timeZone: 'W. Europe Standard Time' } },
    'unknown_time_zone /0/schedule/timeZone',
  ],
  [
    'an offset for a zone',
    { schedule: { ...schedule, timeZone: '+02:00' } },
    'unknown_time_zone /0/schedule/timeZone',
  ],
  [
    'an abbreviation for a zone',
    { schedule: { ...schedule, timeZone: 'EST' } },
    'ambiguous_time_zone /0/schedule/timeZone',
  ],
  ['a cron of four fields', { schedule: { ...schedule, start: '0 1 * *' } }, 'bad_cron /0/schedule/start'],
  [
    'a cron of seven fields',
    { schedule: { ...schedule, start: '0 0 1 * * * 2027' } },
    'bad_cron /0/schedule/start',
  ],
  ['a cron out of range', { schedule: { ...schedule, start: '60 1 * * *' } }, 'bad_cron /0/schedule/start'],
  [
    'a date for a cron',
    { schedule: { ...schedule, start: '2026-01-01T00:00:00' } },
    'bad_cron /0/schedule/start',
  ],
  ['a nickname for a cron', { schedule: { ...schedule, start: '@daily' } }, 'bad_cron /0/schedule/start'],
  [
    'days of month and week',
    { schedule: { ...schedule, start: '0 2 1 * MON' } },
    'ambiguous_cron_days /0/schedule/start',
  ],
  ['31 February', { schedule: { ...schedule, start: '0 2 31 2 *' } }, 'never_starts /0/schedule/start'],
  ['a bad duration', { schedule: { ...schedule, duration: '8h' } }, 'bad_duration /0/schedule/duration'],
  ['an empty duration', { schedule: { ...schedule, duration: '' } }, 'bad_duration /0/schedule/duration'],
  [
    'a duration of nothing',
    { schedule: { ...schedule, duration: 'PT0S' } },
    'duration_not_positive /0/schedule/duration',
  ],
  [
    'a duration below nothing',
    { schedule: { ...schedule, duration: '-PT1H' } },
    'duration_not_positive /0/schedule/duration',
  ],
  [
    'a duration in months',
    { schedule: { ...schedule, duration: 'P1M' } },
    'calendar_duration /0/schedule/duration',
  ],
  [
    'a duration above a year',
    { schedule: { ...schedule, duration: 'P367D' } },
    'duration_too_long /0/schedule/duration',
  ],
  ['an end that is no time', { schedule: { ...daily, end: 'six' } }, 'bad_time_of_day /0/schedule/end'],
  ['an end after midnight', { schedule: { ...daily, end: '24:01' } }, 'bad_time_of_day /0/schedule/end'],
  ['an end with one digit', { schedule: { ...daily, end: '6:00' } }, 'bad_time_of_day /0/schedule/end'],
  ['a number for an end', { schedule: { ...daily, end: 6 } }, 'wrong_type /0/schedule/end'],
  [
    'an end and a duration',
    { schedule: { ...daily, end: '06:00', duration: 'PT8H' } },
    'conflicting_ends /0/schedule/end',
  ],
  [
    'an end and none',
    { schedule: { ...daily, end: '06:00', untilResumed: true } },
    'conflicting_ends /0/schedule/end',
  ],
  [
    'a duration and no end',
    { schedule: { ...daily, duration: 'PT8H', untilResumed: true } },
    'conflicting_ends /0/schedule/duration',
  ],
  [
    'all reports and nothing said of the end',
    { reports: { all: true }, schedule: daily },
    'no_end /0/schedule/end',
  ],
  [
    'a pattern and nothing said of the end',
    { reports: { namePattern: 'Sales*' }, schedule: { ...daily, duration: null } },
    'no_end /0/schedule/end',
  ],
  [
    'a query and an end that is denied and not said',
    { reports: { queryId: reportIdOf(1) }, schedule: { ...daily, untilResumed: false } },
    'no_end /0/schedule/end',
  ],
  [
    'one end for two starts a day',
    { schedule: { ...daily, start: '0 10,22 * * *', end: '06:00' } },
    'longer_than_period /0/schedule/end',
  ],
  [
    'a first date that is none',
    { schedule: { ...schedule, validFrom: '2026-13-01' } },
    'bad_date /0/schedule/validFrom',
  ],
  [
    'a last date before the first',
    { schedule: { ...schedule, validFrom: '2026-12-02', validTo: '2026-12-01' } },
    'valid_to_before_valid_from /0/schedule/validTo',
  ],
  [
    'no start from the first date to the last',
    { schedule: { ...schedule, validFrom: '2026-12-07', validTo: '2026-12-11' } },
    'never_starts /0/schedule/validTo',
  ],
  [
    'no start that is not skipped',
    {
      schedule: {
        ...schedule,
        validFrom: '2026-12-06',
        validTo: '2026-12-12',
        skipDates: ['2026-12-12'],
      },
    },
    'never_starts /0/schedule/validTo',
  ],
  [
    'more than 20 patterns',
    { excludeNamePatterns: Array(21).fill('x*') },
    'over_limit /0/excludeNamePatterns',
  ],
  [
    'an empty pattern among others',
    { excludeNamePatterns: ['x*', ''] },
    'bad_value /0/excludeNamePatterns/1',
  ],
  [
    'a window longer than its period',
    { schedule: { ...schedule, start: '0 22 * * *', duration: 'PT25H' } },
    'longer_than_period /0/schedule/duration',
  ],
  [
    'a window longer than its shortest period',
    { schedule: { ...schedule, start: '0 22 28,1 * *', duration: 'PT30H' } },
    'longer_than_period /0/schedule/duration',
  ],
  [
    'a skipped date that is none',
    { schedule: { ...schedule, skipDates: ['2026-02-29'] } },
    'bad_date /0/schedule/skipDates/0',
  ],
  [
    'more than 1,000 skipped dates',
    { schedule: { ...schedule, skipDates: Array(1_001).fill('2026-12-26') } },
    'over_limit /0/schedule/skipDates',
  ],
  [
    'an end before its start',
    { schedule: { from: '2026-05-02T00:00Z', to: '2026-05-01T00:00Z' } },
    'until_not_after_from /0/schedule/to',
  ],
  [
    'an end at its start',
    { schedule: { from: '2026-05-01T00:00Z', to: '2026-05-01T02:00+02:00' } },
    'until_not_after_from /0/schedule/to',
  ],
  [
    'an end years away',
    { schedule: { from: '2026-05-01T00:00Z', to: '2028-05-01T00:00Z' } },
    'duration_too_long /0/schedule/to',
  ],
  ['no end', { schedule: { from: '2026-05-01T00:00Z' } }, 'missing_property /0/schedule/to'],
  [
    'a wall time without zone',
    { schedule: { from: '2026-05-01T00:00', to: '2026-05-02T00:00Z' } },
    'missing_time_zone /0/schedule/from',
  ],
  [
    'an instant that is none',
    { schedule: { from: '2026-02-30T00:00Z', to: 'tomorrow' } },
    'bad_instant /0/schedule/from',
  ],
  [
    'an instant with a zone in brackets',
    { schedule: { from: '2026-05-01T00:00+02:00[Asia/Tokyo]', to: '2026-05-02T00:00Z' } },
    'bad_instant /0/schedule/from',
  ],
];

test.each(faults)('%s is told with code and place, and the other windows work', (_, change, expected) => {
  const parsed = parse({ ...good, ...change }, { ...good, name: 'other' });

  expect(brief(parsed)[0]).toBe(expected);
  expect(parsed.problems[0]).toMatchObject({
    window: 'load',
    severity: 'error',
    message: expect.stringMatching(/\S/),
  });
  expect(parsed.invalidNames).toEqual(['load']);
  expect(parsed.windows.map(({ name }) => name)).toEqual(['other']);
  expect(parsed.isComplete).toBe(true);
});
