import fc from 'fast-check';
import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import type { ReportDecision } from '../../../shared/deciding/decideReport.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import type { Ownership } from '../../../shared/model/ownership.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { anyWorld } from './anyWorld.ts';
import { always, isHeld, keyOf, runs } from './decisionsOfAnyWorld.ts';
import { holdWith } from './sampleSituation.ts';

function byKey(holds: readonly Hold[]): readonly Hold[] {
  return holds.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** What the ledger says once the decisions are written; only when acting, new holds are. */
function written(world: DecideInput): DecideInput {
  const { decisions } = decide(world);
  const stored = new Set(world.holds.map(keyOf));
  const holds = decisions.flatMap((decision) => decision.holds);
  const ownerships = decisions.flatMap(
    ({ reportId, ownership }): readonly (readonly [string, Ownership])[] =>
      ownership === null ? [] : [[reportId, ownership]],
  );
  return {
    ...world,
    holds: byKey(world.mode === 'act' ? holds : holds.filter((hold) => stored.has(keyOf(hold)))),
    ownerships: new Map(ownerships.toSorted()),
  };
}

test('deciding again on its own result, and on what was seen, changes nothing in the ledger', () => {
  const property = fc.property(anyWorld, (world) => {
    const once = written(world);
    const twice = written(once);
    expect(twice.holds).toEqual(once.holds);
    expect(twice.ownerships).toEqual(once.ownerships);
  });
  fc.assert(property, runs);
});

test('the order of windows, holds, ledger and list does not count', () => {
  const property = fc.property(
    anyWorld,
    fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
    (world, numbers) => {
      const ordered = decide(world).decisions;
      const mixed = decide({
        ...world,
        windows: { ...world.windows, windows: shuffled(world.windows.windows, numbers) },
        holds: shuffled(world.holds, numbers),
        ownerships: new Map(shuffled([...world.ownerships], numbers)),
        observations: new Map(shuffled([...world.observations], numbers)),
      }).decisions;
      expect(sorted(mixed)).toEqual(sorted(ordered));
    },
  );
  fc.assert(property, runs);
});

function shuffled<T>(items: readonly T[], numbers: readonly number[]): readonly T[] {
  const keyed = items.map((item, index) => ({ item, at: numbers[index] ?? 0 }));
  return keyed.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

function sorted(decisions: readonly ReportDecision[]) {
  return decisions
    .map((decision) => ({ ...decision, holds: byKey(decision.holds) }))
    .toSorted((a, b) => (a.reportId < b.reportId ? -1 : 1));
}

describe('more holds never mean less pause', () => {
  test('one more live hold on a report never resumes it, keeps a pause a pause, and leaves the others alone', () => {
    const property = fc.property(anyWorld, fc.constantFrom(1, 2, 3), (world, number) => {
      const reportId = reportIdOf(number);
      const before = decide(world).decisions;
      const more = holdWith({ reportId, holdId: 'request.more' });
      for (const decision of decide({ ...world, holds: [...world.holds, more] }).decisions) {
        const was = before.find((one) => one.reportId === decision.reportId);
        if (decision.reportId === reportId) {
          expect(decision.action).not.toBe('resume');
          expect(was?.action === 'pause' ? decision.action : 'pause').toBe('pause');
        } else {
          expect(decision).toEqual(was);
        }
      }
    });
    fc.assert(property, runs);
  });

  test('a report is paused only while a live hold wants it, and resumed only while none does', () => {
    always((decision) => {
      if (decision.action !== 'none') {
        expect(isHeld(decision)).toBe(decision.action === 'pause');
      }
    });
  });

  test('without any hold and window nothing is paused', () => {
    const property = fc.property(anyWorld, (world) => {
      const windows = { ...world.windows, windows: [] };
      const actions = decide({ ...world, holds: [], windows }).decisions.map(({ action }) => action);
      expect(actions).not.toContain('pause');
    });
    fc.assert(property, runs);
  });
});
