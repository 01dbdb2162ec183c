import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import { nothingLearned } from '../../../shared/model/ownership.ts';
import { createExpectation, expectInSteps } from '../../../shared/service/expectedResume.ts';
import { runSteps } from '../../../shared/time/steps.ts';
import { utcText } from '../../../shared/windows/formatInstant.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { ours, shown } from '../deciding/sampleDecide.ts';
import { BEFORE, doubtful, holdWith, MINUTE, paused, seen, windowHold } from '../deciding/sampleSituation.ts';
import { exemptionUntil } from '../windows/sampleExemption.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import { at, recurring, windowWith } from '../windows/sampleWindow.ts';

const NOW = at('2026-03-01T20:30:00Z');
const instant = (time: string) => at(`2026-03-01T${time}:00Z`);

function over(name: string, schedule: Window['schedule'], fields: Partial<Window> = {}): Window {
  return { ...windowWith(schedule, name), reports: { kind: 'ids', reportIds: [reportIdOf(1)] }, ...fields };
}

/** Once, between two times of day. */
function once(from: string, until: string): Window['schedule'] {
  return { kind: 'oneOff', fromMs: instant(from), untilMs: instant(until), timeZone: 'UTC' };
}

/** When the first report, paused by us, is expected back, and why then. */
function expected(windows: readonly Window[], fields: Partial<DecideInput> = {}): string {
  const known: DecideInput = {
    ...{ nowMs: NOW, holds: [], words: new Map(), learned: nothingLearned, mode: 'act' },
    ...{ tickInMs: 5 * MINUTE },
    windows: { areReadable: true, windows, invalidNames: [] },
    ownerships: new Map([ours(1)]),
    observations: new Map([[reportIdOf(1), seen('Paused', {}, NOW)]]),
    ...fields,
  };
  const decided = decide(known);
  const decision = decided.decisions.find(({ reportId }) => reportId === reportIdOf(1));
  if (decision === undefined) throw new Error('nothing was decided about the report');
  const { atMs, reason } = runSteps(expectInSteps(createExpectation({ ...known, decided }), decision));
  return atMs === null ? reason : `${utcText(atMs).slice(11, 16)} ${reason}`;
}

const evening = over('evening', once('20:00', '21:00'));

describe('a report is expected back', () => {
  test.each<[string, string, readonly Window[]]>([
    ['at the end of its window', '21:00 holds_end', [evening]],
    [
      'at the end of the last of windows that overlap',
      '22:00 holds_end',
      [evening, over('late', once('20:15', '22:00'))],
    ],
    [
      'at the end of a window that goes on where the first ends',
      '23:00 holds_end',
      [evening, over('late', once('21:00', '23:00'))],
    ],
    [
      'at the end of one that begins within a tick of it',
      '23:00 holds_end',
      [evening, over('late', once('21:05', '23:00'))],
    ],
    [
      'at the end of its window where the next begins later than that',
      '21:00 holds_end',
      [evening, over('late', once('21:06', '23:00'))],
    ],
    [
      'where a third follows the second, at the end of that',
      '23:30 holds_end',
      [over('last', once('22:00', '23:30')), evening, over('late', once('21:00', '22:00'))],
    ],
    [
      'when somebody asks, where its window has no duration',
      'when_asked',
      [over('open', recurring('0 20 * * *', null, 'UTC'))],
    ],
    [
      'when somebody asks, where such a window goes on with it',
      'when_asked',
      [evening, over('open', recurring('0 21 * * *', null, 'UTC'))],
    ],
    [
      'never, where nights and days follow one another',
      'windows_without_gap',
      [over('day', recurring('0 6 * * *', 12, 'UTC')), over('night', recurring('0 18 * * *', 12, 'UTC'))],
    ],
    [
      'at the end of its window where the next leaves it out',
      '21:00 holds_end',
      [evening, over('late', once('21:00', '23:00'), { excludeReportIds: [reportIdOf(1)] })],
    ],
    [
      'at the end of its window where the next is disabled',
      '21:00 holds_end',
      [evening, over('late', once('21:00', '23:00'), { enabled: false })],
    ],
    ['by the next run, where nothing holds it', 'nothing_holds_it', []],
    [
      'at the end of a window that begins before the next run resumes it',
      '22:00 holds_end',
      [over('soon', once('20:33', '22:00'))],
    ],
  ])('%s', (_when, when, windows) => {
    expect(expected(windows)).toBe(when);
  });

  test('at the end of a request where its window leaves it out, and of that window where it takes it in by then', () => {
    const holds: readonly Hold[] = [holdWith({ untilMs: instant('20:45') })];
    const leftOut = (until: string) => [{ ...evening, exemptions: [exemptionUntil(instant(until))] }];

    expect(expected(leftOut('22:00'), { holds })).toBe('20:45 holds_end');
    expect(expected(leftOut('20:51'), { holds })).toBe('20:45 holds_end');
    // Within a tick of the end: it is not resumed in between.
    expect(expected(leftOut('20:50'), { holds })).toBe('21:00 holds_end');
    expect(expected(leftOut('20:40'), { holds })).toBe('21:00 holds_end');
    const dropped = windowHold('evening', instant('20:00'), instant('21:00'), { state: 'dropped' });
    expect(expected(leftOut('20:40'), { holds: [...holds, dropped] })).toBe('20:45 holds_end');
  });

  test('at the end of its window where the next leaves it out for longer', () => {
    const late = over('late', once('21:00', '23:00'));
    const leftOut = (until: string) => ({ ...late, exemptions: [exemptionUntil(instant(until))] });
    expect(expected([evening, leftOut('21:06')])).toBe('21:00 holds_end');
    expect(expected([evening, leftOut('21:05')])).toBe('23:00 holds_end');
  });

  test('at the end of a request that outlasts its window, and of the window that follows that', () => {
    const holds: readonly Hold[] = [holdWith({ untilMs: instant('21:30') })];

    expect(expected([evening], { holds })).toBe('21:30 holds_end');
    expect(expected([evening, over('late', once('21:30', '22:00'))], { holds })).toBe('22:00 holds_end');
    expect(expected([evening], { holds: [holdWith()] })).toBe('when_asked');
  });

  test('at the end of a request that lasts for decades', () => {
    const holds = [holdWith({ untilMs: at('2098-07-01T21:00:00Z') })];

    expect(expected([evening], { holds })).toBe('21:00 holds_end');
  });

  test('before the end of a window that was told to leave it alone', () => {
    const holds = [
      windowHold('evening', instant('20:00'), instant('21:00'), { state: 'dropped' }),
      holdWith({ untilMs: instant('20:45') }),
    ];

    expect(expected([evening], { holds })).toBe('20:45 holds_end');
  });

  test('at the end of its window where the next takes more reports than it may', () => {
    const everything = { kind: 'match', all: true, namePattern: null, queryId: null } as const;
    const late = over('late', once('21:00', '23:00'), { reports: everything, maxReports: 1 });

    expect(
      expected([evening, late], { observations: new Map([shown(1, 'Paused'), shown(2, 'Active')]) }),
    ).toBe('21:00 holds_end');
  });

  test('while observing, at the end of what holds it now', () => {
    const holds = [windowHold('evening', instant('20:00'), instant('21:00'))];

    expect(expected([evening, over('late', once('21:00', '23:00'))], { holds, mode: 'observe' })).toBe(
      '21:00 holds_end',
    );
  });

  test('not by us where the pause is not ours, is doubtful, or MODE is off', () => {
    const foreign = { ownerships: new Map(), observations: new Map([shown(1, 'Paused')]) };

    expect(expected([evening], foreign)).toBe('not_ours');
    expect(expected([evening], { ownerships: new Map([[reportIdOf(1), doubtful()]]) })).toBe('doubtful');
    expect(expected([evening], { mode: 'off' })).toBe('mode_off');
  });

  test('also where it is about to be paused', () => {
    const active = reportWith(1, { ...BEFORE, reportStatus: 'Active' });
    const fields: Partial<DecideInput> = {
      ownerships: new Map(),
      observations: new Map([[active.reportId, seen('Active', {}, NOW)]]),
    };

    expect(expected([evening, over('late', once('21:00', '23:00'))], fields)).toBe('23:00 holds_end');
    expect(paused().kind).toBe('paused');
  });
});
