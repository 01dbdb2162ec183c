import { isBlind } from '../../../shared/deciding/decide.ts';
import type { Observation, Ownership } from '../../../shared/model/ownership.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { decideAll, done, holdsOf, ours, shown, windowOver } from './sampleDecide.ts';
import { doubtful, ended, HOUR, holdWith, MINUTE, NOW, odd, paused, windowHold } from './sampleSituation.ts';

const FROM = NOW - HOUR;
const UNTIL = NOW + HOUR;
const load = windowOver('load', FROM, UNTIL, [1]);
const heldByLoad = windowHold('load', FROM, UNTIL);
const oursAndPaused = { ownerships: [ours(1)], observations: [shown(1, 'Paused')] };

describe('windows that cannot be understood', () => {
  test('unreadable as a whole: nothing is resumed before the end that the ledger keeps, then it is', () => {
    const unread = { ...oursAndPaused, areReadable: false };
    expect(done(decideAll({ ...unread, holds: [heldByLoad] }))[1]).toBe('none held');
    const over = windowHold('load', FROM, NOW);
    expect(done(decideAll({ ...unread, holds: [over] }))[1]).toBe('resume last_hold_ended');
  });

  test('invalid: its holds freeze, and the others begin and end', () => {
    const decided = decideAll({
      ...{ windows: [windowOver('good', FROM, UNTIL, [3])], invalidNames: ['load'] },
      ...{ holds: [heldByLoad, windowHold('removed', FROM, UNTIL, { reportId: reportIdOf(2) })] },
      ...{ ownerships: [ours(1), ours(2)] },
      observations: [shown(1, 'Paused'), shown(2, 'Paused'), shown(3, 'Active')],
    });
    expect(done(decided)).toEqual({
      ...{ 1: 'none held', 2: 'resume last_hold_ended', 3: 'pause hold_began' },
    });
  });

  test('without a readable name: windows that are listed work, holds of all others freeze', () => {
    const decided = decideAll({
      ...{ windows: [{ ...load, excludeReportIds: [reportIdOf(1)] }], areReadable: false },
      ...{ holds: [heldByLoad, windowHold('unlisted', FROM, UNTIL, { reportId: reportIdOf(2) })] },
      ...{ ownerships: [ours(1), ours(2)], observations: [shown(1, 'Paused'), shown(2, 'Paused')] },
    });
    expect(done(decided)).toEqual({ 1: 'resume last_hold_ended', 2: 'none held' });
  });
});

describe('a window that selects more reports than it may', () => {
  const tooMany = windowOver('load', FROM, UNTIL, [], { maxReports: 1 });
  const observations = [shown(1, 'Paused'), shown(2, 'Active'), shown(3, 'Active')];
  const state = { holds: [heldByLoad], ownerships: [ours(1)], observations };

  test('pauses none, says so, and goes on with what it holds', () => {
    const decided = decideAll({ ...state, windows: [tooMany] });
    expect(done(decided)).toEqual({ 1: 'none held', 2: 'none no_hold', 3: 'none no_hold' });
    expect(decided.windowStates[0]).toMatchObject({ overLimit: true, selectedCount: 3 });
  });

  test('still lets an exclusion win', () => {
    const windows = [{ ...tooMany, excludeReportIds: [reportIdOf(1)] }];
    expect(done(decideAll({ ...state, windows }))[1]).toBe('resume last_hold_ended');
  });

  test('still takes a new end or start for what it holds, and ends when it is over', () => {
    for (const [from, until] of [
      [FROM, UNTIL + HOUR],
      [FROM + 1, UNTIL],
    ] as const) {
      const windows = [windowOver('load', from, until, [], { maxReports: 1 })];
      const decided = decideAll({ ...state, windows });
      expect(holdsOf(decided)).toEqual(['load 1 live']);
      expect(decided.holdChanges.holds[0]).toMatchObject({ fromMs: from, untilMs: until });
    }
    const over = { ...state, holds: [windowHold('load', FROM, NOW)] };
    const next = windowOver('load', NOW, UNTIL, [], { maxReports: 1 });
    expect(done(decideAll({ ...over, windows: [next] }))[1]).toBe('resume last_hold_ended');
  });

  test('bridges no gap that it will not hold', () => {
    const next = windowOver('next', NOW + MINUTE, UNTIL, [], { maxReports: 1 });
    expect(done(decideAll({ ...state, holds: [], windows: [next] }))[1]).toBe('resume last_hold_ended');
    const edited = { ...next, name: 'load' };
    expect(done(decideAll({ ...state, windows: [edited] }))[1]).toBe('resume last_hold_ended');
  });
});

describe('a report that a pattern selected and the list lacks for once', () => {
  const all = windowOver('load', FROM, UNTIL);
  const observations = [shown(2, 'Inactive')];

  test.each(['live', 'foreign', 'dropped'] as const)('keeps its %s hold', (state) => {
    const holds = [{ ...heldByLoad, state }];
    expect(holdsOf(decideAll({ windows: [all], holds, observations }))).toContain(`load 1 ${state}`);
  });

  test('loses it where its id is excluded, or the window is over', () => {
    const holds = [heldByLoad];
    for (const window of [{ ...all, excludeReportIds: [reportIdOf(1)] }, windowOver('load', FROM, NOW)]) {
      expect(holdsOf(decideAll({ windows: [window], holds, observations }))).not.toContain('load 1 live');
    }
  });

  test('and that answers 404 is none that a pattern selects', () => {
    const missing: readonly [string, Observation] = [reportIdOf(1), { kind: 'notFound', readAtMs: NOW }];
    const decided = decideAll({ windows: [all], observations: [...observations, missing] });
    expect(decided.windowStates[0]?.selectedCount).toBe(1);
    expect(holdsOf(decided)).toEqual(['load 2 live']);
  });

  test('a report that the list does not know and a window names is told', () => {
    const decided = decideAll({ windows: [load], observations });
    expect(done(decided)).toEqual({ 1: 'none not_found', 2: 'none no_hold' });
    expect(decided.windowStates[0]?.unknownIds).toEqual([reportIdOf(1)]);
  });
});

describe('MODE=observe', () => {
  const mode = 'observe';

  test('tells what would be, of reports that are not ours', () => {
    const decided = decideAll({ mode, windows: [load], observations: [shown(1, 'Active')] });
    expect(done(decided)[1]).toBe('none observe_mode');
  });

  test('resumes what is ours at the end of the holds it has, also just before or inside another window', () => {
    const over = [windowHold('past', FROM, NOW)];
    for (const window of [load, windowOver('next', NOW + MINUTE, UNTIL, [1])]) {
      const decided = decideAll({ ...oursAndPaused, mode, windows: [window], holds: over });
      expect(done(decided)[1]).toBe('resume last_hold_ended');
    }
  });

  test('keeps the holds that it has, and follows an end that moved', () => {
    const holds = [windowHold('load', FROM, NOW + MINUTE)];
    const decided = decideAll({ ...oursAndPaused, mode, windows: [load], holds });
    expect(done(decided)[1]).toBe('none held');
    expect(decided.holdChanges.moved).toHaveLength(1);
  });
});

test('MODE=off decides nothing', () => {
  const decided = decideAll({ ...oursAndPaused, mode: 'off', holds: [holdWith({ untilMs: NOW })] });
  expect(done(decided)[1]).toBe('none mode_off');
});

test('a person’s word settles the report it names and no other', () => {
  const doubt = (number: number): readonly [string, Ownership] => [
    reportIdOf(number),
    doubtful({ reportId: reportIdOf(number) }),
  ];
  const decided = decideAll({
    ownerships: [doubt(1), doubt(2), doubt(3)],
    words: new Map([
      [reportIdOf(1), { whose: 'ours', why: 'kim: ours' }],
      [reportIdOf(2), { whose: 'theirs', why: 'kim: theirs' }],
    ]),
    observations: [shown(1, 'Paused'), shown(2, 'Paused'), shown(3, 'Paused')],
  });
  expect(done(decided)).toEqual({
    ...{ 1: 'resume last_hold_ended', 2: 'none acknowledged', 3: 'none doubtful' },
  });
});

describe('an account that shows our reports no more', () => {
  const missing = (count: number) =>
    Array.from({ length: count }, (_, at): readonly [string, Ownership] => {
      const reportId = reportIdOf(at + 1);
      return [reportId, paused({ reportId, odd: odd('notFound', 7 * 24 * HOUR) })];
    });
  const present = (from: number, count: number) =>
    Array.from({ length: count }, (_, at): readonly [string, Ownership] => [
      reportIdOf(from + at),
      paused({ reportId: reportIdOf(from + at) }),
    ]);
  const notFound = (count: number) =>
    Array.from({ length: count }, (_, at): readonly [string, Observation] => [
      reportIdOf(at + 1),
      { kind: 'notFound', readAtMs: NOW },
    ]);

  test.each([
    [3, 12, 'none unseen'],
    [3, 13, 'none gone'],
    [2, 0, 'none gone'],
  ])('%d of ours are 404 for a week beside %d others: %s', (count, others, expected) => {
    const ownerships = [...missing(count), ...present(count + 1, others)];
    const decided = decideAll({ ownerships, holds: [], observations: notFound(count) });
    expect(done(decided)[1]).toBe(expected);
  });

  test('those count that are 404 now, and those that were when they were looked at last', () => {
    const seenBefore = new Map(missing(3));
    const seenNow = new Map(notFound(3));
    expect(isBlind({ ownerships: seenBefore, observations: new Map() })).toBe(true);
    expect(isBlind({ ownerships: new Map(present(1, 3)), observations: seenNow })).toBe(true);
    expect(isBlind({ ownerships: new Map(present(1, 3)), observations: new Map() })).toBe(false);
  });

  test('those that we have given up do not count', () => {
    const given = [1, 2, 3].map((number): readonly [string, Ownership] => [
      reportIdOf(number),
      ended({ reportId: reportIdOf(number), because: 'gone' }),
    ]);
    expect(isBlind({ ownerships: new Map(given), observations: new Map(notFound(3)) })).toBe(false);
  });
});
