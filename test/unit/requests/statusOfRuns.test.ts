import { keyCaller } from '../../../shared/callers/caller.ts';
import { answer as answerRunStatus } from '../../../shared/routes/runStatus.ts';
import { createWorld, type ProcessUnderTest, reportIds } from '../../requests/world.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Two processes, and a run of the first that works on; each counts its calls to the storage. */
async function acceptedRun() {
  const world = createWorld({ reports: 2 });
  const processes = [world.startProcess('one'), world.startProcess('two')] as const;
  const [one] = processes;
  const asked = one.post('pause', { reportIds: reportIds(2) }, { prefer: 'respond-async' });
  const url = new URL((await world.settle(asked)).headers['location'] ?? '');
  const runId = url.pathname.split('/').at(3) ?? '';
  let calls = 0;
  for (const process of processes) {
    process.storage = () => {
      calls += 1;
      return 'passes';
    };
  }
  const ask = (process: ProcessUnderTest, token: string, ofRun = runId) => {
    const asked = new URL(url);
    asked.pathname = `/api/runs/${ofRun}/status`;
    asked.searchParams.set('token', token);
    const request = { url: asked, body: new Uint8Array(), header: () => null, teller: quiet };
    const caller = keyCaller(null);
    return world.settle(answerRunStatus(process.composed, { ...request, caller }, { runId: ofRun }));
  };
  const callsOf = async (work: () => Promise<unknown>) => {
    const before = calls;
    await work();
    return calls - before;
  };
  return { world, one, two: processes[1], runId, token: url.searchParams.get('token') ?? '', ask, callsOf };
}

const madeUp = (at: number) => String(at).padStart(43, 'x');
const anotherId = (at: number) => `11111111-2222-4333-8444-${String(at).padStart(12, '0')}`;

describe('the status of a run, which anybody may ask for who has its token', () => {
  test('costs no storage for tokens that were made up, beyond one look for the key', async () => {
    const { world, two, runId, ask, callsOf } = await acceptedRun();
    await world.time.runUntil(world.time.now() + 60_000);
    expect((await ask(two, madeUp(0))).status).toBe(404);

    const calls = await callsOf(async () => {
      for (let at = 1; at <= 50; at += 1) {
        const answer = await ask(two, madeUp(at), at % 2 === 0 ? runId : anotherId(at));
        expect(answer).toMatchObject({ status: 404, body: { code: 'unknown_run' } });
      }
    });

    expect(calls).toBe(0);
  });

  test('costs no storage for made-up tokens while the storage is out, and says so', async () => {
    const { world, two, token, ask } = await acceptedRun();
    let calls = 0;
    two.storage = () => {
      calls += 1;
      return 'refused';
    };
    expect((await ask(two, madeUp(0))).status).toBe(503);
    const first = calls;

    for (let at = 1; at <= 20; at += 1) expect((await ask(two, madeUp(at))).status).toBe(503);

    expect(calls).toBe(first);
    two.storage = () => 'passes';
    await world.time.runUntil(world.time.now() + 5_000);
    expect((await ask(two, token)).status).toBeLessThan(300);
  });

  test('is shown by any process to who has the token, and to nobody for the token of another run', async () => {
    const { one, two, runId, token, ask } = await acceptedRun();

    expect(await ask(one, token)).toMatchObject({ status: 202, headers: { 'retry-after': '5' } });
    expect(await ask(two, token)).toMatchObject({ status: 202, body: { runId, status: 'working' } });
    expect(await ask(two, token, anotherId(1))).toMatchObject({ status: 404 });
  });

  test('is read once in two seconds, however many ask, and is no older', async () => {
    const { world, two, token, ask, callsOf } = await acceptedRun();
    await ask(two, token);

    const calls = await callsOf(() => Promise.all(Array.from({ length: 40 }, () => ask(two, token))));
    expect(calls).toBe(0);
    await world.time.runUntil(world.time.now() + 60_000);
    const later = await callsOf(async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => ask(two, token)));
      expect(answers.map(({ status }) => status)).toEqual(new Array(40).fill(200));
      expect(answers.at(-1)?.body).toMatchObject({ status: 'ok', results: [{}, {}] });
    });

    // Its record and its results.
    expect(later).toBe(2);
  });

  test('is over a day after its end', async () => {
    const { world, two, token, ask } = await acceptedRun();
    await world.time.runUntil(world.time.now() + 60_000);
    await world.time.runUntil(world.time.now() + 86_300_000);
    expect((await ask(two, token)).status).toBe(200);
    await world.time.runUntil(world.time.now() + 200_000);
    expect((await ask(two, token)).status).toBe(404);
  });

  test('is opened by the token that another process made right before old requests were cleared away', async () => {
    const { world, one, two } = await acceptedRun();
    await world.time.runUntil(world.time.now() + 8 * 86_400_000);
    const known = one.post('pause', { reportIds: reportIds(2), reason: 'b' }, { prefer: 'respond-async' });
    await world.settle(known);
    await world.settle(one.composed.parts.cleanUp(world.time.now()));
    const asked = one.post('pause', { reportIds: reportIds(2), reason: 'c' }, { prefer: 'respond-async' });
    const url = new URL((await world.settle(asked)).headers['location'] ?? '');
    const runId = url.pathname.split('/').at(3) ?? '';
    const request = { url, body: new Uint8Array(), header: () => null, teller: quiet };

    const answer = answerRunStatus(two.composed, { ...request, caller: keyCaller(null) }, { runId });

    expect(await world.settle(answer)).toMatchObject({ status: 202 });
  });
});
