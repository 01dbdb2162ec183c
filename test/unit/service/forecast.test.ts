import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import { nothingLearned } from '../../../shared/model/ownership.ts';
import { forecastInSteps, MAX_FORECAST } from '../../../shared/service/forecast.ts';
import { PIECES_AT_ONCE, runInSlices, runSteps } from '../../../shared/time/steps.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { ours, shown } from '../deciding/sampleDecide.ts';
import { holdWith, MINUTE } from '../deciding/sampleSituation.ts';
import { exemptionUntil } from '../windows/sampleExemption.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { at, recurring, windowWith } from '../windows/sampleWindow.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FROM = at('2026-06-01T00:00:00Z');

function over(name: string, schedule: Window['schedule'], numbers: readonly number[] = [1]): Window {
  return { ...windowWith(schedule, name), reports: { kind: 'ids', reportIds: numbers.map(reportIdOf) } };
}

function stepsOf(
  windows: readonly Window[],
  range: readonly [number, number],
  fields: Partial<DecideInput> = {},
) {
  const [fromMs, untilMs] = range;
  const known: DecideInput = {
    ...{ nowMs: fromMs, holds: [], words: new Map(), learned: nothingLearned, mode: 'act' },
    ...{ tickInMs: MINUTE, ownerships: new Map() },
    windows: { areReadable: true, windows, invalidNames: [] },
    observations: new Map([shown(1, 'Active'), shown(2, 'Paused'), shown(3, 'Inactive')]),
    ...fields,
  };
  return forecastInSteps([{ known, decided: decide(known) }], { fromMs, untilMs });
}

function forecast(
  windows: readonly Window[],
  range: readonly [number, number],
  fields: Partial<DecideInput> = {},
) {
  const { occurrences, cutAtMs } = runSteps(stepsOf(windows, range, fields));
  return {
    cutAtMs,
    occurrences,
    told: occurrences.map(
      ({ window, fromUtc, actions }) => `${fromUtc} ${window} ${JSON.stringify(actions)}`,
    ),
  };
}

describe('a forecast', () => {
  const night = over('night', recurring('0 2 * * *', 1, 'UTC'));
  const noon = over('noon', recurring('0 12 * * *', 1, 'UTC'), [1, 2, 3, 9]);

  test('tells each occurrence in order of time, and what its begin does', () => {
    expect(forecast([noon, night], [FROM, FROM + 2 * DAY]).told).toEqual([
      '2026-06-01T02:00:00Z night {"pause":1}',
      '2026-06-01T12:00:00Z noon {"pause":1,"foreign_pause":1,"inactive":1,"not_found":1}',
      '2026-06-02T02:00:00Z night {"pause":1}',
      '2026-06-02T12:00:00Z noon {"pause":1,"foreign_pause":1,"inactive":1,"not_found":1}',
    ]);
  });

  test('of neighbouring ranges tells each occurrence once, the one that begins at their border too', () => {
    const border = at('2026-06-02T02:00:00Z');
    const starts = (from: number, until: number) =>
      forecast([night], [from, until]).occurrences.map(({ fromUtc }) => fromUtc);

    expect(starts(FROM, border)).toEqual(['2026-06-01T02:00:00Z']);
    expect(starts(border, border + DAY)).toEqual(['2026-06-02T02:00:00Z']);
  });

  test('says exempt of what is left out at its begin, and held of what it takes in by the end of that', () => {
    const long = over('long', recurring('0 1 * * *', 12, 'UTC'), [1]);
    const early = over('early', recurring('0 2 * * *', 1, 'UTC'), [1]);
    const late = over('late', recurring('0 11 * * *', 1, 'UTC'), [1]);
    const exemptions = [exemptionUntil(FROM + 10 * HOUR)];
    expect(forecast([{ ...long, exemptions }, early, late], [FROM, FROM + 2 * DAY]).told).toEqual([
      '2026-06-01T01:00:00Z long {"exempt":1}',
      '2026-06-01T02:00:00Z early {"pause":1}',
      '2026-06-01T11:00:00Z late {"held":1}',
      '2026-06-02T01:00:00Z long {"pause":1}',
      '2026-06-02T02:00:00Z early {"held":1}',
      '2026-06-02T11:00:00Z late {"held":1}',
    ]);
    const [whole] = forecast([long], [FROM, FROM + DAY]).occurrences;
    const [rest] = forecast([{ ...long, exemptions }], [FROM, FROM + DAY]).occurrences;
    const [none] = forecast(
      [{ ...long, exemptions: [exemptionUntil(FROM + DAY)] }],
      [FROM, FROM + DAY],
    ).occurrences;
    // It is executed at six.
    expect([whole?.executions, rest?.executions, none?.executions]).toEqual([1, 0, 0]);
  });

  test('says held of what an earlier window, or what holds now, still holds', () => {
    const long = over('long', recurring('0 1 * * *', 12, 'UTC'));
    const next = over('next', recurring('1 13 * * *', 1, 'UTC'));
    const later = over('later', recurring('30 15 * * *', 1, 'UTC'));
    const told = (fields: Partial<DecideInput> = {}) =>
      forecast([later, next, long, night], [FROM, FROM + DAY], fields).occurrences.map(
        ({ window, actions }) => `${window} ${Object.keys(actions)}`,
      );

    expect(told()).toEqual(['long pause', 'night held', 'next held', 'later pause']);
    expect(
      told({
        holds: [holdWith({ fromMs: FROM - HOUR, untilMs: FROM + 90 * MINUTE })],
        ownerships: new Map([ours(1)]),
        observations: new Map([shown(1, 'Paused')]),
      }),
    ).toEqual(['long held', 'night held', 'next held', 'later pause']);
  });

  test('of a window without duration says that it has no end, and holds all along', () => {
    const open = over('open', recurring('0 3 * * *', null, 'UTC'));

    const { occurrences } = forecast([open, noon], [FROM, FROM + 2 * DAY]);

    expect(occurrences.map(({ window, untilUtc }) => `${window} ${untilUtc}`)).toEqual([
      'open null',
      'noon 2026-06-01T13:00:00Z',
      'open null',
      'noon 2026-06-02T13:00:00Z',
    ]);
    // It has been open since its last start, the day before.
    expect(occurrences.map(({ actions }) => actions['held'])).toEqual([1, 1, 1, 1]);
  });

  test('of a window that takes more than it may says that it pauses none', () => {
    const many: Window = { ...noon, maxReports: 1 };

    expect(forecast([many], [FROM, FROM + DAY]).told).toEqual([
      '2026-06-01T12:00:00Z noon {"window_over_limit":3}',
    ]);
  });

  test('counts each execution that falls into an occurrence', () => {
    const hourly = { startTimeMs: FROM, recurrenceIntervalInHours: 4, recurrenceCount: 8 };
    const observations = new Map([shown(1, 'Active', 'id', hourly)]);
    const all = over('all', recurring('0 0 * * *', 23, 'UTC'));

    expect(
      forecast([all], [FROM, FROM + 3 * DAY], { observations }).occurrences.map(
        ({ executions }) => executions,
      ),
    ).toEqual([6, 2, 0]);
  });

  test('that is cut says where, tells all that begin before, and goes on from there without a gap', () => {
    const windows = Array.from({ length: 30 }, (_, at) =>
      over(`w${at}`, recurring('*/30 * * * *', 0.1, 'UTC')),
    );
    const range = [FROM, FROM + 2 * DAY] as const;

    const first = forecast(windows, range);
    const rest = forecast(windows, [first.cutAtMs ?? 0, range[1]]);

    expect(first.occurrences.length).toBeGreaterThanOrEqual(MAX_FORECAST);
    // 17 starts of 30 windows each: those of one instant stay together.
    expect(first.occurrences.length).toBe(17 * 30);
    expect(first.cutAtMs).toBe(FROM + 8.5 * HOUR);
    expect(rest.occurrences[0]?.fromUtc).toBe('2026-06-01T08:30:00Z');
    expect(rest.cutAtMs).toBe(FROM + 17 * HOUR);
  });

  test('of a year of 500 windows computes what it tells and little more, in slices', async () => {
    const windows = Array.from({ length: 500 }, (_, at) =>
      over(`w${at}`, recurring(`${at % 60} ${at % 24} * * *`, 1, 'Europe/Berlin')),
    );
    let pieces = 0;
    let most = 0;
    let sinceLast = 0;
    let turns = 0;
    const steps = stepsOf(windows, [FROM, FROM + 365 * DAY]);
    const counted = (function* () {
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
        pieces += step.value;
        sinceLast += step.value;
        most = Math.max(most, sinceLast);
        yield step.value;
      }
    })();

    const { occurrences, cutAtMs } = await runInSlices(counted, async () => {
      turns += 1;
      sinceLast = 0;
    });

    expect(occurrences.length).toBeGreaterThanOrEqual(MAX_FORECAST);
    expect(cutAtMs).not.toBeNull();
    expect(pieces).toBeLessThan((500 + occurrences.length) * 60);
    expect(most).toBeLessThan(2 * PIECES_AT_ONCE);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(pieces / (2 * PIECES_AT_ONCE)));
  });
});
