import { reportIdOf } from '../windows/sampleReport.ts';
import { decideAll, done, holdsOf, ours, shown, windowOver } from './sampleDecide.ts';
import { HOUR, holdWith, MINUTE, NOW, windowHold } from './sampleSituation.ts';

const FROM = NOW - HOUR;
const UNTIL = NOW + HOUR;
const load = windowOver('load', FROM, UNTIL, [1]);
const heldByLoad = windowHold('load', FROM, UNTIL);
const oursAndPaused = { ownerships: [ours(1)], observations: [shown(1, 'Paused')] };

describe('windows begin, overlap and end', () => {
  test('each report is decided by its own windows', () => {
    const decided = decideAll({
      windows: [load, windowOver('other', FROM, UNTIL, [2, 3]), windowOver('past', FROM, NOW, [4])],
      observations: [shown(1, 'Active'), shown(2, 'Paused'), shown(3, 'Inactive'), shown(4, 'Active')],
    });
    expect(done(decided)).toEqual({
      ...{ 1: 'pause hold_began', 2: 'none foreign_pause', 3: 'none inactive', 4: 'none no_hold' },
    });
    expect(holdsOf(decided)).toEqual(['load 1 live', 'other 2 foreign', 'other 3 live']);
  });

  test('of two that overlap, the first to end resumes nothing, the last does', () => {
    const past = windowHold('past', FROM, NOW);
    expect(done(decideAll({ ...oursAndPaused, windows: [load], holds: [past, heldByLoad] }))[1]).toBe(
      'none held',
    );
    expect(done(decideAll({ ...oursAndPaused, holds: [past] }))[1]).toBe('resume last_hold_ended');
  });

  test('a window that begins where another ends keeps the report paused', () => {
    const decided = decideAll({
      ...oursAndPaused,
      windows: [windowOver('next', NOW, UNTIL, [1])],
      holds: [windowHold('past', FROM, NOW)],
    });
    expect(done(decided)[1]).toBe('none held');
    expect(decided.holdChanges.closed.map(({ because }) => because)).toEqual(['over']);
  });

  test.each([
    [5 * MINUTE, 'none next_hold_begins_soon'],
    [5 * MINUTE + 1, 'resume last_hold_ended'],
  ])('a gap of %d ms: %s', (gap, expected) => {
    const windows = [windowOver('next', NOW + gap, UNTIL, [1])];
    const holds = [windowHold('past', FROM, NOW)];
    expect(done(decideAll({ ...oursAndPaused, windows, holds }))[1]).toBe(expected);
  });

  test('a gap of less than a tick between windows of other reports bridges nothing', () => {
    const windows = [windowOver('next', NOW + MINUTE, UNTIL, [2])];
    expect(done(decideAll({ ...oursAndPaused, windows }))[1]).toBe('resume last_hold_ended');
  });

  test('a person who asks for the report just before a window gets it', () => {
    const holds = [holdWith({ ended: { by: 'someone', why: 'needed', atMs: NOW } })];
    const windows = [windowOver('next', NOW + MINUTE, UNTIL, [1])];
    expect(done(decideAll({ ...oursAndPaused, windows, holds }))[1]).toBe('resume last_hold_ended');
  });

  test('a request that another instance wrote by a clock ahead of ours is not resumed before it begins', () => {
    const holds = [holdWith({ fromMs: NOW + 2_000 })];
    expect(done(decideAll({ ...oursAndPaused, holds }))[1]).toBe('none next_hold_begins_soon');
    expect(done(decideAll({ observations: [shown(1, 'Active')], holds }))[1]).toBe('none no_hold');
    const ahead = (inMs: number) => [holdWith({ fromMs: NOW + inMs })];
    expect(done(decideAll({ ...oursAndPaused, holds: ahead(5 * MINUTE) }))[1]).toBe(
      'none next_hold_begins_soon',
    );
    expect(done(decideAll({ ...oursAndPaused, holds: ahead(5 * MINUTE + 1) }))[1]).toBe(
      'resume last_hold_ended',
    );
  });

  test('a request holds on after the window, and the window after the request', () => {
    const past = windowHold('past', FROM, NOW);
    expect(done(decideAll({ ...oursAndPaused, holds: [past, holdWith()] }))[1]).toBe('none held');
    const over = holdWith({ untilMs: NOW });
    expect(done(decideAll({ ...oursAndPaused, windows: [load], holds: [heldByLoad, over] }))[1]).toBe(
      'none held',
    );
  });
});

test('all holds of a report count, in whatever order they are kept', () => {
  const live = holdWith();
  const dropped = holdWith({ holdId: 'request.2', state: 'dropped' });
  for (const holds of [
    [live, dropped],
    [dropped, live],
  ]) {
    const decided = decideAll({ ...oursAndPaused, holds });
    expect(done(decided)[1]).toBe('none held');
    expect(holdsOf(decided)).toEqual(['1 1 live', '2 1 dropped']);
  }
});

test('a window that is not on and begins after the next tick takes in nothing, and misses nothing', () => {
  const later = windowOver('later', NOW + HOUR, UNTIL + HOUR, [9]);
  const { windowStates } = decideAll({ windows: [later], observations: [shown(1, 'Active')] });
  expect(windowStates).toMatchObject([
    { selectedCount: 0, unknownIds: [], overLimit: false, desired: [], soon: [] },
  ]);
});

test('a window that is on and has no next occurrence soon bridges no gap', () => {
  expect(decideAll({ windows: [load], observations: [shown(1, 'Active')] }).windowStates[0]?.soon).toEqual(
    [],
  );
});

describe('windows are edited while they last', () => {
  test('renamed, or moved to another start, nothing is resumed', () => {
    for (const window of [
      windowOver('renamed', FROM, UNTIL, [1]),
      windowOver('load', FROM + 1, UNTIL, [1]),
    ]) {
      const decided = decideAll({ ...oursAndPaused, windows: [window], holds: [heldByLoad] });
      expect(done(decided)[1]).toBe('none held');
    }
  });

  test('removed, disabled, ended earlier or made to exclude the report, it is resumed', () => {
    const edits = [
      [],
      [{ ...load, enabled: false }],
      [windowOver('load', FROM, NOW, [1])],
      [{ ...load, excludeReportIds: [reportIdOf(1)] }],
      [{ ...load, excludeNamePatterns: ['Report ?'] }],
      [windowOver('load', FROM, UNTIL, [2])],
    ];
    for (const windows of edits) {
      const decided = decideAll({ ...oursAndPaused, windows, holds: [heldByLoad] });
      expect(done(decided)[1]).toBe('resume last_hold_ended');
    }
  });

  test('prolonged before it is over, the report stays paused until the new end', () => {
    const holds = [windowHold('load', FROM, NOW)];
    const decided = decideAll({ ...oursAndPaused, windows: [load], holds });
    expect(done(decided)[1]).toBe('none held');
    expect(decided.decisions[0]?.holds[0]?.untilMs).toBe(UNTIL);
  });

  test('excluded in one window, the report stays paused while another holds it', () => {
    const windows = [{ ...load, excludeReportIds: [reportIdOf(1)] }, windowOver('other', FROM, UNTIL, [1])];
    expect(done(decideAll({ ...oursAndPaused, windows, holds: [heldByLoad] }))[1]).toBe('none held');
  });

  test('a report that its pattern matches no more, or that it names no more and nobody sees, is held no more', () => {
    const reports = { kind: 'match', all: false, namePattern: 'Other*', queryId: null } as const;
    const renamed = { ...load, reports };
    expect(done(decideAll({ ...oursAndPaused, windows: [renamed], holds: [heldByLoad] }))[1]).toBe(
      'resume last_hold_ended',
    );
    const unseen = { ownerships: [ours(1)], observations: [shown(2, 'Active')] };
    const others = windowOver('load', FROM, UNTIL, [2]);
    expect(holdsOf(decideAll({ ...unseen, windows: [others], holds: [heldByLoad] }))).toEqual([
      'load 2 live',
    ]);
  });

  test('a report that a pattern newly matches is taken in', () => {
    const windows = [windowOver('load', FROM, UNTIL)];
    const decided = decideAll({
      windows,
      ...{ holds: [heldByLoad], ownerships: [ours(1)] },
      observations: [shown(1, 'Paused'), shown(2, 'Active')],
    });
    expect(done(decided)).toEqual({ 1: 'none held', 2: 'pause hold_began' });
  });
});
