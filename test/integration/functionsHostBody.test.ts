import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionsHost, startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';

const stateDirectory = mkdtempSync(join(tmpdir(), 'functions-host-'));
const start = (limit: string) =>
  startFunctionsHost({
    appDirectory: join(process.cwd(), 'test/fixtures/functionApp'),
    settings: { NIGHTLY_SCHEDULE: '0 0 3 * * *', FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: limit },
    keys: { master: 'the-master-key', function: 'the-function-key' },
    ...{ port: 0, stateDirectory, nodePath: process.execPath, nodeArguments: [] },
  });

afterAll(() => rmSync(stateDirectory, { recursive: true }));

describe('a functions host with FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', () => {
  let host: FunctionsHost;
  beforeAll(async () => {
    host = await start('1000');
  });
  afterAll(() => host.stop());

  const post = (body: string | ReadableStream) =>
    fetch(`${host.url}/api/echo`, {
      method: 'POST',
      body,
      ...(typeof body === 'string' ? {} : { duplex: 'half' }),
    });

  test('answers 413 to a longer body and calls no function, and hands on one of that length', async () => {
    const invoked: string[] = [];
    const over = new Promise<void>((resolve) => {
      host.onInvoked(({ function: name }) => {
        invoked.push(name);
        resolve();
      });
    });
    // Its length is not said in its head.
    const inPieces = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('x'.repeat(600)));
        controller.enqueue(new TextEncoder().encode('x'.repeat(600)));
        controller.close();
      },
    });

    const statuses = [];
    for (const body of ['x'.repeat(1_001), inPieces, 'x'.repeat(1_000)]) {
      statuses.push((await post(body)).status);
    }
    await over;

    expect(statuses).toEqual([413, 413, 200]);
    expect(invoked).toHaveLength(1);
  });
});

test('a limit that is no number is a reason not to start, in words', async () => {
  await expect(start('1 MB')).rejects.toThrow('FUNCTIONS_REQUEST_BODY_SIZE_LIMIT is "1 MB"');
});
