import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';
import { startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';

const fixtureApp = join(process.cwd(), 'test/fixtures/functionApp');

describe('the life of a functions host', () => {
  const directory = mkdtempSync(join(tmpdir(), 'functions-host-life-'));
  const started: FunctionsHost[] = [];

  afterEach(async () => {
    await Promise.all(started.splice(0).map((host) => host.kill()));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  async function start(
    options: { appDirectory?: string; stateDirectory?: string; port?: number; stopTimeoutInMs?: number } = {},
  ) {
    const host = await startFunctionsHost({
      appDirectory: fixtureApp,
      settings: { NIGHTLY_SCHEDULE: '0 0 3 * * *' },
      keys: { master: 'master', function: 'function' },
      port: 0,
      stateDirectory: join(directory, 'state'),
      nodePath: process.execPath,
      nodeArguments: [],
      ...options,
    });
    started.push(host);
    return host;
  }

  function writeApp(files: Record<string, string>): string {
    const appDirectory = mkdtempSync(join(directory, 'app-'));
    for (const [name, text] of Object.entries({ 'host.json': '{"version":"2.0"}', ...files })) {
      writeFileSync(join(appDirectory, name), text);
    }
    return appDirectory;
  }

  test('a stop lets a running invocation finish, takes no new one, runs the last hook and exits 0', async () => {
    const host = await start();
    const begins = lineOf(host, /^slow begins/);
    const slow = fetch(`${host.url}/api/slow`, { method: 'POST' });
    await begins;
    await fetch(`${host.url}/api/letGoSoon`, { method: 'POST' });

    const exitCode = host.stop();

    expect(await (await slow).text()).toBe('finished');
    expect(await exitCode).toBe(0);
    expect(host.logs.at(-1)?.message).toBe('hook appTerminate');
    await expect(fetch(`${host.url}/api/echo`)).rejects.toThrow('fetch failed');
  });

  test('a stop waits no longer than it was told for an invocation that hangs', async () => {
    const host = await start({ stopTimeoutInMs: 20 });
    const begins = lineOf(host, /^slow begins/);
    const slow = fetch(`${host.url}/api/slow`, { method: 'POST' }).catch(() => 'cut off');
    await begins;

    expect(await host.stop()).toBe(0);

    expect(await slow).toBe('cut off');
    expect(host.logs).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: '1 invocations still run after 20 ms and are cut off.',
      }),
    );
  });

  test('a rejection that nobody handles ends the process with code 1, as in the real worker', async () => {
    const host = await start();

    await fetch(`${host.url}/api/crash`, { method: 'POST' }).catch(() => undefined);

    expect(await host.exited).toEqual({ exitCode: 1, signal: null });
    expect(host.logs.map(({ message }) => message).join()).toContain('nobody waits for this');
  });

  test('a kill ends it at once', async () => {
    const host = await start();

    expect(await host.kill()).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  test('a timer that was due while nothing ran fires at the next start, once, with isPastDue', async () => {
    const stateDirectory = join(directory, 'past-due');
    mkdirSync(stateDirectory);
    const status = { lastMs: null, nextMs: Date.UTC(2026, 0, 2, 3), updatedMs: Date.UTC(2026, 0, 2) };
    writeFileSync(join(stateDirectory, 'timer-nightly.json'), JSON.stringify(status));

    const host = await start({ stateDirectory });
    await lineOf(host, /^Executed 'nightly'/);
    const lines = host.logs.map(({ message }) => message);
    await host.stop();
    const again = await start({ stateDirectory });
    await again.stop();

    expect(lines).toContain('nightly isPastDue=true last=0001-01-01T00:00:00+00:00');
    expect(again.logs.filter((line) => line.function === 'nightly')).toEqual([]);
  });

  test.each([
    [
      'a main that was never built',
      { 'package.json': '{"main":"dist/main.cjs"}' },
      /"main" of package.json is "dist\/main.cjs", and no such file exists/,
    ],
    [
      'a main that throws',
      { 'package.json': '{"main":"a.cjs"}', 'a.cjs': 'throw new Error("bad day")' },
      /a.cjs cannot be loaded: Error: bad day/,
    ],
    [
      'a main that registers nothing',
      { 'package.json': '{"main":"a.cjs"}', 'a.cjs': '' },
      /loaded but registered no function/,
    ],
    [
      'a main that is an ES module',
      { 'package.json': '{"main":"a.mjs"}', 'a.mjs': '' },
      /is "a.mjs", an ES module/,
    ],
    ['no package.json', {}, /package.json in .* cannot be used/],
    [
      'a host.json that is not JSON',
      { 'host.json': '{', 'package.json': '{"main":"a.cjs"}' },
      /host.json in .* cannot be used/,
    ],
  ])('%s is said, and is no app with 0 functions', async (_what, files, message) => {
    await expect(start({ appDirectory: writeApp(files) })).rejects.toThrow(message);
  });

  test('a port that is taken is said', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    try {
      await expect(start({ port })).rejects.toThrow(`Port ${port} cannot be used`);
    } finally {
      server.close();
    }
  });
});

function lineOf(host: FunctionsHost, pattern: RegExp): Promise<void> {
  return new Promise((resolve) => {
    const end = host.onLine(({ message }) => {
      if (pattern.test(message)) {
        end();
        resolve();
      }
    });
    if (host.logs.some(({ message }) => pattern.test(message))) {
      resolve();
    }
  });
}
