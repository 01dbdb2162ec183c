import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { documentOf, operateHere } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const HOUR_IN_MS = 3_600_000;
const at = (fromNowInMs: number) => new Date(Date.now() + fromNowInMs).toISOString();
const ids = [reportId(1), reportId(2)];

describe('reports that are left out of a window, over HTTP and by the operator’s command', () => {
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
      ...{ INTERMISSION_BY: 'ana', TZ: 'UTC' },
    });

  test('come back in the middle of it but for what a request holds, and are paused again after the end', async () => {
    await app.call('POST', '/api/tick');
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Paused']);
    await app.call('POST', '/api/pause', { body: { reportIds: [reportId(2)], reason: 'audit' } });
    const exempt = [...['exempt', ...ids, '--window', 'move', '--until', '+2h', '--why', 'month-end']];

    const dry = await ctl([...exempt, '--dry-run']);
    expect(dry).toMatchObject({ exitCode: 0 });
    expect(dry.stdout).toContain('Nothing was done: this is what would be.');
    expect((await ctl(['exemptions'])).stdout).toContain('No report is left out of a window.');

    const made = await ctl([...exempt, '--json']);
    expect(documentOf(made)).toMatchObject({
      exitCode: 0,
      answer: {
        effect: {
          resumes: { reports: [{ reportId: reportId(1) }] },
          staysPaused: { reports: [{ reportId: reportId(2) }] },
        },
      },
    });
    await app.call('POST', '/api/tick');
    expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Paused']);

    const { json } = await app.call('GET', '/api/exemptions');
    const [{ id }] = JSON.parse(JSON.stringify(json)).exemptions;
    const listed = await ctl(['exemptions']);
    expect(listed.stdout).toContain('key, calls itself ana: month-end; now 2 reports');
    expect(listed.stdout).toContain(id);
    expect((await ctl(['windows'])).stdout).toContain('selects no report now (2 left out: "exemptions")');
    expect((await ctl(['plan', reportId(1)])).stdout).toContain('It is left out of window move until');

    const ended = await ctl(['exemptions', 'end', id, '--why', 'closed']);
    expect(ended.stdout).toContain('by key, calls itself ana: closed');
    await app.call('POST', '/api/tick');
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Paused']);
  });

  test('are told where they cannot be: the flag is named', async () => {
    const unknown = await ctl([
      ...['exempt', reportId(1), '--window', 'nightly', '--until', '+1h', '--why', 'x'],
    ]);
    expect(unknown).toMatchObject({ exitCode: 2 });
    expect(unknown.stderr).toContain('window 1 of --window no window of this name');
    expect(await ctl(['exemptions', 'end', 'nothing', '--why', 'x'])).toMatchObject({ exitCode: 1 });
  });
});
