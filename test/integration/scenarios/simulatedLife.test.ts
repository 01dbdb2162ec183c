// The long run lives a month under each behaviour of the API, two of them over a change of clocks; the fast run draws some
// days of one.
// `SIMULATED_DAYS` and `SIMULATION_SEED` live another life.

import { isLong, seedFor } from '../../../build/sample.ts';
import { simulate } from '../../scenario/simulation.ts';
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const DAY_IN_MS = 86_400_000;
const DAYS_OF_A_LIFE = 30;
const ENOUGH_FOR_ALL = 11;
const days = Number(process.env['SIMULATED_DAYS'] ?? (isLong ? DAYS_OF_A_LIFE : 3));
const seed = Number(process.env['SIMULATION_SEED'] ?? (isLong ? 20_260_301 : seedFor('a life')));

const begins = { never: '2026-03-10', onChange: '2026-06-01', always: '2026-10-05' };

underEachBehaviour(
  `A life of ${days} days (SIMULATION_SEED=${seed})`,
  (scenario) => {
    scenario('ends with every report as its human left it', async (s) => {
      const skipped = seed % Math.max(1, DAYS_OF_A_LIFE - days);
      const from = new Date(Date.parse(begins[s.behaviour]) + skipped * DAY_IN_MS).toISOString();
      const life = await simulate(s, { from, days, seed });
      await s.expectStatuses(life.expected);
      expect(life.undoneResumes).toBe(0);
      const { humanDeeds, faults, restarts, edits } = life;
      for (const count of days < ENOUGH_FOR_ALL
        ? [humanDeeds + faults]
        : [humanDeeds, faults, restarts, edits]) {
        expect(count).toBeGreaterThan(0);
      }
    });
  },
  { limitInMs: 120_000 + days * 30_000 },
);
