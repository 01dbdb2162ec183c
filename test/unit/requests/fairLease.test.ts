import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const MINUTE_IN_MS = 60_000;
const atUtc = (time: string) => Date.parse(`2026-03-01T${time}Z`);

/** A tick each minute, one after the other, as the timer has it. */
async function tickEachMinute(
  world: World,
  process: ProcessUnderTest,
  untilMs: number,
): Promise<readonly string[]> {
  const told: string[] = [];
  while (world.time.now() < untilMs) {
    const nextMs = (Math.floor(world.time.now() / MINUTE_IN_MS) + 1) * MINUTE_IN_MS;
    await world.time.after(nextMs - world.time.now());
    const { status, problems } = await process.tick();
    told.push([status, ...problems.map(({ code }) => code)].join(' '));
  }
  return told;
}

/** Asks again as soon as it is answered. */
async function askForEver(world: World, process: ProcessUnderTest, ids: readonly string[], untilMs: number) {
  for (let at = 0; world.time.now() < untilMs; at += 1) {
    await process.post(at % 2 === 0 ? 'pause' : 'resume', { reportIds: ids });
  }
}

function firstPut({ insights }: World, verb: string, ids: readonly string[]): number {
  return (
    insights.puts.find((put) => put.verb === verb && ids.includes(put.reportId))?.atMs ??
    Number.POSITIVE_INFINITY
  );
}

const ofWindow = reportIds(5);
const window = {
  REPORT_IDS: ofWindow.join(','),
  PAUSE_SCHEDULE: '0 12 * * *',
  PAUSE_DURATION: 'PT3M',
};

test.each([4])(
  'while %i clients ask without a pause at a slow service, a window begins and ends within two periods',
  async (clients) => {
    const world = createWorld({ reports: 25 });
    world.insights.latencyInMs = 1_500;
    const ticking = world.startProcess('ticking', window);
    const endMs = atUtc('12:05:30');
    const ticks = tickEachMinute(world, ticking, endMs);
    const asked = Array.from({ length: clients }, (_, client) => {
      const ids = [1, 2, 3].map((at) => reportId(5 + client * 3 + at));
      return askForEver(world, world.startProcess(`client ${client}`, window), ids, endMs);
    });

    const told = await world.settle(Promise.all([ticks, ...asked]).then(([all]) => all));

    expect(firstPut(world, 'pause', ofWindow)).toBeLessThanOrEqual(atUtc('12:02:00'));
    expect(firstPut(world, 'resume', ofWindow)).toBeLessThanOrEqual(atUtc('12:05:00'));
    expect(firstPut(world, 'resume', ofWindow)).toBeGreaterThanOrEqual(atUtc('12:03:00'));
    expect(ofWindow.map((id) => world.insights.statuses.get(id))).toEqual(ofWindow.map(() => 'Active'));
    expect(told.filter((one) => one.includes('busy') || one.includes('starved'))).toEqual([]);
    // Nor do the ticks starve the clients.
    expect(world.insights.puts.filter(({ process }) => process !== 'ticking').length).toBeGreaterThan(20);
  },
  120_000,
);

test('one request over 400 reports keeps no window from beginning or ending', async () => {
  const world = createWorld({ reports: 405 });
  world.insights.latencyInMs = 1_500;
  // A change is three calls: a pass of 200 takes seven minutes and a half, so it must give way in its middle.
  const slow = { ...window, MAX_CONCURRENCY: '2' };
  const [ticking, other] = [world.startProcess('ticking', slow), world.startProcess('other', slow)];
  const asked = other.post('pause', { reportIds: reportIds(405).slice(5) });
  const ticks = tickEachMinute(world, ticking, atUtc('12:20:00'));

  const told = await world.settle(Promise.all([ticks, asked]).then(([all]) => all));

  expect(firstPut(world, 'pause', ofWindow)).toBeLessThanOrEqual(atUtc('12:02:00'));
  expect(firstPut(world, 'resume', ofWindow)).toBeLessThanOrEqual(atUtc('12:05:00'));
  expect(told.filter((one) => one.includes('busy') || one.includes('starved'))).toEqual([]);
  expect([...world.insights.statuses.values()].filter((status) => status === 'Paused')).toHaveLength(400);
}, 120_000);

test('an account whose lease nobody gives back is told as starved after two ticks, and the tick is not ok', async () => {
  const world = createWorld({ reports: 5 });
  const ticking = world.startProcess('ticking', window);
  const stuck = world.startProcess('stuck', window);
  const { parts } = stuck.composed;
  const key = parts.accounts[0]?.accountKey ?? '';
  const held = await world.settle(parts.ledger.hold(key));
  const renew = async () => {
    while (world.time.now() < atUtc('12:07:00')) {
      await held?.writer.write([]);
      await world.time.after(20_000);
    }
  };
  const [told] = await world.settle(
    Promise.all([tickEachMinute(world, ticking, atUtc('12:07:00')), renew()]),
  );

  expect(told.filter((one) => one.includes('account_starved')).length).toBeGreaterThan(0);
  expect(told.filter((one) => one.includes('account_starved') && one.startsWith('ok'))).toEqual([]);
  expect(told.at(0)).not.toContain('account_starved');
}, 60_000);

test('a request decides by the windows as they are when it has its turn, not as they were when it came', async () => {
  const world = createWorld({ reports: 4 });
  const settings = { WINDOWS_BLOB: 'config/windows.json' };
  const [ticking, slow] = [world.startProcess('ticking', settings), world.startProcess('slow', settings)];
  await world.settle(ticking.tick());
  // The account is taken, so the request waits for its turn; meanwhile a window is written that is open already.
  const { parts } = world.startProcess('holder', settings).composed;
  const held = await world.settle(parts.ledger.hold(parts.accounts[0]?.accountKey ?? ''));
  const asked = slow.post('resume', { reportIds: reportIds(3) });
  await world.time.runUntil(world.time.now() + 5_000);
  const from = new Date(world.time.now()).toISOString();
  const to = new Date(world.time.now() + 3_600_000).toISOString();
  world.blob.text = JSON.stringify([
    { name: 'now', account: 'default', reports: { ids: reportIds(3) }, schedule: { from, to } },
  ]);
  world.blob.version += 1;
  const ticked = ticking.tick();
  await world.time.runUntil(world.time.now() + 5_000);
  await world.settle(held?.release() ?? Promise.resolve());
  await world.settle(Promise.all([ticked, asked]));

  expect([...world.insights.statuses.values()]).toEqual(['Paused', 'Paused', 'Paused', 'Active']);
  expect(world.insights.puts.filter(({ verb }) => verb === 'resume')).toEqual([]);
});
