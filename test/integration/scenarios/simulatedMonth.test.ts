// March 2026 with the clock changes of both continents: a third of it under each behaviour of the API, and a day over.
// `SIMULATED_DAYS=365` lives a year under each instead, `SIMULATION_SEED` another life.
import { simulate } from '../../scenario/simulation.ts';
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const days = Number(process.env['SIMULATED_DAYS'] ?? 11);
const seed = Number(process.env['SIMULATION_SEED'] ?? 20_260_301);

const FIRST_DAYS = { never: '2026-03-01', onChange: '2026-03-11', always: '2026-03-21' };

underEachBehaviour(
  `A life of ${days} days`,
  (scenario) => {
    scenario('ends with every report as its human left it', async (s) => {
      const life = await simulate(s, { from: `${FIRST_DAYS[s.behaviour]}T00:00:00Z`, days, seed });
      await s.expectStatuses(life.expected);
      expect(life.undoneResumes).toBe(0);
      for (const count of [life.humanDeeds, life.faults, life.restarts, life.edits]) {
        expect(count).toBeGreaterThan(0);
      }
    });
  },
  { limitInMs: 60_000 + days * 10_000 },
);
