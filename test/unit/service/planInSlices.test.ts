import fc from 'fast-check';
import { manyReports } from '../../../bench/parts/manyReports.ts';
import { type Decided, type DecideInput, decide, decideInSteps } from '../../../shared/deciding/decide.ts';
import { type PlannedReport, planInSteps } from '../../../shared/service/plan.ts';
import { PIECES_AT_ONCE, runInSlices, runSteps, type Steps } from '../../../shared/time/steps.ts';
import { anyWorld } from '../deciding/anyWorld.ts';

function plan(known: DecideInput, decided: Decided): Steps<readonly PlannedReport[]> {
  return planInSteps({ account: 'default', known, decided, inFlight: null });
}

/** Runs the steps, and tells how many turns others had and how much work was done between two of them at most. */
async function counted<T>(steps: Steps<T>) {
  const slices: number[] = [0];
  const watched = (function* (): Steps<T> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      slices.push((slices.pop() ?? 0) + step.value);
      yield step.value;
    }
  })();
  const value = await runInSlices(watched, async () => {
    slices.push(0);
  });
  const pieces = slices.reduce((sum, one) => sum + one, 0);
  return { value, pieces, turns: slices.length - 1, most: Math.max(...slices) };
}

const REPORTS = 10_000;
const WINDOWS = 100;

describe('a plan of many reports and windows', () => {
  test.each(['beginning', 'held'] as const)(
    'lets others have their turn all along: %s',
    async (situation) => {
      const known = manyReports(REPORTS, WINDOWS, situation);

      const decided = await counted(decideInSteps(known));
      const planned = await counted(plan(known, decided.value));

      expect(planned.value).toHaveLength(REPORTS);
      for (const { turns, most } of [decided, planned]) {
        expect(most).toBeLessThan(2 * PIECES_AT_ONCE);
        expect(turns).toBeGreaterThanOrEqual(REPORTS / (2 * PIECES_AT_ONCE));
      }
    },
  );

  test('looks at each report a few times, and never at each report for each window', async () => {
    const known = manyReports(REPORTS, WINDOWS, 'held');
    const decided = await counted(decideInSteps(known));
    const planned = await counted(plan(known, decided.value));

    // Deciding looks at all reports for each of the ten windows that go by a pattern, and a few times more.
    expect(decided.pieces).toBeLessThan((WINDOWS / 10 + 12) * REPORTS);
    expect(planned.pieces).toBeLessThan(10 * REPORTS + 100 * WINDOWS * 50);
  });

  test('tells which executions fall into the windows that mean the report, in order', () => {
    const known = manyReports(18, 9, 'held');
    const planned = runSteps(plan(known, decide(known)));

    expect(planned.map(({ executionsInWindowUtc }) => executionsInWindowUtc)).toEqual(
      Array.from({ length: 18 }, () => ['2026-11-23T02:00:00Z']),
    );
  });
});

test('in slices it is decided as at once', () => {
  fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      expect((await counted(decideInSteps(world))).value).toEqual(decide(world));
    }),
  );
});

test('a plan says of each report what is decided, in any world', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const decided = decide(world);

      expect(
        runSteps(plan(world, decided)).map(({ reportId, action, reason }) => ({ reportId, action, reason })),
      ).toEqual(decided.decisions.map(({ reportId, action, reason }) => ({ reportId, action, reason })));
    }),
  );
});
