import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { documentOf, operateHere } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const HOUR_IN_MS = 3_600_000;
const at = (fromNowInMs: number) => new Date(Date.now() + fromNowInMs).toISOString();
const ids = [reportId(1), reportId(2), reportId(3)];
const NOBODY = '00000000-0000-4000-8000-00000000dead';

describe('history, over HTTP and by the operator’s command', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  let tickId: unknown;

  beforeAll(async () => {
    cloud = await startCloud();
    const move = {
      ...{ name: 'move', reports: { ids } },
      schedule: { from: at(-HOUR_IN_MS), to: at(HOUR_IN_MS) },
    };
    app = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify([move]) });
    const ticked = await app.call('POST', '/api/tick', {});
    tickId = (ticked.json as { runId: unknown }).runId;
    await app.call('POST', '/api/pause', {
      body: { reportIds: [ids[0]], duration: 'PT3H', reason: 'storage move' },
    });
    await app.call('POST', '/api/windows/move/end', { body: { reason: 'done' } });
    await app.call('POST', '/api/tick', {});
  });
  afterAll(() => cloud.stop());

  const ctl = (argv: readonly string[], width = 80) =>
    operateHere(argv, { INTERMISSION_URL: app.host.url, INTERMISSION_KEY: hostKeys.function }, '', width);

  test('tells what the window did, and whose word ended it', async () => {
    const told = await app.call('GET', '/api/occurrences?window=move');
    expect(told).toMatchObject({
      status: 200,
      json: {
        occurrences: [
          {
            ...{ window: 'move', account: 'default', said: { what: 'ended', why: 'done' } },
            counts: { everPaused: 3, resumed: 2, stillHeld: 1 },
          },
        ],
        continuation: null,
      },
    });
  });

  test('lists what ran, and gives a tick that did something by its id', async () => {
    const listed = await app.call('GET', '/api/runs');
    const { runs } = listed.json as { runs: { door: string; why: string; runId: string }[] };
    expect(runs.map(({ door, why }) => [door, why])).toEqual([
      ['tick', ''],
      ['end', 'done'],
      ['pause', 'storage move'],
      ['tick', ''],
    ]);
    expect(runs.at(-1)?.runId).toBe(tickId);
    expect(await app.call('GET', `/api/runs/${String(tickId)}`)).toMatchObject({
      status: 200,
      json: { door: 'tick', summary: { paused: 3 }, results: expect.any(Array) },
    });
    const page = await app.call('GET', '/api/runs?limit=3');
    const { continuation } = page.json as { continuation: string };
    expect(await app.call('GET', `/api/runs?limit=3&continuation=${continuation}`)).toMatchObject({
      json: { runs: [{ runId: tickId }], continuation: null },
    });
  });

  test('refuses what cannot be used by its name, and knows what it does not know', async () => {
    const refused = async (path: string) => {
      const { status, json: body } = await app.call('GET', path);
      const { errors = [], code } = body as { errors?: { pointer: string }[]; code: string };
      return [status, errors[0]?.pointer ?? code];
    };
    expect(await refused('/api/occurrences?from=yesterday')).toEqual([400, '/from']);
    expect(await refused('/api/occurrences?until=')).toEqual([400, '/until']);
    expect(await refused('/api/runs?limit=501')).toEqual([400, '/limit']);
    expect(await refused(`/api/runs?limit=${'9'.repeat(5_000)}`)).toEqual([400, '/limit']);
    expect(await refused('/api/runs?door=window')).toEqual([400, '/door']);
    expect(await refused(`/api/runs?continuation=${btoa("x' or RowKey gt '")}`)).toEqual([
      400,
      '/continuation',
    ]);
    expect(await refused(`/api/occurrences?continuation=${'A'.repeat(5_000)}`)).toEqual([
      400,
      '/continuation',
    ]);
    expect(await refused("/api/occurrences?window=a'b")).toEqual([400, '/window']);
    expect(await refused('/api/occurrences?window=nightlyy')).toEqual([404, 'unknown_window']);
    expect(await refused('/api/runs?account=nobody')).toEqual([404, 'unknown_account']);
    expect(await refused(`/api/runs/${NOBODY}`)).toEqual([404, 'unknown_run']);
    expect(await refused(`/api/reports/${NOBODY}/history`)).toEqual([404, 'not_found']);
  });

  test('is told by the command in sentences, at 80 columns and at 120', async () => {
    for (const width of [80, 120]) {
      const windows = await ctl(['history'], width);
      expect(windows.exitCode).toBe(0);
      expect(windows.stdout.replaceAll(/\s+/g, ' ')).toMatch(
        /move, \w{3} \d+ \w{3} [\d:]+ to [\d:]+ UTC: 3 paused, 2 resumed, 1 held on by something else; ended early by .*\("done"\)/,
      );
      const report = await ctl(['history', '--report', ids[0] ?? '', '--days', '90'], width);
      expect(report.stdout).toContain('storage move');
      const runs = await ctl(['history', '--runs'], width);
      expect(runs.stdout).toContain(`runs ${String(tickId)}`);
      for (const line of [windows, report, runs].flatMap(({ stdout }) => stdout.split('\n'))) {
        expect(line.length).toBeLessThanOrEqual(width);
      }
    }
    expect(documentOf(await ctl(['history', '--json']))).toMatchObject({
      answer: { occurrences: [{ window: 'move' }], isCut: false },
    });
    expect(await ctl(['history', '--window', 'nightlyy'])).toMatchObject({ exitCode: 1 });
    expect(await ctl(['history', '--runs', '--window', 'move'])).toMatchObject({ exitCode: 2 });
    expect(await ctl(['history', '--days', '91'])).toMatchObject({ exitCode: 2 });
  });
});
