import { startTwoProcesses, type TwoProcesses } from '../crash/twoProcesses.ts';

// `npm run test:long` plays thousands of seeds; by default as many as fit the time.
const isLong = process.env['TEST_LONG'] === '1';
const FIRST_SEED = Number(process.env['TEST_SEED'] ?? 1);
const MAX_SEEDS = isLong ? 2_000 : 1_000;
const BUDGET_IN_MS = isLong ? 3_600_000 : 40_000;
const behaviours = ['onChange', 'never', 'always'];

let two: TwoProcesses;
beforeAll(async () => {
  two = await startTwoProcesses();
}, 90_000);
afterAll(() => two.close(), 30_000);

test(
  'two processes that tick and serve requests at once never write one account together, resume no person’s pause and strand nothing',
  async () => {
    const until = performance.now() + BUDGET_IN_MS;
    const codes = new Set<string>();
    let seed = FIRST_SEED;
    for (; seed < FIRST_SEED + MAX_SEEDS && performance.now() < until; seed += 1) {
      const end = await two.play(seed, behaviours[seed % behaviours.length] ?? 'onChange');
      for (const code of end.codes) codes.add(code);
      const { foreignResumes, stranded, overlaps, foreign } = end;
      const isWell =
        foreign === 'Paused' && [foreignResumes, stranded, overlaps].every(({ length }) => length === 0);
      if (!isWell) {
        throw new Error(
          `TEST_SEED=${seed}: ${JSON.stringify({ foreignResumes, stranded, overlaps }, null, 1)}\n${end.story.join('\n')}`,
        );
      }
    }
    // The processes really met: one found the account taken, and one lost it.
    expect([...codes]).toEqual(expect.arrayContaining(['account_busy', 'hold_began', 'last_hold_ended']));
    expect(seed - FIRST_SEED).toBeGreaterThanOrEqual(5);
  },
  BUDGET_IN_MS + 60_000,
);
