import { request } from 'node:http';
import {
  azureDaily,
  type EmulatorUnderTest,
  mpn,
  oneReport,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

describe('the emulator’s faults', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());
  const play = (...faults: object[]) => emulator.admin('POST', 'faults', faults);
  const statusOf = async (id: string) => /"reportStatus":"(\w+)"/.exec((await emulator.get(id)).text)?.[1];

  const answers = [
    { fault: { kind: 'throttle429' }, status: 429, header: ['retry-after', '57'], body: { statusCode: 429 } },
    {
      fault: { kind: 'throttle429', retryAfter: 5, as: 'date' },
      status: 429,
      header: ['retry-after', 'Mon, 01 Jun 2026 12:00:05 GMT'],
      body: {},
    },
    {
      fault: { kind: 'throttle429', retryAfter: 'soon' },
      status: 429,
      header: ['retry-after', 'soon'],
      body: {},
    },
    {
      fault: { kind: 'throttle429', retryAfter: null },
      status: 429,
      header: ['retry-after', null],
      body: {},
    },
    { fault: { kind: 'status500' }, status: 500, body: { value: [], statusCode: 500 } },
    {
      fault: { kind: 'status503', retryAfterInSeconds: 9 },
      status: 503,
      header: ['retry-after', '9'],
      body: { statusCode: 503 },
    },
    {
      fault: { kind: 'errorInHttp200' },
      status: 200,
      body: { statusCode: 400, message: 'Invalid query', value: [] },
    },
    {
      fault: { kind: 'expiredToken' },
      status: 401,
      body: { statusCode: 401, message: expect.stringContaining('expired') },
    },
    {
      fault: { kind: 'wrongAudience' },
      status: 401,
      body: { message: expect.stringContaining('incorrect audience') },
    },
    {
      fault: { kind: 'mfaRefusal', body: 'platform' },
      status: 401,
      header: ['www-authenticate', 'Bearer error="invalid_token"'],
      body: { code: '900421' },
    },
    {
      fault: { kind: 'mfaRefusal', body: 'gateway' },
      status: 401,
      body: { statusCode: 401, message: expect.stringContaining('900421') },
    },
    { fault: { kind: 'forbidden' }, status: 403, body: { value: [], statusCode: 403 } },
    { fault: { kind: 'badRequest' }, status: 400, body: { value: [], statusCode: 400 } },
    { fault: { kind: 'notFound' }, status: 404, body: { value: [], statusCode: 404 } },
    {
      fault: { kind: 'platformError', status: 409, code: '600001' },
      status: 409,
      body: { code: '600001', data: [] },
    },
  ];
  test.each(answers)(
    '$fault answers $status and changes nothing',
    async ({ fault, status, header, body }) => {
      await play(fault);

      const answer = await emulator.pause(azureDaily);

      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject(body);
      expect(header === undefined || answer.headers.get(header[0] ?? '') === header[1]).toBe(true);
      expect(await statusOf(azureDaily)).toBe('Active');
    },
  );

  test('the MFA refusal has its reason phrase, and by default no body', async () => {
    await play({ kind: 'mfaRefusal' });

    expect(await emulator.pause(azureDaily)).toMatchObject({
      statusText: 'Unauthorized - MFA required',
      text: '',
    });
  });

  test('a bad gateway answers in HTML', async () => {
    await play({ kind: 'badGatewayHtml' });

    const answer = await emulator.pause(azureDaily);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(answer.text).toMatch(/^<html>/);
  });

  test.each([
    ['resetBefore', 'Active'],
    ['resetAfter', 'Paused'],
  ])('%s cuts the connection and leaves the report %s', async (kind, status) => {
    await play({ kind });

    await expect(emulator.pause(azureDaily)).rejects.toThrow('fetch failed');
    expect(await statusOf(azureDaily)).toBe(status);
    expect(await emulator.admin('GET', `requests?fault=${kind}`)).toMatchObject([
      { outcome: 'reset', status: null },
    ]);
  });

  test('truncated JSON: half a body, with its own length or with the connection cut', async () => {
    await play({ kind: 'truncatedJson' }, { kind: 'truncatedJson', cutConnection: true });

    const answer = await emulator.pause(azureDaily);
    expect([answer.status, answer.json]).toEqual([200, undefined]);
    expect(answer.text).toMatch(/^\{"value":\[/);
    await expect(emulator.pause(azureDaily)).rejects.toThrow('terminated');
    expect(await statusOf(azureDaily)).toBe('Paused');
  });

  test.each([
    ['before', 'Active'],
    ['after', 'Paused'],
  ])(
    'hang %s the effect: no answer comes until the caller gives up, the report is %s',
    async (when, status) => {
      await play({ kind: 'hang', when });
      const sent = request(`${emulator.url}${mpn}/ScheduledReport/pause/${azureDaily}`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${await emulator.token()}` },
        agent: false,
      });
      const failed = new Promise((resolve) => sent.once('error', resolve));
      let answered = false;
      sent.once('response', () => {
        answered = true;
      });
      sent.end();

      await until(async () => String(await emulator.admin('GET', 'requests?fault=hang')) !== '');
      expect(await statusOf(azureDaily)).toBe(status);
      expect(answered).toBe(false);
      sent.destroy(new Error('gave up'));
      await failed;
    },
  );

  test('a slow answer has not taken effect while it waits before, and has while it waits after', async () => {
    await play({ kind: 'slow', delayInMs: 60, when: 'after' });
    const startedMs = performance.now();
    const answer = emulator.pause(azureDaily);
    await until(async () => (await statusOf(azureDaily)) === 'Paused');
    expect((await answer).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(55);
  });

  test('a stale read shows the report as it was, for as long as was asked', async () => {
    await emulator.pause(azureDaily);
    await play({ kind: 'staleRead', forMs: 5000, operation: 'getReports', times: null });

    expect(await statusOf(azureDaily)).toBe('Active');
    await emulator.admin('PUT', 'clock', { advanceInMs: 5000 });
    expect(await statusOf(azureDaily)).toBe('Paused');
  });

  test.each([
    ['old', 'Active'],
    ['new', 'Paused'],
  ])('a delayed effect answers with the %s status and comes true later', async (answerShows, shown) => {
    await play({ kind: 'delayedEffect', forMs: 5000, answerShows });

    expect((await emulator.pause(azureDaily)).json).toEqual(oneReport({ reportStatus: shown }));
    expect(await statusOf(azureDaily)).toBe('Active');
    await emulator.admin('PUT', 'clock', { advanceInMs: 5000 });
    expect(await statusOf(azureDaily)).toBe('Paused');
    expect(await emulator.admin('GET', 'changes')).toMatchObject([
      { atUtc: '2026-06-01T12:00:05.000Z', by: { kind: 'app' } },
    ]);
  });

  test.each([
    [true, 'Paused'],
    [false, 'Active'],
  ])('an unchanged answer says Active; with takesEffect %s the report is %s', async (takesEffect, status) => {
    await play({ kind: 'answerUnchanged', takesEffect });

    expect((await emulator.pause(azureDaily)).json).toEqual(oneReport({ reportStatus: 'Active' }));
    expect(await statusOf(azureDaily)).toBe(status);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
