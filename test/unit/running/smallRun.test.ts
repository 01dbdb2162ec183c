import { createWorld } from '../../requests/world.ts';

const REPORTS = 50;
const LATENCY_IN_MS = 100;
const CONCURRENCY = 8;
const FIRST_BEGIN_MS = Date.parse('2026-03-01T12:00:00Z');
const DAY_IN_MS = 86_400_000;

/** A world whose window over all its reports begins each day at noon. */
function worldWithAWindow() {
  const world = createWorld({ reports: REPORTS });
  world.insights.latencyInMs = LATENCY_IN_MS;
  const schedule = { start: '0 12 * * *', duration: 'PT4H', timeZone: 'UTC' };
  const process = world.startProcess('one', {
    MAX_CONCURRENCY: String(CONCURRENCY),
    MAINTENANCE_WINDOWS: JSON.stringify([{ name: 'noon', reports: { all: true }, schedule }]),
  });
  process.storageLatencyInMs = 10;
  /** How long the tick at that instant takes until the last answer of a call, and how many calls it makes. */
  const tickAt = async (atMs: number) => {
    await world.time.runUntil(atMs);
    const before = world.insights.calls.length;
    const run = await world.settle(process.tick());
    const calls = world.insights.calls.slice(before);
    return { run, calls: calls.length, lastedInMs: Math.max(...calls) + LATENCY_IN_MS / 2 - atMs };
  };
  return { world, tickAt };
}

/** What the calls must take however they are made, and the fifth and 0.2 s more that a run of the size may. */
function allowedInMs(calls: number): number {
  return 1.2 * ((calls * LATENCY_IN_MS) / CONCURRENCY) + 200;
}

describe('a window over 50 reports is begun as fast as its calls allow', () => {
  test('on an account that is seen for the first time, where the first pause goes alone', async () => {
    const { tickAt } = worldWithAWindow();

    const { run, calls, lastedInMs } = await tickAt(FIRST_BEGIN_MS);

    expect(run.summary).toEqual({ paused: REPORTS });
    expect(calls).toBe(1 + 3 * REPORTS);
    expect(lastedInMs).toBeLessThanOrEqual(allowedInMs(calls));
  });

  test('on an account that is known, and its end as well', async () => {
    const { tickAt } = worldWithAWindow();
    await tickAt(FIRST_BEGIN_MS);
    for (let minutes = 240; minutes <= 270; minutes += 5) await tickAt(FIRST_BEGIN_MS + minutes * 60_000);

    const begin = await tickAt(FIRST_BEGIN_MS + DAY_IN_MS);
    const end = await tickAt(FIRST_BEGIN_MS + DAY_IN_MS + 4 * 3_600_000);

    expect([begin.run.summary, end.run.summary]).toEqual([{ paused: REPORTS }, { resumed: REPORTS }]);
    expect(begin.lastedInMs).toBeLessThanOrEqual(1.1 * allowedInMs(begin.calls) - 200);
    expect(end.lastedInMs).toBeLessThanOrEqual(allowedInMs(end.calls));
  });
});
