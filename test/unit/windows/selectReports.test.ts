import type { MatchSelector } from '../../../shared/model/reportSelector.ts';
import { executionsWithin } from '../../../shared/windows/executions.ts';
import { compileNamePattern, foldName } from '../../../shared/windows/namePattern.ts';
import { selectReports } from '../../../shared/windows/selectReports.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { reportIdOf, reportWith } from './sampleReport.ts';
import { at, recurring, windowWith } from './sampleWindow.ts';

const QUERY = 'bbbbbbbb-0000-4000-8000-000000000002';
const reports = [
  reportWith(1, { reportName: 'Sales EU' }),
  reportWith(2, { reportName: 'sales US', queryId: QUERY }),
  reportWith(3, { reportName: 'Usage', queryId: QUERY }),
  reportWith(4, { reportName: 'Sales once', executeNow: true }),
];

function select(fields: Partial<Window>) {
  const { exemptions: _, ...window } = { ...windowWith(recurring('0 2 * * *', 1, 'UTC')), ...fields };
  const selection = selectReports(window, reports);
  return { ...selection, selected: selection.selected.map(({ reportId }) => Number(reportId.slice(-12))) };
}

function matching(fields: Partial<MatchSelector>): MatchSelector {
  return { kind: 'match', all: false, namePattern: null, queryId: null, ...fields };
}

describe('a window takes', () => {
  test('the reports it names by id, whatever the case, and tells which ids the account does not show', () => {
    const ids = [reportIdOf(4).toUpperCase(), reportIdOf(1), reportIdOf(9)];

    expect(select({ reports: { kind: 'ids', reportIds: ids } })).toEqual({
      selected: [1, 4],
      unknownIds: [reportIdOf(9)],
      overLimit: false,
    });
  });

  test('every report when it says all, except those that run once', () => {
    expect(select({ reports: matching({ all: true }) }).selected).toEqual([1, 2, 3]);
  });

  test('the reports whose name matches, whatever the case', () => {
    expect(select({ reports: matching({ namePattern: 'SALES*' }) }).selected).toEqual([1, 2]);
  });

  test('the reports of a query, and with a name pattern beside it only those that match both', () => {
    expect(select({ reports: matching({ queryId: QUERY.toUpperCase() }) }).selected).toEqual([2, 3]);
    expect(select({ reports: matching({ queryId: QUERY, namePattern: 'Us*' }) }).selected).toEqual([3]);
  });

  test('nothing when nothing is said', () => {
    expect(select({ reports: matching({}) }).selected).toEqual([]);
  });

  test('no report that it excludes, by id or by name, however it is selected', () => {
    expect(
      select({ reports: matching({ all: true }), excludeReportIds: [reportIdOf(1).toUpperCase()] }).selected,
    ).toEqual([2, 3]);
    expect(select({ reports: matching({ all: true }), excludeNamePatterns: ['*us*'] }).selected).toEqual([1]);
    expect(
      select({ reports: matching({ all: true }), excludeNamePatterns: ['nothing*', '*us*'] }).selected,
    ).toEqual([1]);
    expect(
      select({
        reports: { kind: 'ids', reportIds: [reportIdOf(1), reportIdOf(9)] },
        excludeReportIds: [reportIdOf(1), reportIdOf(9)],
      }),
    ).toEqual({ selected: [], unknownIds: [], overLimit: false });
  });

  test('says so when it selects more than it may', () => {
    expect(select({ reports: matching({ all: true }), maxReports: 2 }).overLimit).toBe(true);
    expect(select({ reports: matching({ all: true }), maxReports: 3 }).overLimit).toBe(false);
  });
});

test.each([
  ['Sales', 'sales', true],
  ['Sales', 'Sales EU', false],
  ['*EU', 'Sales EU', true],
  ['S?les*', 'Sales', true],
  ['S?les', 'Sles', false],
  ['*a*b*c', 'xxaxxbxxbc', true],
  ['*a*b*c', 'xxaxxbxxbcd', false],
  ['a.c', 'abc', false],
  ['a+(b)*', 'a+(b) c', true],
  ['?', '📊', true],
  ['Über*', 'U\u0308BERSICHT', true],
  ['*', '', true],
])('the pattern %s is met by the name %s: %s', (pattern, name, expected) => {
  expect(compileNamePattern(pattern)(foldName(name))).toBe(expected);
});

test('a pattern made to be slow is still matched at once', () => {
  const match = compileNamePattern('*a'.repeat(100));

  const begin = performance.now();
  expect(match(`${'a'.repeat(5_000)}b`)).toBe(false);

  expect(performance.now() - begin).toBeLessThan(1_000);
});

describe('the executions that fall into a window', () => {
  const from = at('2026-03-01T00:00:00Z');
  const until = at('2026-03-03T06:00:00Z');
  const days = (...found: readonly string[]) => found.map((day) => at(`${day}T06:00:00Z`));

  test('are those of the start and its multiples, the end of the window not included', () => {
    expect(executionsWithin(reportWith(1), from, until, 100)).toEqual(days('2026-03-01', '2026-03-02'));
    expect(executionsWithin(reportWith(1), from, until + 1, 100)).toEqual(
      days('2026-03-01', '2026-03-02', '2026-03-03'),
    );
  });

  test('end with the recurrence count and with the limit', () => {
    expect(executionsWithin(reportWith(1, { recurrenceCount: 60 }), from, until, 100)).toEqual(
      days('2026-03-01'),
    );
    expect(executionsWithin(reportWith(1, { recurrenceCount: 59 }), from, until, 100)).toEqual([]);
    expect(executionsWithin(reportWith(1), from, until, 1)).toEqual(days('2026-03-01'));
  });

  test('begin with the first, and are that alone where there is no interval', () => {
    const first = at('2026-03-02T06:00:00Z');

    expect(executionsWithin(reportWith(1, { startTimeMs: first }), from, until, 100)).toEqual([first]);
    expect(
      executionsWithin(
        reportWith(1, { startTimeMs: first, recurrenceIntervalInHours: null }),
        from,
        until + 1e9,
        100,
      ),
    ).toEqual([first]);
    expect(executionsWithin(reportWith(1, { recurrenceIntervalInHours: null }), from, until, 100)).toEqual(
      [],
    );
  });

  test('are none for a report that runs once, or whose start is not known', () => {
    expect(executionsWithin(reportWith(1, { executeNow: true }), from, until, 100)).toEqual([]);
    expect(executionsWithin(reportWith(1, { startTimeMs: null }), from, until, 100)).toEqual([]);
  });
});
