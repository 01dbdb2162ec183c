import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';
import { startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';

const keys = { master: 'the-master-key', function: 'the-function-key' };
const guid = '6b8f4a52-9d3e-4a3c-8f0a-1c2d3e4f5a6b';

describe('a function app in the functions host', () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'functions-host-'));
  let host: FunctionsHost;

  beforeAll(async () => {
    host = await startFunctionsHost({
      appDirectory: join(process.cwd(), 'test/fixtures/functionApp'),
      settings: { NIGHTLY_SCHEDULE: '0 0 3 * * *', GREETING: 'hello' },
      keys,
      port: 0,
      stateDirectory,
      nodePath: process.execPath,
      nodeArguments: [],
    });
  });

  afterAll(async () => {
    await host.stop();
    rmSync(stateDirectory, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${host.url}${path}`, { headers });
  const textOf = async (path: string) => (await get(path)).text();

  test('gets method, route parameter, query, body and address of a request', async () => {
    const response = await fetch(`${host.url}/api/echo/some%20body?a=1&a=2&empty=`, {
      method: 'POST',
      body: 'the body',
    });

    expect(response.headers.get('x-method')).toBe('POST');
    expect(await response.json()).toMatchObject({
      params: { name: 'some body' },
      query: { a: '1,2', empty: '' },
      url: `${host.url}/api/echo/some%20body?a=1&a=2&empty=`,
      body: 'the body',
    });
  });

  test('gets no value for an optional route parameter that is left out', async () => {
    expect(await (await get('/api/ECHO')).json()).toMatchObject({ params: {} });
  });

  test.each([
    ['/api/items/new', 'new'],
    [`/api/items/${guid}`, 'by id'],
    ['/api/items/chair', 'by name chair'],
    ['/api/items/12/pages', 'pages'],
    ['/api/items/chair/pages', 'rest chair/pages'],
    ['/api/items', 'rest '],
  ])('is reached by the most specific route for %s', async (path, answer) => {
    expect(await textOf(path)).toBe(answer);
  });

  test.each([
    ['GET', '/api/unknown'],
    ['GET', '/echo'],
    ['GET', '/api/echo/a/b'],
    ['DELETE', '/api/echo/a'],
    ['HEAD', '/api/echo/a'],
    ['GET', '/api/echo/%zz'],
  ])('answers 404 to %s %s', async (method, path) => {
    expect((await fetch(`${host.url}${path}`, { method })).status).toBe(404);
  });

  test.each([
    ['anonymous', '/api/echo', null, 200],
    ['function', '/api/levels/function', null, 401],
    ['function', '/api/levels/function', 'wrong', 401],
    ['function', '/api/levels/function', keys.function, 200],
    ['function', '/api/levels/function', keys.master, 200],
    ['admin', '/api/levels/admin', keys.function, 401],
    ['admin', '/api/levels/admin', keys.master, 200],
  ])('asks for the key of its auth level %s: %s with %s gives %i', async (_level, path, key, status) => {
    expect((await get(path, key === null ? {} : { 'x-functions-key': key })).status).toBe(status);
    expect((await get(key === null ? path : `${path}?code=${key}`)).status).toBe(status);
  });

  test('answers 500 without a body when a handler throws, and goes on', async () => {
    const response = await get('/api/throws');

    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(host.logs).toContainEqual(
      expect.objectContaining({
        level: 'error',
        function: 'throws',
        message: expect.stringContaining('the handler broke'),
      }),
    );
    expect((await get('/api/echo')).status).toBe(200);
  });

  test('answers 204 when a handler returns nothing', async () => {
    expect((await fetch(`${host.url}/api/nothing`, { method: 'POST' })).status).toBe(204);
  });

  test('cannot register a function once it has started', async () => {
    const response = await fetch(`${host.url}/api/lateRegistration`, { method: 'POST' });

    expect(response.status).toBe(500);
    expect(host.logs.map(({ message }) => message).join()).toContain('only be registered during app startup');
    expect((await get('/api/late')).status).toBe(404);
  });

  test('sees its settings and nothing else of the environment of whoever started it', async () => {
    const { PATH, HOME } = process.env;
    const environment: unknown = await (await get('/api/environment')).json();

    expect(environment).toEqual({
      NIGHTLY_SCHEDULE: '0 0 3 * * *',
      GREETING: 'hello',
      PATH,
      HOME,
    });
  });

  test('carries the trace of its caller, and begins one where the caller has none', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    expect(await (await get('/api/echo', { traceparent })).json()).toMatchObject({
      traceParent: traceparent,
    });
    expect(await (await get('/api/echo')).json()).toMatchObject({
      traceParent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    });
  });

  test('logs lines with level, function and invocation', async () => {
    await get('/api/echo/log');

    expect(host.logs).toContainEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'information',
      function: 'echo',
      invocationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: "echo was asked { by: 'log' }",
    });
  });

  test('tells what it serves, and says clearly what it does not', async () => {
    expect(host.functions).toContainEqual({
      name: 'itemById',
      type: 'httpTrigger',
      route: 'api/items/{id:guid}',
      methods: ['GET'],
      authLevel: 'anonymous',
      schedule: null,
      queueName: null,
    });
    expect(host.functions).toContainEqual(
      expect.objectContaining({ name: 'nightly', schedule: '0 0 3 * * *' }),
    );
    expect(host.problems).toEqual([
      'The function "fromQueue" is not served: its connection "AzureWebJobsStorage" names no setting that holds a connection string.',
    ]);
  });

  test('has its timer run by hand with the master key, between its hooks', async () => {
    const run = (key: string, name: string, body: string) =>
      fetch(`${host.url}/admin/functions/${name}`, {
        method: 'POST',
        headers: { 'x-functions-key': key },
        body,
      });
    const ended = nextLine(host, /^Executed 'nightly' \(Succeeded/);

    expect((await run(keys.function, 'nightly', '{}')).status).toBe(401);
    expect((await run(keys.master, 'unknown', '{}')).status).toBe(404);
    expect((await run(keys.master, 'nightly', 'no json')).status).toBe(400);
    expect((await run(keys.master, 'echo', '{}')).status).toBe(400);
    expect((await run(keys.master, 'nightly', '{"input":""}')).status).toBe(202);

    await ended;
    const lines = host.logs.filter((line) => line.function === 'nightly').map(({ message }) => message);
    expect(lines.slice(0, 3)).toEqual([
      'hook preInvocation',
      'nightly isPastDue=false last=0001-01-01T00:00:00+00:00',
      'hook postInvocation after hook',
    ]);
    expect(lines).toHaveLength(4);
  });

  test('is listed by the admin route for the master key only', async () => {
    expect((await get('/admin/functions')).status).toBe(401);
    expect(await (await get('/admin/functions', { 'x-functions-key': keys.master })).json()).toEqual(
      host.functions,
    );
  });
});

function nextLine(host: FunctionsHost, pattern: RegExp): Promise<void> {
  return new Promise((resolve) => {
    const end = host.onLine((line) => {
      if (pattern.test(line.message)) {
        end();
        resolve();
      }
    });
  });
}
