import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type CtlEnd, documentOf, runCtl } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(60_000);

const key = 'the-key-of-the-operator';
const runId = '11111111-1111-4111-8111-111111111111';
const run = {
  ...{ runId, correlationId: runId, door: 'pause', status: 'ok', startedUtc: '2026-01-01T00:00:00Z' },
  ...{ durationInMs: 1, summary: {}, problems: [], results: [], events: [] },
};
const working = { runId, status: 'working', total: 300, done: 0 };

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers each request by the next step; a step may also hang up. */
type Step = (response: ServerResponse) => void;

const answer =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Step =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const hangUp: Step = (response) => void response.socket?.destroy();

describe('the operator’s command on a network that fails', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  async function serve(...steps: readonly Step[]): Promise<{ url: string; received: readonly Received[] }> {
    const left = [...steps];
    const received: Received[] = [];
    const server = createServer((request, response) => {
      received.push({ path: request.url ?? '', headers: request.headers });
      request.resume();
      const step = left.shift() ?? answer(500, 'no more steps');
      request.on('end', () => step(response));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, received };
  }

  const pauseAt = (url: string, ...more: readonly string[]): Promise<CtlEnd> =>
    runCtl(['pause', reportId(1), '--url', url, ...more], { INTERMISSION_KEY: key });

  test('a dry run is not sent to an app that does not know them: it would pause the reports', async () => {
    const older = { paths: { '/api/pause': { post: { parameters: [{ name: 'failOnPartial' }] } } } };
    const { url, received } = await serve(answer(200, older));

    const { exitCode, stderr } = await pauseAt(url, '--dry-run');

    expect(exitCode).toBe(1);
    expect(stderr).toContain('older than dry runs');
    expect(received.map(({ path }) => path)).toEqual(['/api/openapi.json']);
  });

  test('a lost answer and a 503 are tried again with the same idempotency key', async () => {
    const busy = answer(503, { code: 'ledger_unavailable', title: 'later' }, { 'retry-after': '0' });
    const { url, received } = await serve(hangUp, busy, answer(200, run));

    const { exitCode } = await pauseAt(url);

    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect([exitCode, keys.length, new Set(keys).size]).toEqual([0, 3, 1]);
    expect(keys[0]).toMatch(/^ctl-[\da-f-]{36}$/);
  });

  test('two commands never share an idempotency key, and each says who asks where it is told', async () => {
    const { url, received } = await serve(answer(200, run), answer(200, run));

    await pauseAt(url, '--by', 'Ana of the night shift');
    await pauseAt(url);

    expect(received.map(({ headers }) => headers['x-requested-by'])).toEqual([
      'Ana of the night shift',
      undefined,
    ]);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  test('an answer that holds a run is final: it is told and not asked for again', async () => {
    const stopped = { ...run, status: 'failed' };
    const { url, received } = await serve(
      answer(503, { code: 'account_busy', title: 'Not done yet.', run: stopped }, { 'retry-after': '0' }),
    );

    const { exitCode, stdout } = await pauseAt(url);

    expect([exitCode, received.length]).toEqual([1, 1]);
    expect(stdout).toContain('Not done yet.');
  });

  test('an app that never answers ends with 3, after a bounded number of tries', async () => {
    const { url, received } = await serve(hangUp, hangUp, hangUp, hangUp, answer(200, run));

    const { exitCode, stdout, stderr } = await pauseAt(url, '--json');

    expect([exitCode, received.length]).toEqual([3, 4]);
    expect(documentOf({ exitCode, stdout, stderr })).toMatchObject({
      ...{ ok: false, exitCode: 3 },
      error: { code: 'unreachable', message: expect.stringContaining('the work may be under way') },
    });
  });

  test('a page that is not of the app ends with 3', async () => {
    const { url } = await serve(answer(404, '<html>nothing here</html>'));

    const { exitCode, stderr } = await pauseAt(url);

    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('check --url')]);
  });

  test('a redirect is not followed, so that no other server gets the key', async () => {
    const other = await serve(answer(200, run));
    const { url } = await serve(answer(307, '', { location: `${other.url}/api/pause` }));

    const { exitCode } = await pauseAt(url);

    expect([exitCode, other.received]).toEqual([3, []]);
  });

  test('a long run is asked for at the address the app gave, without the key', async () => {
    const location = `/api/runs/${runId}/status?token=the-token-of-the-run`;
    const { url, received } = await serve(
      answer(202, working, { 'retry-after': '0', location }),
      answer(202, working, { 'retry-after': '0', location }),
      answer(200, run),
    );

    const { exitCode, stdout, stderr } = await pauseAt(url);

    expect(exitCode).toBe(0);
    expect(received.map(({ path }) => path)).toEqual(['/api/pause', location, location]);
    expect(received[1]?.headers['x-functions-key']).toBeUndefined();
    expect(stderr).toContain(`Run ${runId} is working: 0 of 300 reports done`);
    expect(stdout + stderr).not.toContain('the-token-of-the-run');
  });

  test('an address of another server is not asked; the run is looked up by its id', async () => {
    const other = await serve(answer(200, run));
    const location = `${other.url}/api/runs/${runId}/status?token=x`;
    const { url, received } = await serve(
      answer(202, working, { 'retry-after': '0', location }),
      answer(200, run),
    );

    const { exitCode } = await pauseAt(url);

    expect([exitCode, other.received]).toEqual([0, []]);
    expect(received[1]?.path).toBe(`/api/runs/${runId}`);
    expect(received[1]?.headers['x-functions-key']).toBe(key);
  });

  test('whoever loses touch with a long run is told which one it is', async () => {
    const { url } = await serve(answer(202, working, { 'retry-after': '0' }), hangUp, hangUp, hangUp, hangUp);

    const { exitCode, stderr } = await pauseAt(url);

    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(`"runs ${runId}" looks again`)]);
  });

  test('a key that an answer repeats is not shown', async () => {
    const problem = { code: 'odd', title: `no such key: ${key}` };
    const { url } = await serve(answer(409, problem), answer(409, problem));

    const ends = [await pauseAt(url), await pauseAt(url, '--json')];

    expect(ends.map(({ exitCode }) => exitCode)).toEqual([1, 1]);
    expect(ends.map(({ stderr }) => stderr)).toEqual(new Array(2).fill('ctl: no such key: ***\n'));
    expect(ends.some(({ stdout }) => stdout.includes(key))).toBe(false);
  });

  describe('with the sign-in of the Azure CLI', () => {
    const directories: string[] = [];
    afterAll(() => {
      for (const directory of directories) rmSync(directory, { recursive: true });
    });

    function azThat(script: string): string {
      const directory = mkdtempSync(join(tmpdir(), 'intermission-az-'));
      directories.push(directory);
      const file = join(directory, 'az');
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
      return `${directory}${delimiter}${process.env['PATH'] ?? ''}`;
    }

    test('its token for the audience goes along, and no key', async () => {
      const PATH = azThat(
        `echo '{"accessToken":"token-for-'$7'","expires_on":4102444800,"tokenType":"Bearer"}'`,
      );
      const { url, received } = await serve(answer(200, run));

      const end = await runCtl(['tick', '--url', url, '--audience', 'api://intermission'], { PATH });

      expect(end).toMatchObject({ exitCode: 0 });
      expect(received[0]?.headers.authorization).toMatch(/^Bearer token-for-/);
      expect(received[0]?.headers['x-functions-key']).toBeUndefined();
      expect(end.stdout + end.stderr).not.toContain('token-for-');
    });

    test.each([
      [
        'nobody signed in',
        `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`,
        'run "az login"',
      ],
      ['no Azure CLI', 'echo "sh: 1: az: not found" >&2; exit 127', 'there is no "az" here'],
      [
        'a refusal of Entra',
        'echo "ERROR: AADSTS65001: no consent for ana@contoso.example" >&2; exit 1',
        'AADSTS65001',
      ],
    ])('%s ends with 3 and says what to do', async (_what, script, told) => {
      const PATH = azThat(script);
      const { url, received } = await serve();

      const end = await runCtl(['tick', '--url', url, '--audience', 'api://intermission'], { PATH });

      expect(end).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(told) });
      expect(end.stderr).not.toContain('contoso');
      expect(received).toEqual([]);
    });
  });
});
