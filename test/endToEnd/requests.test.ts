import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, IDENTITY_CLIENT_ID, startCloud, windowThatIsOn } from './cloudUnderTest.ts';
import { reportId, UNKNOWN_REPORT } from './emulatorDoor.ts';
import { until } from './runsUnderTest.ts';
import type { Run } from './wireShapes.ts';

jest.setTimeout(60_000);

const outcomes = (run: Run) => run.results.map(({ reportId: id, outcome }) => [id, outcome]);

describe('the requests of people and programs', () => {
  const held = reportId(30);
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
    app = await cloud.start(windowThatIsOn([held]));
  });
  afterAll(() => cloud.stop());

  test('a pause answers 200 with a result per report, and the reports are paused by the identity of the app', async () => {
    const ids = [reportId(1), reportId(2)];

    const { status, run } = await app.run('/api/pause', { reportIds: ids, reason: 'moving house' });

    expect([status, run.status, run.door]).toEqual([200, 'ok', 'pause']);
    expect(outcomes(run)).toEqual(ids.map((id) => [id, 'paused']));
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Paused']);
    const changes = await cloud.emulator.changes(ids);
    expect(changes.map(({ by }) => by.clientId)).toEqual([IDENTITY_CLIENT_ID, IDENTITY_CLIENT_ID]);
  });

  test('a pause names, per report, the request id under which the service received it', async () => {
    const id = reportId(3);

    const { run } = await app.run('/api/pause', { reportIds: [id] });

    const [put] = await cloud.emulator.requests(`operation=pauseReport&reportId=${id}`);
    expect(run.results[0]?.requestId).toBe(put?.headers['ms-requestid']);
    expect(run.correlationId).toBe(put?.headers['ms-correlationid']);
  });

  test('a repeated pause changes nothing and says that the reports are paused already', async () => {
    const ids = [reportId(4)];
    await app.run('/api/pause', { reportIds: ids });

    const { status, run } = await app.run('/api/pause', { reportIds: ids });

    expect([status, outcomes(run)]).toEqual([200, [[ids[0], 'alreadyPaused']]]);
    expect(await cloud.emulator.changes(ids)).toHaveLength(1);
  });

  test('an id in upper case or named twice is one report', async () => {
    const id = reportId(5);

    const { run } = await app.run('/api/pause', { reportIds: [id.toUpperCase(), id] });

    expect(outcomes(run)).toEqual([[id, 'paused']]);
    expect(await cloud.emulator.requests(`operation=pauseReport&reportId=${id}`)).toHaveLength(1);
  });

  test('reports that a person paused or that are inactive are told and not touched, and that is no failure', async () => {
    const ids = [reportId(41), reportId(46)];

    const { status, run } = await app.run('/api/pause', { reportIds: ids });

    expect([status, run.status]).toEqual([200, 'ok']);
    expect(outcomes(run)).toEqual([
      [ids[0], 'foreign'],
      [ids[1], 'inactive'],
    ]);
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Inactive']);
    expect(await cloud.emulator.changes(ids)).toEqual([]);
  });

  test('an unknown report beside a known one is 207, and the known one is paused', async () => {
    const ids = [reportId(6), UNKNOWN_REPORT];

    const { status, run } = await app.run('/api/pause', { reportIds: ids });

    expect([status, run.status]).toEqual([207, 'partial']);
    expect(outcomes(run)).toEqual([
      [ids[0], 'paused'],
      [ids[1], 'notFound'],
    ]);
    expect(await cloud.emulator.statuses([reportId(6)])).toEqual(['Paused']);
  });

  test('the same is an error for a caller to whom every 2xx is success', async () => {
    const { status, run } = await app.run('/api/pause?failOnPartial=true', {
      reportIds: [reportId(6), UNKNOWN_REPORT],
    });

    expect([status, run.status]).toEqual([502, 'partial']);
  });

  test('only unknown reports are 404', async () => {
    const problem = await app.problem('/api/pause', { reportIds: [UNKNOWN_REPORT] });

    expect(problem).toMatchObject({ status: 404, code: 'not_found', run: { status: 'failed' } });
  });

  test('an unknown account is 404, and nothing is sent', async () => {
    const before = await cloud.emulator.lastSeq();

    const problem = await app.problem('/api/pause', { reportIds: [reportId(7)], account: 'elsewhere' });

    expect(problem).toMatchObject({ status: 404, code: 'unknown_account' });
    expect(await cloud.emulator.requests(`sinceSeq=${before}`)).toEqual([]);
  });

  test('a resume brings back what we paused, and leaves what a person had paused', async () => {
    const [ours, foreign] = [reportId(8), reportId(42)];
    await app.run('/api/pause', { reportIds: [ours, foreign] });

    const { status, run } = await app.run('/api/resume', { reportIds: [ours, foreign] });

    expect([status, run.status]).toEqual([200, 'ok']);
    expect(outcomes(run)).toEqual([
      [ours, 'resumed'],
      [foreign, 'foreign'],
    ]);
    expect(await cloud.emulator.statuses([ours, foreign])).toEqual(['Active', 'Paused']);
    expect(await cloud.emulator.changes([foreign])).toEqual([]);
  });

  test('a resume of a report that is active says so and sends nothing', async () => {
    const id = reportId(9);

    const { status, run } = await app.run('/api/resume', { reportIds: [id] });

    expect([status, outcomes(run)]).toEqual([200, [[id, 'alreadyActive']]]);
    expect(await cloud.emulator.requests(`operation=resumeReport&reportId=${id}`)).toEqual([]);
  });

  test('a resume by the request that paused brings back the reports of that request alone', async () => {
    const [one, two, other] = [reportId(10), reportId(11), reportId(12)];
    await app.run('/api/pause', { reportIds: [one, two], requestId: 'change-4711' });
    await app.run('/api/pause', { reportIds: [two, other], requestId: 'change-4712' });

    const { status, run } = await app.run('/api/resume', { requestId: 'change-4711' });

    expect(status).toBe(200);
    expect(outcomes(run)).toEqual([
      [one, 'resumed'],
      [two, 'stillHeld'],
    ]);
    expect(await cloud.emulator.statuses([one, two, other])).toEqual(['Active', 'Paused', 'Paused']);
  });

  test('a resume does not end what a window holds, unless it is asked to', async () => {
    await app.tick();

    const first = await app.run('/api/resume', { reportIds: [held] });
    const statusBetween = await cloud.emulator.statuses([held]);
    const second = await app.run('/api/resume', { reportIds: [held], includeWindows: true });
    await app.tick();

    expect(outcomes(first.run)).toEqual([[held, 'stillHeld']]);
    expect(first.run.results[0]?.message).toMatch(/default.*\d{4}-\d\d-\d\dT/);
    expect(statusBetween).toEqual(['Paused']);
    expect(outcomes(second.run)).toEqual([[held, 'resumed']]);
    expect(await cloud.emulator.statuses([held])).toEqual(['Active']);
  });

  test('a resume that has to wait, while somebody else asks for a pause, tells who holds the report still', async () => {
    const [id, slow] = [reportId(15), reportId(16)];
    await app.run('/api/pause', { reportIds: [id], requestId: 'change-4713' });
    const fault = { kind: 'slow', delayInMs: 2000, when: 'before', operation: 'pauseReport', reportId: slow };
    await cloud.emulator.fault(fault);

    const busy = app.run('/api/pause', { reportIds: [slow] });
    await until('the account is taken', async () => {
      const puts = await cloud.emulator.requests('operation=pauseReport');
      return puts.find((put) => put.reportId === slow) ?? null;
    });
    const resumed = app.run('/api/resume', { requestId: 'change-4713' });
    const again = app.run('/api/pause', { reportIds: [id], requestId: 'change-4714' });

    expect([(await busy).status, (await again).status, (await resumed).status]).toEqual([200, 200, 200]);
    expect(outcomes((await resumed).run)).toEqual([[id, 'stillHeld']]);
    expect(await cloud.emulator.statuses([id])).toEqual(['Paused']);
  });

  test('a tick by hand answers with its run', async () => {
    const { status, run } = await app.run('/api/tick');

    expect([status, run.door]).toEqual([200, 'tick']);
  });

  test('another method or path is 404, and no key is 401 and changes nothing', async () => {
    const id = reportId(13);
    const [get, other, noKey] = [
      await app.call('GET', '/api/pause'),
      await app.call('POST', '/api/pauses'),
      await app.call('POST', '/api/pause', { body: { reportIds: [id] }, key: null }),
    ];

    expect([get.status, other.status, noKey.status]).toEqual([404, 404, 401]);
    expect(await cloud.emulator.statuses([id])).toEqual(['Active']);
  });

  test.each(['off', 'observe'])(
    'while MODE is %s a pause is not done, and the answer says so',
    async (mode) => {
      const id = reportId(14);
      const other = await cloud.start({ MODE: mode });

      const problem = await other.problem('/api/pause', { reportIds: [id] });
      await app.tick();

      expect(problem).toMatchObject({ status: 409, code: 'mode_forbids', run: { status: 'failed' } });
      expect(await cloud.emulator.changes([id])).toEqual([]);
    },
  );

  test('no answer may be cached', async () => {
    const answer = await app.call('GET', '/api/health', { key: null });

    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('no token and no key stands in any answer or line', () => cloud.expectNothingSecret());
});
