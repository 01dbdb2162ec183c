import { createWorld, reportIds } from '../../requests/world.ts';

test('no change leaves before the ledger has its intent', async () => {
  const world = createWorld({ reports: 3 });
  const [process, reader] = [world.startProcess('one'), world.startProcess('two')];
  const { accounts, ledger } = reader.composed.parts;
  const seen: string[] = [];
  const { send } = world.insights;
  // What the ledger has of the report when its PUT arrives at the service.
  world.insights.send = async (name, request) => {
    const [, verb, id = ''] = /\/(pause|resume)\/([0-9a-f-]{36})$/.exec(request.url.pathname) ?? [];
    if (request.method === 'PUT') {
      const owned = (await ledger.read(accounts[0]?.accountKey ?? '')).ownerships.get(id);
      seen.push(`${verb}: ${owned?.kind} towards ${owned?.attempts.at(-1)?.towards}`);
    }
    return send(name, request);
  };

  await world.settle(process.post('pause', { reportIds: reportIds(3) }));
  await world.time.runUntil(world.time.now() + 600_000);
  await world.settle(process.post('resume', { reportIds: reportIds(3) }));

  expect(seen).toEqual([
    ...Array(3).fill('pause: pausing towards Paused'),
    ...Array(3).fill('resume: resuming towards Active'),
  ]);
});
