import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { countOf, createQueueApp, letGo, linesOf, masterKey, type QueueApp } from './queueAppUnderTest.ts';

jest.setTimeout(60_000);

describe('a queue function in the functions host', () => {
  const connectionString = takeStorageAccount();
  const apps: QueueApp[] = [];

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.end()));
  });

  function createApp(queues: Record<string, unknown> = {}): QueueApp {
    const app = createQueueApp(connectionString, queues);
    apps.push(app);
    return app;
  }

  test('is told among the functions, with the name of its queue filled in from the settings', async () => {
    const app = createApp();
    const host = await app.start();

    expect(host.problems).toEqual([]);
    expect(host.functions).toContainEqual({
      ...{ name: 'work', type: 'queueTrigger', queueName: app.queueName },
      ...{ route: null, methods: [], authLevel: null, schedule: null },
    });
    expect(host.functions).toContainEqual(expect.objectContaining({ queueName: `${app.queueName}-poison` }));
  });

  test('gets JSON parsed and other text as it is, and each message is deleted when it was handled', async () => {
    const app = createApp();
    await app.send([{ runId: 'a-1' }, 'just text', '[1,2]', 'Grüße']);
    const host = await app.start();

    const lines = await linesOf(host, /^work got/, 4);
    expect(await host.stop()).toBe(0);

    expect(lines.sort()).toEqual([
      'work got "Grüße" for the time 1',
      'work got "just text" for the time 1',
      'work got [1,2] for the time 1',
      'work got {"runId":"a-1"} for the time 1',
    ]);
    expect(await countOf(app.queue)).toBe(0);
  });

  test('gets plain text where host.json says that messages are not encoded', async () => {
    const app = createApp({ messageEncoding: 'none' });
    await app.send([{ runId: 'plain' }], 'utf8');

    expect(await linesOf(await app.start(), /^work got/)).toEqual([
      'work got {"runId":"plain"} for the time 1',
    ]);
  });

  test('has a message that is not base64 buried without ever seeing it', async () => {
    const app = createApp({ messageEncoding: 'base64' });
    await app.send(['{"runId":"plain"}'], 'utf8');
    const host = await app.start();
    await linesOf(host, /^Message .* cannot be decoded and goes to the poison queue/);
    await host.stop();

    expect(host.logs.filter(({ message }) => message.startsWith('work got'))).toEqual([]);
    expect([await countOf(app.queue), await countOf(app.poisonQueue)]).toEqual([0, 1]);
  });

  test('is told the metadata of its message as the Node worker tells them', async () => {
    const app = createApp();
    await app.send([{ act: 'tellMetadata' }]);

    const [line = ''] = await linesOf(await app.start(), /^metadata/);

    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
    expect(JSON.parse(line.slice('metadata '.length))).toEqual({
      queueTrigger: { act: 'tellMetadata' },
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      popReceipt: expect.stringMatching(/./),
      ...{ dequeueCount: 1, insertionTime: instant, expirationTime: instant, nextVisibleTime: instant },
    });
  });

  test('that fails five times has its message buried, where the function of the poison queue gets it', async () => {
    const app = createApp();
    await app.send([{ act: 'throw' }]);
    const host = await app.start();

    expect(await linesOf(host, /^buried got/)).toEqual(['buried got {"act":"throw"}']);
    await host.stop();

    expect((await linesOf(host, /^work got/)).map((line) => line.slice(-1))).toEqual([
      ...['1', '2', '3', '4', '5'],
    ]);
    expect([await countOf(app.queue), await countOf(app.poisonQueue)]).toEqual([0, 0]);
  });

  test('that fails gets its message again no sooner than the visibility timeout of host.json', async () => {
    const app = createApp({ visibilityTimeout: '00:00:02', maxDequeueCount: 2 });
    await app.send([{ act: 'throw' }]);
    const host = await app.start();

    await linesOf(host, /^buried got/);

    const [first, second] = host.logs
      .filter(({ message }) => message.startsWith('work got'))
      .map(({ at }) => Date.parse(at));
    // Storage counts whole seconds.
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1_000);
  });

  test('handles as many messages at once as host.json says, and no more', async () => {
    const app = createApp({ batchSize: 2, newBatchThreshold: 0 });
    await app.send([{ act: 'hold' }, { act: 'hold' }, { act: 'hold' }]);
    const host = await app.start();

    await linesOf(host, /^work got/, 2);
    await letGo(host);
    await linesOf(host, /^work got/, 3);

    expect(
      host.logs
        .map(({ message }) => message.split(' ')[0])
        .filter((word) => /^(work|Executed)$/.test(word ?? '')),
    ).toEqual([...['work', 'work', 'Executed', 'Executed', 'Executed', 'work']]);
  });

  test('keeps its message to itself for longer than a lease, and a stop waits until it is handled', async () => {
    const app = createApp();
    await app.send([{ act: 'hold' }]);
    const host = await app.start({ messageLeaseInSeconds: 1 });
    await linesOf(host, /^work got/);
    // Comes after two leases: the clock of this test is the storage's own.
    await app.queue.sendMessage(Buffer.from('"later"').toString('base64'), { visibilityTimeout: 2 });
    await linesOf(host, /^work got "later"/);

    await letGo(host, 200);
    expect(await host.stop()).toBe(0);

    expect(await linesOf(host, /^work got/)).toHaveLength(2);
    expect(await countOf(app.queue)).toBe(0);
  });

  test('that is killed in the middle gets its message again in the next host', async () => {
    const app = createApp();
    await app.send([{ act: 'hold' }]);
    const killed = await app.start({ messageLeaseInSeconds: 1 });
    await linesOf(killed, /^work got/);
    await killed.kill();

    const next = await app.start({ messageLeaseInSeconds: 1 });

    expect(await linesOf(next, /^work got/)).toEqual(['work got {"act":"hold"} for the time 2']);
  });

  test('has its queue created where it is missing, and again where somebody has deleted it', async () => {
    const app = createApp();
    const host = await app.start();
    const send = (text: string) => app.queue.sendMessage(Buffer.from(text).toString('base64'));
    await linesOf(host, /^The queue "work-\d+" was missing and is created/);
    await send('before');
    await linesOf(host, /^work got "before"/);
    await app.queue.delete();
    await linesOf(host, /^The queue "work-\d+" was missing and is created/, 2);
    await send('after');

    expect(await linesOf(host, /^work got "after"/)).toHaveLength(1);
  });

  test('runs by hand with the master key, on the text that it is given and no message', async () => {
    const app = createApp();
    const host = await app.start();
    const run = (key: string, body: unknown) =>
      fetch(`${host.url}/admin/functions/work`, {
        method: 'POST',
        headers: { 'x-functions-key': key },
        body: JSON.stringify(body),
      });

    expect((await run('the-function-key', { input: 'x' })).status).toBe(401);
    expect((await run(masterKey, { input: { act: 'throw' } })).status).toBe(400);
    expect((await run(masterKey, { input: '{"act":"throw"}' })).status).toBe(202);
    await linesOf(host, /^Executed 'work' \(Failed/);
    await host.stop();

    expect(await linesOf(host, /^work got/)).toEqual(['work got {"act":"throw"} for the time 0']);
    expect([await countOf(app.queue), await countOf(app.poisonQueue)]).toEqual([0, 0]);
  });
});
