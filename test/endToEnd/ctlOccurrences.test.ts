import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { documentOf, operateHere } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const HOUR_IN_MS = 3_600_000;
const at = (fromNowInMs: number) => new Date(Date.now() + fromNowInMs).toISOString();
const ids = [reportId(1), reportId(2)];

describe('an occurrence of a window, by the operator’s command', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;

  beforeAll(async () => {
    cloud = await startCloud();
    const move = {
      ...{ name: 'move', reports: { ids } },
      schedule: { from: at(-HOUR_IN_MS), to: at(HOUR_IN_MS) },
    };
    app = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify([move]) });
  });
  afterAll(() => cloud.stop());

  const ctl = (argv: readonly string[]) =>
    operateHere(argv, {
      ...{ INTERMISSION_URL: app.host.url, INTERMISSION_KEY: hostKeys.function },
      INTERMISSION_BY: 'ana',
    });

  test('gives the go-signal when all is paused and nothing runs, and not before', async () => {
    const before = await ctl(['wait', '--window', 'move', '--timeout', '0']);
    await app.call('POST', '/api/tick', {});
    const after = await ctl(['wait', '--window', 'move', '--timeout', '0', '--json']);

    expect(before).toMatchObject({ exitCode: 1 });
    expect(before.stdout).toContain('Window move: 0 of 2 reports paused, 2 awaited. NOT READY.');
    expect(after.exitCode).toBe(0);
    expect(documentOf(after).answer).toMatchObject({ isReady: true, counts: { paused: 2, executions: 0 } });
  });

  test('lasts longer, and is then done early: its reports come back, and "windows" says who and why', async () => {
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Paused']);

    const extended = await ctl(['extend', 'move', '--by', '2h', '--why', 'the copy is slow']);
    expect(extended).toMatchObject({ exitCode: 0 });
    expect(extended.stdout).toContain('Window move: this occurrence ends at');
    expect((await ctl(['windows'])).stdout).toContain('extended by key, calls itself ana: the copy is slow');

    const ended = await ctl(['end', 'move', '--why', 'the copy is done', '--json']);
    expect(ended.exitCode).toBe(0);
    expect(documentOf(ended).answer).toMatchObject({
      ...{ door: 'end', summary: { resumed: 2 }, occurrence: { window: 'move' } },
    });
    expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active']);
    await app.call('POST', '/api/tick', {});
    expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active']);
    expect((await ctl(['windows'])).stdout).toMatch(/ended at .* by key, calls itself ana: the copy is done/);

    const again = await ctl(['end', 'move', '--why', 'once more']);
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.stderr).toContain('The window is not open now. It does not open again.');
  });
});
