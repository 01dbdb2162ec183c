import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import type { Run } from './wireShapes.ts';

jest.setTimeout(60_000);

const resultOf = (run: Run, id: string) => run.results.find((result) => result.reportId === id);

describe('when Partner Center fails', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
    app = await cloud.start();
  });
  afterEach(() => cloud.emulator.clearFaults());
  afterAll(() => cloud.stop());

  test.each([
    ['a 500', 1, { kind: 'status500' }, 'skipped', 'unconfirmed'],
    ['a 403', 7, { kind: 'forbidden' }, 'forbidden', 'forbidden'],
    ['an error in HTTP 200', 10, { kind: 'errorInHttp200' }, 'skipped', 'unconfirmed'],
  ])(
    '%s for one report leaves the others done, and the answer is 207',
    async (_what, first, fault, outcome, code) => {
      const [good, bad, other] = [reportId(first), reportId(first + 1), reportId(first + 2)];
      await cloud.emulator.fault({ ...fault, operation: 'pauseReport', reportId: bad, times: null });

      const { status, run } = await app.run('/api/pause', { reportIds: [good, bad, other] });

      expect([status, run.status]).toEqual([207, 'partial']);
      expect(await cloud.emulator.statuses([good, bad, other])).toEqual(['Paused', 'Active', 'Paused']);
      expect(resultOf(run, bad)).toMatchObject({ outcome, code, after: expect.not.stringMatching('Paused') });
      const failures = app.host.logs.filter(({ message }) => message.includes('"ReportFailed"'));
      expect(failures.at(-1)?.message).toContain(bad);
      expect(failures.at(-1)?.message).toContain(run.correlationId);
    },
  );

  test('a 500 and a 429 that do not end leave the others done, and the answer is 207', async () => {
    const ids = [reportId(20), reportId(21), reportId(22), reportId(23)];
    const [broken, throttled] = [reportId(21), reportId(22)];
    const fault = { operation: 'pauseReport', times: null };
    await cloud.emulator.fault({ ...fault, kind: 'status500', reportId: broken });
    await cloud.emulator.fault({ ...fault, kind: 'throttle429', retryAfter: 1, reportId: throttled });
    const hurried = await cloud.start({ RUN_TIME_BUDGET_SECONDS: '10' });

    const { status, run } = await hurried.run('/api/pause', { reportIds: ids });

    expect([status, run.summary]).toEqual([207, { paused: 2, failed: 1, skipped: 1 }]);
    expect(resultOf(run, broken)?.code).toBe('unconfirmed');
    expect(resultOf(run, throttled)).toMatchObject({ outcome: 'failed', code: 'throttled' });
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Active', 'Active', 'Paused']);
  });

  test('a pause that failed is done by a later tick', async () => {
    const id = reportId(13);
    await cloud.emulator.fault({ kind: 'forbidden', operation: 'pauseReport', reportId: id, times: 1 });
    const { status } = await app.run('/api/pause', { reportIds: [id] });

    const ticked = await app.tick();

    expect([status, ticked.hasSucceeded]).toEqual([502, true]);
    expect(await cloud.emulator.statuses([id])).toEqual(['Paused']);
  });

  test('a 429 is waited for as long as the service asks, and nothing is sent meanwhile', async () => {
    const id = reportId(14);
    await cloud.emulator.fault({
      kind: 'throttle429',
      operation: 'pauseReport',
      reportId: id,
      retryAfter: 1,
    });

    const { status, run } = await app.run('/api/pause', { reportIds: [id] });

    expect([status, resultOf(run, id)?.outcome]).toEqual([200, 'paused']);
    const puts = await cloud.emulator.requests(`operation=pauseReport&reportId=${id}`);
    expect(puts.map((put) => put.status)).toEqual([429, 200]);
    expect(new Set(puts.map(({ headers }) => headers['ms-requestid'])).size).toBe(1);
  });

  test('a token that is refused over and over stops the run with one clear error', async () => {
    const ids = [reportId(15), reportId(16)];
    await cloud.emulator.fault({ kind: 'expiredToken', times: null });

    const { status, run } = await app.run('/api/pause', { reportIds: ids });

    expect([status, run.status]).toEqual([502, 'failed']);
    expect(run.problems.map(({ code }) => code)).toEqual(['unauthorized']);
    expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active']);
  });

  test('no token from the identity is one clear error, and nothing is sent', async () => {
    const id = reportId(17);
    const before = await cloud.emulator.lastSeq();
    const fresh = await cloud.start();
    cloud.identity.failNext(100, { kind: 'status', status: 400 });

    const { status, run } = await fresh.run('/api/pause', { reportIds: [id] });

    expect([status, run.problems.map(({ code }) => code)]).toEqual([502, ['identity_missing']]);
    expect(await cloud.emulator.requests(`sinceSeq=${before}`)).toEqual([]);
  });

  test('no token and no key stands in any answer or line', () => cloud.expectNothingSecret());
});
