import fc from 'fast-check';
import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import type { Exemption } from '../../../shared/model/exemption.ts';
import { exemptionUntil } from '../windows/sampleExemption.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { anyWorld } from './anyWorld.ts';
import { runs } from './decisionsOfAnyWorld.ts';
import { decideAll, done, holdsOf, ours, shown, windowOver } from './sampleDecide.ts';
import { HOUR, holdWith, MINUTE, NOW, windowHold } from './sampleSituation.ts';

const FROM = NOW - HOUR;
const UNTIL = NOW + HOUR;
const heldByLoad = windowHold('load', FROM, UNTIL);
const oursAndPaused = { ownerships: [ours(1)], observations: [shown(1, 'Paused')] };
const active = { observations: [shown(1, 'Active')] };

/** The window of the first report, with an exemption of it until an instant. */
function load(untilMs: number, fields: Partial<Exemption> = {}) {
  return windowOver('load', FROM, UNTIL, [1], { exemptions: [exemptionUntil(untilMs, fields)] });
}

describe('a report that is left out of an open window', () => {
  test('is not paused, and not held', () => {
    const decided = decideAll({ ...active, windows: [load(NOW + HOUR)] });
    expect(done(decided)).toEqual({ 1: 'none no_hold' });
    expect(holdsOf(decided)).toEqual([]);
  });

  test('comes back where that window alone holds it', () => {
    const decided = decideAll({ ...oursAndPaused, windows: [load(NOW + HOUR)], holds: [heldByLoad] });
    expect(done(decided)[1]).toBe('resume last_hold_ended');
    expect(decided.holdChanges.closed.map(({ because }) => because)).toEqual(['window_no_longer_covers']);
  });

  test('stays paused for a request, for a webhook and for another window', () => {
    const other = windowHold('other', FROM, UNTIL);
    const webhook = holdWith({ holder: { kind: 'webhook', source: 's', key: 'k' } });
    const windows = [load(NOW + HOUR, { windows: ['load'] }), windowOver('other', FROM, UNTIL, [1])];
    for (const hold of [holdWith(), webhook, other]) {
      const ofOther = hold === other ? windows : windows.slice(0, 1);
      const decided = decideAll({ ...oursAndPaused, windows: ofOther, holds: [heldByLoad, hold] });
      expect(done(decided)[1]).toBe('none held');
    }
  });

  test("stays a person's where a person had paused it", () => {
    const foreign = windowHold('load', FROM, UNTIL, { state: 'foreign' });
    const decided = decideAll({
      observations: [shown(1, 'Paused')],
      windows: [load(NOW + HOUR)],
      holds: [foreign],
    });
    expect(done(decided)[1]).toMatch(/^none /);
  });

  test('is paused again by the window once the exemption is over', () => {
    expect(done(decideAll({ ...active, windows: [load(NOW)] }))[1]).toBe('pause hold_began');
  });

  test('stays held where its window cannot be read: nobody knows what that selects', () => {
    const windows = { areReadable: false, windows: [] };
    const decided = decideAll({ ...oursAndPaused, ...windows, holds: [heldByLoad] });
    expect(done(decided)[1]).toBe('none held');
  });
});

describe('what a person did counts longer than an exemption', () => {
  test.each(['foreign', 'dropped'] as const)('a hold that is %s goes on without effect', (state) => {
    const quiet = windowHold('load', FROM, UNTIL, { state });
    const during = decideAll({ ...active, windows: [load(NOW + HOUR)], holds: [quiet] });
    expect(holdsOf(during)).toEqual([`load 1 ${state}`]);
    const after = decideAll({ ...active, windows: [load(NOW)], holds: during.holdChanges.holds });
    expect(done(after)[1]).toMatch(/^none /);
  });

  test('a hold that a person ended in the same moment goes on without effect', () => {
    const ended = windowHold('load', FROM, UNTIL, { ended: { by: 'ben', why: 'mine', atMs: NOW } });
    const during = decideAll({ ...oursAndPaused, windows: [load(NOW + HOUR)], holds: [ended] });
    expect(holdsOf(during)).toEqual(['load 1 dropped']);
    expect(done(during)[1]).toMatch(/^resume /);
  });
});

describe('an exemption that ends within a tick', () => {
  test.each([
    [5 * MINUTE, 'none next_hold_begins_soon'],
    [5 * MINUTE + 1, 'resume last_hold_ended'],
  ])('of a window that lasts longer, %d ms ahead: %s', (inMs, expected) => {
    const windows = [load(NOW + inMs)];
    expect(done(decideAll({ ...oursAndPaused, windows, holds: [heldByLoad] }))[1]).toBe(expected);
  });

  test('bridges nothing where the window ends before it', () => {
    const soonOver = { ...load(NOW + 2 * MINUTE), schedule: windowOver('load', FROM, NOW + MINUTE).schedule };
    const holds = [windowHold('load', FROM, NOW + MINUTE)];
    expect(done(decideAll({ ...oursAndPaused, windows: [soonOver], holds }))[1]).toBe(
      'resume last_hold_ended',
    );
  });
});

test('a pattern leaves out a report that appears later', () => {
  const later: Partial<Exemption> = {
    reports: { kind: 'match', all: false, namePattern: 'Report 2*', queryId: null },
  };
  const windows = [windowOver('load', FROM, UNTIL, [], { exemptions: [exemptionUntil(NOW + HOUR, later)] })];
  const observations = [shown(1, 'Active'), shown(2, 'Active'), shown(23, 'Active')];
  expect(done(decideAll({ windows, observations }))).toEqual({
    ...{ 1: 'pause hold_began', 2: 'none no_hold', 23: 'none no_hold' },
  });
});

test('a report that is held and out of sight is left out by its id', () => {
  const out = windowOver('load', FROM, UNTIL, [], { exemptions: [exemptionUntil(NOW + HOUR)] });
  const held = { ownerships: [ours(1)], observations: [shown(2, 'Active')], holds: [heldByLoad] };
  expect(decideAll({ ...held, windows: [out] }).holdChanges.closed).toHaveLength(1);
  expect(decideAll({ ...held, windows: [windowOver('load', FROM, UNTIL)] }).holdChanges.closed).toEqual([]);
});

const anyExemption = fc
  .record({
    numbers: fc.subarray([1, 2, 3], { minLength: 1 }),
    windows: fc.constantFrom(null, ['a'], ['b', 'c']),
    untilMs: fc.constantFrom(NOW, NOW + MINUTE, NOW + 2 * HOUR),
  })
  .map(({ numbers, ...rest }) => {
    const reports = { kind: 'ids', reportIds: numbers.map(reportIdOf) } as const;
    return exemptionUntil(rest.untilMs, { ...rest, reports });
  });

function withExemption(world: DecideInput, exemption: Exemption): DecideInput {
  const windows = world.windows.windows.map((window) =>
    exemption.windows === null || exemption.windows.includes(window.name)
      ? { ...window, exemptions: [...(window.exemptions ?? []), exemption] }
      : window,
  );
  return { ...world, windows: { ...world.windows, windows } };
}

test('an exemption never pauses anything, and changes nothing of a report that it does not mean', () => {
  const property = fc.property(anyWorld, anyExemption, (world, exemption) => {
    const without = new Map(decide(world).decisions.map((one) => [one.reportId, one]));
    for (const decision of decide(withExemption(world, exemption)).decisions) {
      const before = without.get(decision.reportId);
      if (decision.action === 'pause') expect(before?.action).toBe('pause');
      const isMeant =
        exemption.reports.kind === 'ids' && exemption.reports.reportIds.includes(decision.reportId);
      if (!isMeant) expect(decision).toEqual(before);
    }
  });
  fc.assert(property, runs);
});

test('a hold of a request or a webhook ends, begins or changes by no exemption', () => {
  const property = fc.property(anyWorld, anyExemption, (world, exemption) => {
    const others = (input: DecideInput) =>
      decide(input)
        .holdChanges.holds.filter(({ holder }) => holder.kind !== 'window')
        .map(({ reportId, holdId, state, ended }) => ({ reportId, holdId, state, ended }));
    expect(others(withExemption(world, exemption))).toEqual(others(world));
  });
  fc.assert(property, runs);
});
