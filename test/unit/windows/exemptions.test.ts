import type { Exemption } from '../../../shared/model/exemption.ts';
import type { MatchSelector } from '../../../shared/model/reportSelector.ts';
import { runSteps } from '../../../shared/time/steps.ts';
import { leavingOut } from '../../../shared/windows/exemptions.ts';
import { fingerprintOf } from '../../../shared/windows/fingerprint.ts';
import { selectForWindow } from '../../../shared/windows/selectForWindow.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { exemptionUntil } from './sampleExemption.ts';
import { reportIdOf, reportWith } from './sampleReport.ts';
import { recurring, windowWith } from './sampleWindow.ts';

const UNTIL = 2_000;
const QUERY = 'bbbbbbbb-0000-4000-8000-000000000002';
const reports = [
  reportWith(1, { reportName: 'Sales EU' }),
  reportWith(2, { reportName: 'sales US', queryId: QUERY }),
  reportWith(3, { reportName: 'Usage', queryId: QUERY }),
];

function matching(fields: Partial<MatchSelector>): MatchSelector {
  return { kind: 'match', all: false, namePattern: null, queryId: null, ...fields };
}

function windowOf(fields: Partial<Window> = {}): Window {
  return { ...windowWith(recurring('0 2 * * *', 1, 'UTC')), reports: matching({ all: true }), ...fields };
}

const numbers = (ids: readonly string[]) => ids.map((id) => Number(id.slice(-12)));

/** What the window selects at an instant, and what is left out of it. */
function select(exemptions: readonly Exemption[], fields: Partial<Window> = {}, atMs = 1_000) {
  const [window = windowOf(fields)] = leavingOut([windowOf(fields)], exemptions, 0);
  const { selected, unknownIds, overLimit, exempt } = runSteps(selectForWindow(window, reports, atMs));
  return {
    selected: numbers(selected.map(({ reportId }) => reportId)),
    unknown: numbers(unknownIds),
    exempt: numbers(exempt.map(({ reportId }) => reportId)),
    overLimit,
  };
}

describe('an exemption leaves out', () => {
  test.each<[string, Partial<Exemption>, readonly number[]]>([
    ['the reports that it names', {}, [1]],
    [
      'whatever the case of their ids',
      { reports: { kind: 'ids', reportIds: [reportIdOf(1).toUpperCase()] } },
      [1],
    ],
    ['what its pattern matches, whatever the case', { reports: matching({ namePattern: 'SALES*' }) }, [1, 2]],
    ['the reports of a query', { reports: matching({ queryId: QUERY.toUpperCase() }) }, [2, 3]],
    [
      'what both match where both are given',
      { reports: matching({ queryId: QUERY, namePattern: 'u*' }) },
      [3],
    ],
    ['all of them', { reports: matching({ all: true }) }, [1, 2, 3]],
    ['nothing where nothing is said', { reports: matching({}) }, []],
  ])('%s', (_, fields, exempt) => {
    const selection = select([exemptionUntil(UNTIL, fields)]);

    expect(selection.exempt).toEqual(exempt);
    expect(selection.selected).toEqual([1, 2, 3].filter((number) => !exempt.includes(number)));
  });

  test('an id that the account does not show', () => {
    const ids = { reports: { kind: 'ids', reportIds: [reportIdOf(1), reportIdOf(9)] } } as const;

    expect(select([exemptionUntil(UNTIL, ids)], ids)).toMatchObject({
      selected: [],
      unknown: [],
      exempt: [1, 9],
    });
    expect(select([exemptionUntil(UNTIL)], ids)).toMatchObject({ selected: [], unknown: [9], exempt: [1] });
  });

  test('a report that runs once, which a window means by its id alone', () => {
    const once = reportWith(4, { reportName: 'Sales once', executeNow: true });
    const window = windowOf({ reports: { kind: 'ids', reportIds: [once.reportId] } });
    const [left = window] = leavingOut(
      [window],
      [exemptionUntil(UNTIL, { reports: matching({ all: true }) })],
      0,
    );

    expect(runSteps(selectForWindow(left, [once], 0)).selected).toEqual([]);
  });

  test('nothing of a window that it does not name', () => {
    const [other, load] = leavingOut(
      [windowOf({ name: 'other' }), windowOf()],
      [exemptionUntil(UNTIL, { windows: ['load'] })],
      0,
    );
    expect([other?.exemptions, load?.exemptions?.length]).toEqual([undefined, 1]);
  });

  test('nothing from its end on, and nothing once a person has ended it', () => {
    expect(select([exemptionUntil(UNTIL)], {}, UNTIL - 1).exempt).toEqual([1]);
    expect(select([exemptionUntil(UNTIL)], {}, UNTIL).exempt).toEqual([]);
    const ended = { by: 'ben', why: 'done', atMs: 10 };
    expect(select([exemptionUntil(UNTIL, { ended })]).exempt).toEqual([]);
  });

  test('each report until the last of the exemptions that mean it', () => {
    const exemptions = [
      exemptionUntil(UNTIL),
      exemptionUntil(9 * UNTIL, { id: 'longest', reports: matching({ all: true }) }),
      exemptionUntil(3 * UNTIL, { id: 'longer' }),
    ];
    const [window = windowOf()] = leavingOut([windowOf()], exemptions, 0);
    const { exempt } = runSteps(selectForWindow(window, reports, 0));

    expect(exempt.map(({ exemption }) => exemption.id)).toEqual(['longest', 'longest', 'longest']);
  });
});

test('what is left out counts towards maxReports: to leave one out never makes a window pause the others', () => {
  expect(select([exemptionUntil(UNTIL)], { maxReports: 2 })).toMatchObject({ exempt: [1], overLimit: true });
  expect(select([exemptionUntil(UNTIL)], { maxReports: 3 }).overLimit).toBe(false);
});

test('a window that nothing is left out of is the same object, and its fingerprint is that of its rule', () => {
  const window = windowOf();
  const [left = window] = leavingOut([window], [exemptionUntil(UNTIL)], 0);

  expect(leavingOut([window], [], 0)[0]).toBe(window);
  expect(leavingOut([window], [exemptionUntil(UNTIL)], UNTIL)[0]).toBe(window);
  expect(left.exemptions).toHaveLength(1);
  expect(fingerprintOf(left)).toBe(fingerprintOf(window));
});
