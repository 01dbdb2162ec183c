import { newest } from '../../../shared/ledger/history.ts';
import { createWorld, reportId, reportIds } from '../../requests/world.ts';

test('the newest of a long history are shown without reading all of it', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  const { accounts, ledger } = process.composed.parts;
  const accountKey = accounts[0]?.accountKey ?? '';
  const entry = (at: number) => ({
    ...{ reportId: reportId(1), atMs: world.time.now() + at, what: 'paused', who: 'ops', why: 'because' },
    ...{ runId: `run ${at}`, observed: null, requestId: null },
  });
  const entries = Array.from({ length: 5_000 }, (_, at) => entry(at));
  await world.settle(ledger.append(accountKey, entries));
  let calls = 0;
  process.storage = () => {
    calls += 1;
    return 'passes';
  };

  const shown = await world.settle(ledger.history(accountKey, reportId(1), newest(200)));

  expect(shown.map(({ runId }) => runId)).toEqual(
    Array.from({ length: 200 }, (_, at) => `run ${4_999 - at}`),
  );
  expect(calls).toBe(1);
});

test('resumes of reports that there are not leave nothing in the ledger, and those of reports that are held do', async () => {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one');
  const ended = () => world.tables.dump().match(/"rowKey":"ended\|/g)?.length ?? 0;
  const madeUp = (salt: number) =>
    Array.from({ length: 30 }, (_, at) => `c000${salt}000-0000-4000-8000-${String(at).padStart(12, '0')}`);
  for (const salt of [1, 2, 3]) {
    const answer = await world.settle(process.post('resume', { reportIds: madeUp(salt) }));
    expect(answer.status).toBe(404);
  }
  expect(ended()).toBe(0);

  await world.settle(process.post('pause', { reportIds: reportIds(2) }));
  await world.settle(process.post('resume', { reportIds: [...reportIds(2), ...madeUp(4)] }));

  expect(ended()).toBe(2);
});
