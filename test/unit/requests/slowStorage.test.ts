import { createWorld, reportId, reportIds } from '../../requests/world.ts';

const keyOf = (process: { composed: { parts: { accounts: readonly { accountKey: string }[] } } }) =>
  process.composed.parts.accounts[0]?.accountKey ?? '';

test('a queue that is out is told as a problem document within seconds, and nothing is done', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  process.storage = ({ world: of }) => (of === 'queue' ? 'refused' : 'passes');
  const beganMs = world.time.now();

  const answer = await world.settle(process.post('pause', { reportIds: reportIds(1) }));

  expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/problem+json']);
  expect(answer.headers['retry-after']).toBeDefined();
  expect(world.time.now() - beganMs).toBeLessThan(10_000);
  process.storage = () => 'passes';
  for (let ticks = 0; ticks < 5; ticks += 1) {
    await world.time.runUntil(world.time.now() + 60_000);
    await world.settle(process.tick());
  }
  expect(world.insights.puts).toEqual([]);
});

test('what was accepted goes on by itself when the tables are back after an hour, and nothing is given up', async () => {
  const world = createWorld({ reports: 3 });
  const process = world.startProcess('one');
  const accepted = await world.settle(
    process.post('pause', { reportIds: reportIds(3) }, { prefer: 'respond-async' }),
  );
  expect(accepted.status).toBe(202);
  process.storage = ({ world: of }) => (of === 'table' ? 'refused' : 'passes');
  await world.time.runUntil(world.time.now() + 3_600_000);
  process.storage = () => 'passes';
  await world.time.runUntil(world.time.now() + 120_000);

  expect(world.poisoned).toEqual([]);
  expect(reportIds(3).map((id) => world.insights.statuses.get(id))).toEqual(['Paused', 'Paused', 'Paused']);
});

test('a run whose messages are all lost is asked for again by the ticks', async () => {
  const world = createWorld({ reports: 3 });
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: reportIds(3) }, { prefer: 'respond-async' }));
  world.messages.length = 0;
  for (let ticks = 0; ticks < 3; ticks += 1) {
    await world.time.runUntil(world.time.now() + 60_000);
    await world.settle(process.tick());
  }
  await world.time.runUntil(world.time.now() + 30_000);

  expect(reportIds(3).map((id) => world.insights.statuses.get(id))).toEqual(['Paused', 'Paused', 'Paused']);
});

test('an answer that is lost, whichever of the ledger’s, costs seconds and no outcome, and the account is free after it', async () => {
  for (let lost = 1; lost <= 12; lost += 1) {
    const world = createWorld({ reports: 1 });
    const process = world.startProcess('one');
    let seen = 0;
    process.storage = ({ table }) => {
      seen += table === 'IntermissionLive' ? 1 : 0;
      return table === 'IntermissionLive' && seen === lost ? 'answerLost' : 'passes';
    };
    const beganMs = world.time.now();

    const answer = await world.settle(process.post('pause', { reportIds: reportIds(1) }));

    // What was written is recognised; a read that fails is asked for again, by the queue where it was accepted.
    expect([lost, [200, 202, 503].includes(answer.status)]).toEqual([lost, true]);
    expect([lost, world.time.now() - beganMs < 10_000]).toEqual([lost, true]);
    const held = await world.settle(process.composed.parts.ledger.hold(keyOf(process)));
    expect([lost, held === null]).toEqual([lost, false]);
    await world.settle(held?.release() ?? Promise.resolve());
    await world.time.runUntil(world.time.now() + 90_000);
    const isPaused = world.insights.statuses.get(reportId(1)) === 'Paused';
    expect([lost, answer.status === 503 || isPaused]).toEqual([lost, true]);
  }
});

test('the ceiling holds while the storage is slow', async () => {
  const world = createWorld({ reports: 60 });
  const accounts = [
    {
      ...{ name: 'default', tenantId: '11111111-1111-4111-8111-111111111111', surface: 'mpn' },
      ...{
        baseUrl: 'https://api.partnercenter.microsoft.com/insights/v1/mpn',
        callsPerSecond: 5,
        signIn: { mode: 'managedIdentity' },
      },
    },
  ];
  const process = world.startProcess('one', {
    ...{ ACCOUNTS: JSON.stringify(accounts), TENANT_ID: '', INSIGHTS_BASE_URL: '' },
  });
  let calls = 0;
  process.storage = () => {
    // Now quick, now slow: what was held up comes all at once.
    calls += 1;
    process.storageLatencyInMs = calls % 7 === 0 ? 4_000 : 200;
    return 'passes';
  };
  await world.settle(process.post('pause', { reportIds: reportIds(60) }));

  expect([...world.insights.statuses.values()].every((status) => status === 'Paused')).toBe(true);
  const sent = [...world.insights.calls].sort((a, b) => a - b);
  const inASecond = sent.map((atMs, at) => sent.slice(at).filter((other) => other - atMs < 1_000).length);
  expect(Math.max(...inASecond)).toBeLessThanOrEqual(5);
});
