import { tick } from '../../../shared/service/tick.ts';
import { createWorld, reportIds } from '../../requests/world.ts';

const PERIOD_IN_MS = 60_000;
const BEGIN_MS = Date.parse('2026-03-01T12:00:00Z');
const HELD_UNTIL_MS = BEGIN_MS + 8 * PERIOD_IN_MS;

const window = {
  REPORT_IDS: reportIds(3).join(','),
  PAUSE_SCHEDULE: '0 12 * * *',
  PAUSE_DURATION: 'PT1H',
};

test('an account that its driver does not get is told as starved after two periods, once in five minutes, and ends with its turn', async () => {
  const world = createWorld({ reports: 3, startMs: BEGIN_MS });
  const driven = world.startProcess('driven', window);
  const { parts } = world.startProcess('stuck', window).composed;
  const told: { readonly atMs: number; readonly account: string }[] = [];
  const note = (line: string) => {
    const { event, code, account } = JSON.parse(line);
    if (event === 'RunProblem' && code === 'account_starved') told.push({ atMs: world.time.now(), account });
  };
  const held = await world.settle(parts.ledger.hold(parts.accounts[0]?.accountKey ?? ''));
  const holdOn = async () => {
    while (world.time.now() < HELD_UNTIL_MS) {
      await held?.writer.write([]);
      await world.time.after(20_000);
    }
    await held?.release();
  };
  const tickOn = async () => {
    while (world.time.now() < HELD_UNTIL_MS + 4 * PERIOD_IN_MS) {
      const teller = { info: () => {}, warn: () => {}, error: () => {} };
      const call = { correlationId: 'tick', caller: 'timer', teller, runId: null };
      await tick({ ...driven.composed.parts, maxAccountsInline: 0 }, call);
      for (const line of driven.lines.splice(0)) note(line);
      await world.time.after(1_000);
      for (let second = 1; second < PERIOD_IN_MS / 1_000; second += 1) {
        for (const line of driven.lines.splice(0)) note(line);
        await world.time.after(1_000);
      }
    }
  };

  await world.settle(Promise.all([holdOn(), tickOn()]));

  expect(new Set(told.map(({ account }) => account))).toEqual(new Set(['default']));
  expect(told[0]?.atMs).toBeGreaterThanOrEqual(BEGIN_MS + 2 * PERIOD_IN_MS);
  expect(told[0]?.atMs).toBeLessThanOrEqual(BEGIN_MS + 4 * PERIOD_IN_MS);
  // Until its turn, once in five minutes, though its driver looks several times in each.
  expect(told.length).toBeGreaterThanOrEqual(2);
  const apartInMs = told.slice(1).map(({ atMs }, at) => atMs - (told[at]?.atMs ?? 0));
  expect(Math.min(...apartInMs)).toBeGreaterThanOrEqual(300_000);
  expect(told.at(-1)?.atMs).toBeLessThan(HELD_UNTIL_MS + PERIOD_IN_MS);
  expect([...world.insights.statuses.values()]).toEqual(['Paused', 'Paused', 'Paused']);
}, 60_000);
