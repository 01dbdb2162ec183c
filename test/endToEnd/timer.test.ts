import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, IDENTITY_CLIENT_ID, startCloud, windowThatIsOn } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(60_000);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the timer of the built bundle', () => {
  let cloud: CloudUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.stop());

  test('costs no call to Partner Center while no window is near and nothing is held', async () => {
    const app = await cloud.start();
    // Once a day a tick looks for pauses of others; it may be this one.
    await app.tick();
    const before = await cloud.emulator.lastSeq();

    const ticked = await app.tick();
    await app.stop();

    expect(ticked.hasSucceeded).toBe(true);
    expect(ticked.lines).toContainEqual(expect.objectContaining({ event: 'RunFinished', status: 'ok' }));
    expect(await cloud.emulator.requests(`sinceSeq=${before}`)).toEqual([]);
    expect(await cloud.emulator.requests('method=PUT')).toEqual([]);
  });

  describe('while a window is on', () => {
    const active = [reportId(1), reportId(2), reportId(3)];
    const [pausedByPerson, inactive] = [reportId(41), reportId(46)];
    const all = [...active, pausedByPerson, inactive];
    let app: AppUnderTest;
    let lines: readonly unknown[];
    beforeAll(async () => {
      app = await cloud.start(windowThatIsOn(all));
      const ticked = await app.tick();
      expect(ticked.hasSucceeded).toBe(true);
      lines = ticked.lines;
    });

    test('pauses the active reports of the window, each once, and no others', async () => {
      expect(await cloud.emulator.statuses(all)).toEqual([
        'Paused',
        'Paused',
        'Paused',
        'Paused',
        'Inactive',
      ]);
      const changes = await cloud.emulator.changes(all);
      expect(new Set(changes.map((change) => change.reportId))).toEqual(new Set(active));
      expect(changes).toHaveLength(active.length);
      for (const change of changes) {
        expect(change).toMatchObject({ from: 'Active', to: 'Paused', operation: 'pause' });
        expect(change.by).toMatchObject({ kind: 'app', clientId: IDENTITY_CLIENT_ID });
      }
      expect(await cloud.emulator.statuses([reportId(4), reportId(42)])).toEqual(['Active', 'Paused']);
    });

    test('sends each pause as a PUT to the documented path, with the documented headers and no body', async () => {
      const [token] = cloud.issuedTokens();
      const puts = await cloud.emulator.requests('operation=pauseReport');

      expect(puts.map(({ path }) => path).sort()).toEqual(
        active.map((id) => `/insights/v1/mpn/ScheduledReport/pause/${id}`),
      );
      for (const put of puts) {
        expect(put).toMatchObject({ method: 'PUT', bodyText: '', status: 200 });
        expect(put.headers).toMatchObject({
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'ms-requestid': expect.stringMatching(UUID),
          'ms-correlationid': expect.stringMatching(UUID),
        });
        expect(Number(put.headers['content-length'] ?? 0)).toBe(0);
        expect(put.headers['transfer-encoding']).toBeUndefined();
      }
    });

    test('names each call by a request id of its own and the run by one correlation id, which its lines show', async () => {
      const received = await cloud.emulator.requests();
      const requestIds = received.map(({ headers }) => headers['ms-requestid']);
      const correlationIds = new Set(received.map(({ headers }) => headers['ms-correlationid']));

      expect(new Set(requestIds).size).toBe(received.length);
      expect(correlationIds.size).toBe(1);
      expect(lines).toContainEqual(
        expect.objectContaining({
          event: 'RunFinished',
          status: 'ok',
          correlationId: [...correlationIds][0],
          summary: { paused: 3, foreign: 1, inactive: 1 },
        }),
      );
    });

    test('asks the identity endpoint for one token, for Partner Center', () => {
      expect(cloud.identity.requests).toEqual([
        { resource: 'https://api.partnercenter.microsoft.com', clientId: null, status: 200 },
      ]);
    });

    test('changes nothing more when it fires again', async () => {
      const before = await cloud.emulator.lastSeq();

      const again = await app.tick();

      expect(again.hasSucceeded).toBe(true);
      expect(await cloud.emulator.requests(`method=PUT&sinceSeq=${before}`)).toEqual([]);
    });

    test('resumes after the window what it paused, and not what a person had paused', async () => {
      await app.stop();
      const withoutWindow = await cloud.start({ REPORT_IDS: '' });

      const ticked = await withoutWindow.tick();

      expect(ticked.hasSucceeded).toBe(true);
      expect(await cloud.emulator.statuses(all)).toEqual([
        'Active',
        'Active',
        'Active',
        'Paused',
        'Inactive',
      ]);
      const after = await cloud.emulator.changes([pausedByPerson, inactive]);
      expect(after).toEqual([]);
    });
  });

  test('writes no token and no key into any line', () => cloud.expectNothingSecret());
});
