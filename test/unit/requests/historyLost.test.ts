import { createWorld, reportId } from '../../requests/world.ts';

const SETTINGS = { PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT5M', REPORT_IDS: reportId(1) };
const all = { fromMs: null, untilMs: null, after: null, limit: 50 };
const everyRun = { ...all, account: null, door: null };

test('a run that could not be kept was done all the same, and that it is missing is said', async () => {
  const world = createWorld({ reports: 1 });
  const one = world.startProcess('one', SETTINGS);
  await world.settle(one.tick());
  await world.time.runUntil(Date.parse('2026-03-01T12:00:00Z'));
  one.storage = ({ table }) => (table === 'IntermissionRuns' ? 'refused' : 'passes');

  const run = await world.settle(one.tick());

  expect([run.status, run.summary, run.problems]).toEqual(['ok', { paused: 1 }, []]);
  const lost = one.lines.filter((line) => line.includes('"HistoryNotKept"'));
  expect(lost).toHaveLength(1);
  expect(lost[0]).toContain(run.runId);
});

test('an occurrence that the history did not take is kept where it was, and goes there with a later look', async () => {
  const world = createWorld({ reports: 1 });
  const one = world.startProcess('one', SETTINGS);
  const { service } = one.composed;
  const told = async () => {
    const page = await world.settle(service.pastOccurrences({ ...all, window: null }));
    return page?.items.map(({ state, counts }) => [state, counts.resumed]);
  };
  await world.settle(one.tick());
  for (const minute of [0, 1, 2, 3, 4]) {
    await world.time.runUntil(Date.parse(`2026-03-01T12:0${minute}:00Z`));
    await world.settle(one.tick());
  }
  await world.time.runUntil(Date.parse('2026-03-01T12:05:00Z'));
  one.storage = ({ table }) => (table === 'IntermissionHistory' ? 'refused' : 'passes');
  await world.settle(one.tick());
  one.storage = () => 'passes';
  await world.time.runUntil(Date.parse('2026-03-01T12:12:00Z'));
  await world.settle(one.tick());

  expect(await told()).toEqual([['done', 1]]);
});

test('a tick that finds nothing to do keeps nothing, and calls the storage no oftener than for that', async () => {
  const world = createWorld({ reports: 1 });
  const one = world.startProcess('one', SETTINGS);
  await world.settle(one.tick());
  let calls = 0;
  one.storage = () => {
    calls += 1;
    return 'passes';
  };
  await world.time.runUntil(world.time.now() + 60_000);
  await world.settle(one.tick());

  expect(calls).toBeLessThanOrEqual(4);
  const kept = await world.settle(one.composed.service.pastRuns(everyRun));
  expect(kept.items).toEqual([]);
});

test('a history of many windows that begin at once is told page by page, none twice and none left out', async () => {
  const world = createWorld({ reports: 1 });
  const one = world.startProcess('one');
  const { accounts, ledger } = one.composed.parts;
  const accountKey = accounts[0]?.accountKey ?? '';
  const hour = 3_600_000;
  const names = Array.from({ length: 25 }, (_, at) => ['a', 'a-b', 'b', `w-${at}`, `z${at}`][at % 5] ?? '');
  const missed = names.map((window, at) => {
    const fromMs = world.time.now() - (1 + Math.floor(at / 5)) * hour;
    return { window, fromMs, untilMs: fromMs + 1, timeZone: 'UTC' };
  });
  await world.settle(ledger.appendMissed(accountKey, missed));
  const pageAfter = (after: string | null) =>
    world.settle(one.composed.service.pastOccurrences({ ...all, limit: 3, after, window: null }));
  const told: string[] = [];
  for (let page = await pageAfter(null); page !== null; ) {
    told.push(...page.items.map(({ window, fromUtc }) => `${fromUtc} ${window}`));
    page = page.goesOnAfter === null ? null : await pageAfter(page.goesOnAfter);
  }

  expect(new Set(told).size).toBe(25);
  expect(told).toHaveLength(25);
  expect(told.map((one) => one.slice(0, 20))).toEqual(
    told
      .map((one) => one.slice(0, 20))
      .toSorted()
      .toReversed(),
  );
});
