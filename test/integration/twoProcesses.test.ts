import { isLong, seedFor } from '../../build/sample.ts';
import { startTwoProcesses, type TwoProcesses } from '../crash/twoProcesses.ts';

// The long run plays as many episodes as fit its time, the fast one a few in a row; `EPISODE` begins at another one.
const FIRST = Number(process.env['EPISODE'] ?? (isLong ? 1 : 1 + (seedFor('two processes') % 1_000)));
const MAX_EPISODES = isLong ? 2_000 : 6;
const BUDGET_IN_MS = 150_000;
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
    let seed = FIRST;
    for (; seed < FIRST + MAX_EPISODES && performance.now() < until; seed += 1) {
      const end = await two
        .play(seed, behaviours[seed % behaviours.length] ?? 'onChange')
        .catch((error: unknown) => {
          throw new Error(`EPISODE=${seed}`, { cause: error });
        });
      for (const code of end.codes) codes.add(code);
      const { foreignResumes, stranded, overlaps, foreign } = end;
      const isWell =
        foreign === 'Paused' && [foreignResumes, stranded, overlaps].every(({ length }) => length === 0);
      if (!isWell) {
        throw new Error(
          `EPISODE=${seed}: ${JSON.stringify({ foreignResumes, stranded, overlaps }, null, 1)}\n${end.story.join('\n')}`,
        );
      }
    }
    // The processes really met: one found the account taken, and one lost it.
    expect([...codes]).toEqual(expect.arrayContaining(['account_busy', 'hold_began', 'last_hold_ended']));
    expect(seed - FIRST).toBeGreaterThanOrEqual(5);
  },
  BUDGET_IN_MS + 120_000,
);
