import { startEmulatorForTest } from './insightsClientEmulator.ts';
import { clientUnderTest } from './insightsClientUnderTest.ts';

const id = 'a0000000-0000-4000-8000-000000000001';
const active = { reportId: id, reportName: 'AzureUsage-daily' };

let emulator: Awaited<ReturnType<typeof startEmulatorForTest>>;
let token: string;
const closing: (() => void)[] = [];

beforeAll(async () => {
  emulator = await startEmulatorForTest();
  token = await emulator.token();
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(() => emulator.close());

function setUp(options: Partial<Parameters<typeof clientUnderTest>[0]> = {}) {
  const made = clientUnderTest({ origin: emulator.origin, token, ...options });
  closing.push(made.client.close);
  return made;
}

describe('a read of the service', () => {
  test.each(['camel', 'pascal', 'mixed'])('finds the report in %s casing', async (casing) => {
    await emulator.reset(active, { casing });
    const { client, context } = setUp();
    const read = await client.get(id.toUpperCase(), context());
    expect(read).toMatchObject({
      ok: true,
      value: { reportId: id, reportName: 'AzureUsage-daily', reportStatus: 'Active', modifiedMs: null },
      attempts: 1,
    });
    const listed = await client.list({}, context());
    expect(listed.ok && listed.value).toEqual(read.ok && [read.value]);
  });

  test('tells the service’s clock', async () => {
    await emulator.reset(active);
    const { client, context } = setUp();
    const answer = await client.get(id, context());
    expect(answer.ok && answer.serviceTimeMs).toEqual(expect.any(Number));
  });

  test.each(['absolute', 'relative'])('follows %s links over all pages', async (nextLinkForm) => {
    await emulator.reset(active, { pageSize: 2, nextLinkForm });
    const reports = [1, 2, 3, 4, 5].map((nr) => ({
      reportId: `a0000000-0000-4000-8000-00000000000${nr}`,
      reportName: `report ${nr}`,
    }));
    await emulator.admin('PUT', 'state', { policies: { pageSize: 2, nextLinkForm }, reports });
    const { client, context } = setUp();
    const answer = await client.list({}, context());
    expect(answer).toMatchObject({ ok: true, attempts: 3, unreadableItems: 0 });
    expect(answer.ok && answer.value.map(({ reportName }) => reportName)).toEqual(
      reports.map(({ reportName }) => reportName),
    );
  });

  test.each(['notFound', 'empty'])('finds no report in an empty list (%s)', async (emptyList) => {
    await emulator.reset(active, { emptyList });
    const { client, context } = setUp();
    expect(await client.list({ reportName: 'another' }, context())).toMatchObject({ ok: true, value: [] });
    expect(await client.get('a0000000-0000-4000-8000-0000000000ff', context())).toMatchObject({
      ok: false,
      failure: { code: 'not_found', retryable: false, attempts: 1 },
    });
  });

  test('finds no run where there was none, and none of a report that was never run', async () => {
    await emulator.reset(active);
    const { client, context } = setUp();
    const answer = await client.executions([id, id], { executionStatus: ['Pending', 'Running'] }, context());
    expect(answer).toMatchObject({ ok: true, value: [] });
    const [request] = await emulator.requests();
    expect(request?.path).toMatch(new RegExp(`/ScheduledReport/execution/${id}$`));
    expect(request?.query).toEqual({ executionStatus: 'Pending;Running' });
  });

  test('finds the runs of many reports, some ids at a time', async () => {
    const ids = [1, 2, 3].map((nr) => `a0000000-0000-4000-8000-00000000000${nr}`);
    await emulator.reset(active);
    await emulator.admin('PUT', 'state', {
      reports: ids.map((reportId) => ({ reportId, reportName: 'r', startTime: '2026-03-02T12:00:00Z' })),
    });
    await emulator.admin('PUT', 'clock', { nowUtc: '2026-03-02T14:00:00Z' });
    const { client, context } = setUp({ limits: { maxIdsPerRequest: 2 } });
    const answer = await client.executions(ids, {}, context());
    expect(answer).toMatchObject({ ok: true, attempts: 2 });
    expect(answer.ok && answer.value.map(({ reportId }) => reportId).sort()).toEqual(ids);
  });

  test('at a wrong address does not make a report missing', async () => {
    await emulator.reset(active);
    const { client, context } = setUp({ account: { baseUrl: `${emulator.origin}/insights/v9/mpn` } });
    expect(await client.get(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'endpoint_not_found' },
    });
  });
});

describe('every request', () => {
  test('carries the documented headers and no body', async () => {
    await emulator.reset(active);
    const { client, context } = setUp();
    await client.change('pause', id, context(), { beforePut: async () => true, afterPut: () => {} });
    const requests = await emulator.requests();
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /insights/v1/mpn/ScheduledReport',
      `PUT /insights/v1/mpn/ScheduledReport/pause/${id}`,
    ]);
    for (const { headers, bodyText } of requests) {
      expect(bodyText).toBe('');
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        accept: 'application/json',
        validatemfa: 'true',
        'ms-correlationid': 'c0ffee00-0000-4000-8000-000000000001',
        'ms-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
    expect(requests[0]?.headers['ms-requestid']).not.toBe(requests[1]?.headers['ms-requestid']);
  });

  test('of one call has one id, over all its retries, and the caller learns it', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'status503', times: 2 });
    const { client, context } = setUp();
    const answer = await client.get(id, context());
    const ids = (await emulator.requests()).map(({ headers }) => headers['ms-requestid']);
    expect(answer).toMatchObject({ ok: true, attempts: 3, requestId: ids[0] });
    expect(new Set(ids).size).toBe(1);
  });

  test('on cmp names the report as a query parameter too', async () => {
    await emulator.reset({ ...active, family: 'cmp' });
    const account = { surface: 'cmp' as const, baseUrl: `${emulator.origin}/insights/v1.1/cmp` };
    const { client, context } = setUp({ account });
    await client.change('pause', id, context(), { beforePut: async () => true, afterPut: () => {} });
    expect((await emulator.requests())[1]).toMatchObject({ method: 'PUT', query: { reportId: id } });
  });
});

describe('what the client makes of each fault, when it reads', () => {
  test.each<[object, object]>([
    [{ kind: 'forbidden' }, { code: 'forbidden', httpStatus: 403, retryable: false, attempts: 1 }],
    [{ kind: 'badRequest' }, { code: 'invalid_request', httpStatus: 400, attempts: 1 }],
    [{ kind: 'notFound' }, { code: 'not_found', httpStatus: 404, attempts: 1 }],
    [
      { kind: 'platformError' },
      { code: 'invalid_request', attempts: 1, message: 'HTTP 400: The request was refused.' },
    ],
    [
      { kind: 'platformError', status: 409 },
      { code: 'unexpected_answer', attempts: 1 },
    ],
    [{ kind: 'errorInHttp200' }, { code: 'invalid_request', httpStatus: 400, attempts: 1 }],
    [
      { kind: 'errorInHttp200', statusCode: 403 },
      { code: 'forbidden', attempts: 1 },
    ],
    [
      { kind: 'mfaRefusal', body: 'none' },
      { code: 'mfa_required', attempts: 1, retryable: false },
    ],
    [
      { kind: 'mfaRefusal', body: 'platform' },
      { code: 'mfa_required', attempts: 1 },
    ],
    [
      { kind: 'mfaRefusal', body: 'gateway' },
      { code: 'mfa_required', attempts: 1 },
    ],
    [{ kind: 'wrongAudience' }, { code: 'unauthorized', attempts: 2, retryable: false }],
    [{ kind: 'expiredToken' }, { code: 'unauthorized', attempts: 2 }],
    [{ kind: 'status500' }, { code: 'upstream_unavailable', httpStatus: 500, attempts: 2, retryable: true }],
    [{ kind: 'status503' }, { code: 'upstream_unavailable', attempts: 5 }],
    [{ kind: 'badGatewayHtml' }, { code: 'upstream_unavailable', httpStatus: 502, attempts: 5 }],
    [
      { kind: 'badGatewayHtml', status: 504 },
      { code: 'upstream_unavailable', attempts: 5 },
    ],
    [{ kind: 'throttle429' }, { code: 'throttled', httpStatus: 429, attempts: 5, retryable: true }],
    [{ kind: 'resetBefore' }, { code: 'upstream_unavailable', httpStatus: null, attempts: 5 }],
    [{ kind: 'truncatedJson' }, { code: 'unexpected_answer', attempts: 5 }],
    [
      { kind: 'truncatedJson', cutConnection: true },
      { code: 'upstream_unavailable', attempts: 5 },
    ],
  ])('%j', async (fault, expected) => {
    await emulator.reset(active);
    await emulator.faults({ ...fault, times: null });
    const { client, context } = setUp();
    expect(await client.get(id, context())).toMatchObject({ ok: false, failure: expected });
  });

  test.each([{ kind: 'hang' }, { kind: 'slow', delayInMs: 60_000 }])('%j', async (fault) => {
    await emulator.reset(active);
    await emulator.faults(fault);
    const { client, context, runOut } = setUp();
    const call = client.get(id, context());
    await emulator.struck(fault.kind);
    runOut();
    expect(await call).toMatchObject({ ok: true, attempts: 2 });
  });

  test('a 401 refreshes the token once, and the fresh one is used', async () => {
    await emulator.reset(active);
    const expired = await emulator.token({ lifetimeInSeconds: -60 });
    const { client, context, refreshes } = setUp({
      token: (forceRefresh) => ({ ok: true, token: forceRefresh ? token : expired }),
    });
    expect(await client.get(id, context())).toMatchObject({ ok: true, attempts: 2 });
    expect(refreshes).toEqual([false, true]);
  });

  test('a token that stays refused is not asked for again and again', async () => {
    await emulator.reset(active);
    const expired = await emulator.token({ lifetimeInSeconds: -60 });
    const { client, context, refreshes } = setUp({ token: expired });
    await client.get(id, context());
    expect(refreshes).toEqual([false, true]);
  });

  test.each([
    ['seconds', { retryAfter: 57 }, 57_000],
    ['no header', { retryAfter: null }, 500],
    ['more than the cap', { retryAfter: 86_400 }, 120_000],
  ])('a 429 with %s is waited out', async (_, properties, leastInMs) => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'throttle429', ...properties });
    const { client, context } = setUp();
    const answer = await client.get(id, context());
    expect(answer).toMatchObject({ ok: true, attempts: 2 });
    const throttledInMs = answer.ok ? answer.throttledInMs : 0;
    expect(throttledInMs).toBeGreaterThanOrEqual(leastInMs / 2);
    expect(throttledInMs).toBeLessThanOrEqual(leastInMs);
  });

  test('many calls under one signal, in the order of asking, are never more at once than allowed', async () => {
    await emulator.reset(active);
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => warnings.push(name);
    process.on('warning', onWarning);
    const { client, context } = setUp({ account: { maxConcurrency: 2 } });
    const shared = context();
    const answers = await Promise.all(Array.from({ length: 30 }, () => client.get(id, shared)));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(warnings).toEqual([]);
  });

  test('one 429 holds back the other calls of the account too', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'throttle429', retryAfter: 57 });
    const { client, clock, context } = setUp({ limits: { maxAttempts: 1 } });
    const startedMs = clock.now();
    expect(await client.get(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'throttled', attempts: 1 },
    });
    expect(clock.now()).toBe(startedMs);

    const soon = await client.list({}, context({ deadlineMs: clock.now() + 30_000 }));
    expect(soon).toMatchObject({ ok: false, failure: { code: 'throttled', attempts: 0, httpStatus: null } });
    expect(await client.list({}, context())).toMatchObject({ ok: true, throttledInMs: 57_000 });
    expect(await emulator.traffic()).toEqual(['GET throttle429', 'GET']);
  });
});
