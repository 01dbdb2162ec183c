import { request } from 'node:http';
import {
  azureDaily,
  type EmulatorUnderTest,
  mpn,
  pausedByDana,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

describe('the emulator’s admin door', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());

  describe('lets nobody in but this machine', () => {
    test.each([
      ['a name that was rebound to loopback', { host: 'evil.example' }],
      ['loopback on another port', { host: '127.0.0.1:1' }],
      ['a page of another origin', { origin: 'https://evil.example' }],
      ['a page without an origin', { origin: 'null' }],
    ])('refuses %s', async (_, headers) => {
      expect(await statusWith(emulator.url, headers)).toBe(403);
    });

    test.each(['127.0.0.1', 'localhost', '[::1]'])('answers under %s with its port', async (name) => {
      const { port } = new URL(emulator.url);

      expect(
        await statusWith(emulator.url, { host: `${name}:${port}`, origin: `http://${name}:${port}` }),
      ).toBe(200);
    });
  });

  test('names the doors there are when asked for another', async () => {
    const answer = await emulator.call('GET', '/_admin/nothing', { token: null });

    expect(answer.status).toBe(404);
    expect(answer.text).toContain('PUT /_admin/clock');
  });

  test.each([
    ['PUT', 'clock', '{'],
    ['PUT', 'clock', {}],
    ['PUT', 'clock', { nowUtc: 'yesterday' }],
    ['POST', 'faults', { kind: 'gremlins' }],
    ['POST', 'faults', { kind: 'slow' }],
    ['POST', 'faults', { kind: 'status500', operation: 'juggle' }],
    ['PATCH', 'policies', { noSuchPolicy: true }],
    ['PATCH', 'policies', { casing: 'kebab' }],
    ['PUT', 'state', { reports: [{ reportId: 'x' }] }],
    ['PATCH', 'state', { reportId: azureDaily, action: 'pause' }],
    ['POST', 'token', { kind: 'robot' }],
  ])('%s %s with %j is refused with what is wrong', async (method, door, body) => {
    const answer = await emulator.call(method, `/_admin/${door}`, { token: null, body });

    expect(answer.status).toBe(400);
    expect(answer.json).toHaveProperty('error', expect.stringMatching(/.+/));
  });

  describe('clock', () => {
    test('a frozen clock stands and is moved by hand; the Date header follows it', async () => {
      await emulator.admin('PUT', 'clock', { advanceInMs: 90_000 });

      expect(await emulator.admin('GET', 'clock')).toEqual({
        nowUtc: '2026-06-01T12:01:30.000Z',
        rate: 0,
        frozen: true,
      });
      expect((await emulator.get(azureDaily)).headers.get('date')).toBe('Mon, 01 Jun 2026 12:01:30 GMT');
    });

    test('runs at the rate that was set', async () => {
      expect(await emulator.admin('PUT', 'clock', { rate: 60 })).toMatchObject({ rate: 60, frozen: false });
      expect(await emulator.admin('PUT', 'clock', { frozen: true })).toMatchObject({ rate: 0, frozen: true });
      expect(await emulator.admin('PUT', 'clock', { frozen: false })).toMatchObject({
        rate: 1,
        frozen: false,
      });
    });
  });

  describe('state', () => {
    test('what was read can be put back whole', async () => {
      const before = await emulator.admin('GET', 'state');
      await emulator.pause(azureDaily);

      await emulator.admin('PUT', 'state', before);

      expect(await emulator.admin('GET', 'state')).toEqual(before);
    });

    test('a person pauses through the back door, and the change bears the name', async () => {
      await emulator.admin('PATCH', 'state', {
        reportId: azureDaily,
        by: 'kim@partner.example',
        action: 'pause',
      });

      expect((await emulator.get(azureDaily)).text).toContain('"modifiedTime":"2026-06-01T12:00:00Z"');
      expect(await emulator.admin('GET', 'changes?by=kim@partner.example')).toMatchObject([
        {
          reportId: azureDaily,
          from: 'Active',
          to: 'Paused',
          operation: 'human.pause',
          by: { kind: 'human' },
        },
      ]);
    });

    test('fields set by hand are as given, without touching modifiedTime', async () => {
      await emulator.admin('PATCH', 'state', {
        reportId: azureDaily,
        by: 'kim',
        set: { reportStatus: 'Paused' },
      });

      expect((await emulator.get(azureDaily)).json).toMatchObject({
        value: [{ reportStatus: 'Paused', modifiedTime: null }],
      });
    });

    test('a person can edit and delete', async () => {
      await emulator.admin('PATCH', 'state', {
        reportId: azureDaily,
        by: 'kim',
        action: 'edit',
        changes: { reportName: 'Renamed' },
      });
      expect((await emulator.get(azureDaily)).text).toContain('"reportName":"Renamed"');

      await emulator.admin('PATCH', 'state', { reportId: azureDaily, by: 'kim', action: 'delete' });
      expect((await emulator.get(azureDaily)).status).toBe(404);
    });
  });

  test('lists every status change once, with the bearer of the token that made it', async () => {
    const token = await emulator.token({
      kind: 'user',
      userName: 'ops@partner.example',
      clientId: 'the-app',
    });
    await emulator.pause(azureDaily, { token });
    await emulator.pause(azureDaily, { token });
    await emulator.resume(azureDaily);

    expect(await emulator.admin('GET', `changes?reportId=${azureDaily}`)).toMatchObject([
      {
        seq: 1,
        from: 'Active',
        to: 'Paused',
        by: { kind: 'user', userName: 'ops@partner.example', clientId: 'the-app' },
      },
      { seq: 2, from: 'Paused', to: 'Active', by: { kind: 'app' } },
    ]);
    expect(await emulator.admin('GET', 'changes?sinceSeq=1&to=Active')).toHaveLength(1);
  });

  test('lists what was received: method, path, headers, body, caller and answer', async () => {
    await emulator.pause(pausedByDana, { headers: { 'MS-RequestId': 'r-1' } });
    await emulator.call('GET', `${mpn}/nothing?a=b`, { token: null });

    const [first, second] = [
      await emulator.admin('GET', 'requests?operation=pauseReport'),
      await emulator.admin('GET', 'requests?status=404'),
    ];
    expect(first).toMatchObject([
      {
        method: 'PUT',
        reportId: pausedByDana,
        status: 200,
        bodyText: '',
        headers: { 'ms-requestid': 'r-1' },
        principal: { kind: 'app' },
      },
    ]);
    expect(second).toMatchObject([
      { path: `${mpn}/nothing`, query: { a: 'b' }, operation: null, principal: null },
    ]);

    await emulator.admin('DELETE', 'requests');
    expect(await emulator.admin('GET', 'requests')).toEqual([]);
  });

  test('echoes the ids of the caller and makes a correlation vector', async () => {
    const answer = await emulator.pause(azureDaily, {
      headers: { 'MS-RequestId': 'r-1', 'MS-CorrelationId': 'c-1' },
    });

    expect([answer.headers.get('ms-requestid'), answer.headers.get('ms-correlationid')]).toEqual([
      'r-1',
      'c-1',
    ]);
    expect(answer.headers.get('ms-cv')).toMatch(/^\S+\.0$/);
  });
});

/** fetch cannot send a Host of its own. */
function statusWith(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/_admin/clock`, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}
