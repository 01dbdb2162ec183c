import type { Report } from '../../../shared/model/report.ts';
import { runSteps } from '../../../shared/time/steps.ts';
import { type WarningFacts, warnOfWindows } from '../../../shared/windows/previewWindows.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { reportIdOf, reportWith } from './sampleReport.ts';
import { at, recurring, windowWith } from './sampleWindow.ts';

const MINUTE = 60_000;
const REPORTS: readonly Report[] = [1, 2, 3].map((number) => reportWith(number));

/** A nightly window of the first report, an hour long, without fault. */
function nightly(fields: Partial<Window> = {}): Window {
  return {
    ...windowWith(recurring('0 2 * * *', 1, 'Europe/Berlin')),
    reports: { kind: 'ids', reportIds: [reportIdOf(1)] },
    ...fields,
  };
}

function warnings(window: Window, facts: Partial<WarningFacts> = {}) {
  const known = {
    nowMs: at('2026-06-01T00:00:00Z'),
    tickInMs: MINUTE,
    callsPerSecond: null,
    reports: REPORTS,
  };
  return runSteps(warnOfWindows([window], { ...known, ...facts }));
}

function codes(window: Window, facts: Partial<WarningFacts> = {}) {
  return warnings(window, facts).map(({ code }) => code);
}

const all = { kind: 'match', all: true, namePattern: null, queryId: null } as const;
const oneOff = (from: string, to: string): Window['schedule'] => ({
  ...{ kind: 'oneOff', timeZone: 'UTC' },
  ...{ fromMs: at(from), untilMs: at(to) },
});

describe('before it begins, a window is warned about', () => {
  test('by its name and as a warning, and one without fault is not', () => {
    expect(warnings(nightly())).toEqual([]);
    expect(warnings(nightly({ reports: { kind: 'ids', reportIds: [reportIdOf(9)] } }))[0]).toMatchObject({
      ...{ window: 'load', code: 'unknown_report', severity: 'warning' },
      message: expect.stringContaining(reportIdOf(9)),
    });
  });

  test.each<[string, Partial<Window>, Partial<WarningFacts>, readonly string[]]>([
    [
      'that selects no report by its pattern',
      { reports: { kind: 'match', all: false, namePattern: 'nothing*', queryId: null } },
      {},
      ['selects_none'],
    ],
    ['all of whose reports it excludes', { excludeReportIds: [reportIdOf(1)] }, {}, ['selects_none']],
    [
      'whose reports have all run out',
      {},
      { reports: [reportWith(1, { reportStatus: 'Inactive' })] },
      ['selects_none'],
    ],
    [
      'that names only ids which the account does not show',
      { reports: { kind: 'ids', reportIds: [reportIdOf(9)] } },
      {},
      ['unknown_report', 'selects_none'],
    ],
    ['that selects more than it may', { reports: all, maxReports: 2 }, {}, ['window_over_limit']],
    ['that is shorter than a tick', {}, { tickInMs: 61 * MINUTE }, ['shorter_than_tick']],
    ['that follows itself', { schedule: recurring('0 */4 * * *', 4, 'UTC') }, {}, ['never_closes']],
    [
      'that ends when it starts again',
      { schedule: recurring('0 2 * * *', '02:00', 'UTC') },
      {},
      ['never_closes'],
    ],
    [
      'whose end as wall time comes within a tick',
      { schedule: recurring('59 1 * * *', '02:00', 'UTC') },
      { tickInMs: 5 * MINUTE },
      ['shorter_than_tick'],
    ],
    [
      'whose last date is over',
      { schedule: recurring('0 2 * * *', 1, 'UTC', { validTo: '2026-05-31' }) },
      {},
      ['no_start_ahead'],
    ],
    [
      'whose zone means its opposite',
      { schedule: recurring('0 2 * * *', 1, 'Etc/GMT+5') },
      {},
      ['opposite_time_zone'],
    ],
    [
      'that is too short for its reports at 60 calls a minute',
      { reports: all, schedule: oneOff('2026-06-02T00:00:00Z', '2026-06-02T00:00:08Z') },
      { tickInMs: 1_000 },
      ['too_short_for_reports'],
    ],
    [
      'that is over',
      { schedule: oneOff('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z') },
      {},
      ['no_start_ahead'],
    ],
    [
      'whose starts of a year are all skipped',
      { schedule: recurring('0 2 24 12 *', 1, 'UTC', { skipDates: ['2026-12-24', '2027-12-24'] }) },
      {},
      ['no_start_ahead'],
    ],
    [
      'that clocks skip as a whole in each year',
      { schedule: recurring('15 2 * 3 SUNL', '02:45', 'Europe/Berlin') },
      {},
      ['no_start_ahead'],
    ],
  ])('%s', (_what, fields, facts, expected) => {
    expect(codes(nightly(fields), facts)).toEqual(expected);
  });

  test.each<[string, Partial<Window>, Partial<WarningFacts>]>([
    ['begins once, in 430 days', { schedule: oneOff('2027-08-05T00:00:00Z', '2027-08-06T00:00:00Z') }, {}],
    [
      'is open now, for the last time',
      { schedule: oneOff('2026-05-31T00:00:00Z', '2026-06-02T00:00:00Z') },
      {},
    ],
    ['has no end and says so', { reports: all, schedule: recurring('0 2 * * *', null, 'UTC') }, {}],
    [
      'begins on a first date that is years away',
      { schedule: recurring('0 2 * * *', 1, 'UTC', { validFrom: '2029-01-01' }) },
      {},
    ],
    [
      'is open now, from its last date',
      { schedule: recurring('0 23 * * *', '06:00', 'UTC', { validTo: '2026-05-31' }) },
      {},
    ],
    ['is in a zone that says what it means', { schedule: recurring('0 2 * * *', 1, 'Etc/GMT') }, {}],
    [
      'is long enough at the calls that the account allows',
      { reports: all, schedule: oneOff('2026-06-02T00:00:00Z', '2026-06-02T00:00:08Z') },
      { tickInMs: 1_000, callsPerSecond: 2 },
    ],
    ['is disabled', { enabled: false, reports: all, maxReports: 1 }, {}],
    ['cannot be held against reports', { reports: all, maxReports: 1 }, { reports: null }],
  ])('but not one that %s', (_what, fields, facts) => {
    expect(codes(nightly(fields), facts)).toEqual([]);
  });
});
