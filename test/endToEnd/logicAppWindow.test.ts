import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CallersCloud, startCallersCloud } from './callersCloud.ts';
import { reportId } from './emulatorDoor.ts';
import { runWorkflow, type WorkflowRun, type WorkflowWorld } from './logicAppRun.ts';

jest.setTimeout(120_000);

const definition: unknown = JSON.parse(readFileSync('infra/logicApp/windowWorkflow.json', 'utf8'));
const AUDIENCE = 'api://the-app';
const HOUR_IN_MS = 3_600_000;

/** A window that is open for another hour, over these reports. */
const openWindow = (name: string, ids: readonly string[]) => ({
  ...{ name, reports: { ids } },
  schedule: {
    from: new Date(Date.now() - HOUR_IN_MS).toISOString(),
    to: new Date(Date.now() + HOUR_IN_MS).toISOString(),
  },
});

describe('the sample logic app that works in a window', () => {
  const done = [reportId(1), reportId(2)];
  const failed = [reportId(3)];
  let cloud: CallersCloud;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCallersCloud();
    const windows = [openWindow('done', done), openWindow('failed', failed)];
    app = await cloud.startApp({ MAINTENANCE_WINDOWS: JSON.stringify(windows) });
  });
  afterAll(() => cloud.stop());

  const runIn = (
    window: string,
    work: WorkflowWorld['work'],
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<WorkflowRun> =>
    runWorkflow(definition, {
      ...{ runName: randomUUID(), work, meanwhile },
      parameters: { functionAppUrl: app.host.url, audience: AUDIENCE, window },
      tokenFor: () => cloud.tokenOf(['Intermission.Operate']),
    });

  test('waits until all is paused, does its work, and ends the window early', async () => {
    const atWork: unknown[] = [];
    const run = await runIn('done', 'Succeeded', async () => {
      await app.tick();
      atWork.push(await cloud.emulator.statuses(done));
    });

    expect([run.status, run.error]).toEqual(['Succeeded', null]);
    expect(run.answered).toEqual([
      ['Ask_for_the_go_signal', [202]],
      ['Ask_for_the_go_signal', [200]],
      ['End_the_window', [200]],
    ]);
    expect(atWork).toEqual([['Paused', 'Paused']]);
    expect(await cloud.emulator.statuses(done)).toEqual(['Active', 'Active']);
    expect(await cloud.emulator.statuses(failed)).toEqual(['Paused']);
  });

  test.each(['Failed', 'TimedOut'] as const)(
    'leaves the window as it is where its work ends as %s, and says so',
    async (work) => {
      const run = await runIn('failed', work);

      expect([run.status, run.error?.code]).toEqual(['Failed', 'WorkFailed']);
      expect(run.answered.map(([name]) => name)).toEqual(['Ask_for_the_go_signal']);
      expect(await cloud.emulator.statuses(failed)).toEqual(['Paused']);
    },
  );

  test.each(['done', 'nowhere'])(
    'does not begin its work in the window %s, which is not open',
    async (window) => {
      const run = await runIn(window, 'Succeeded');

      expect([run.status, run.error?.code]).toEqual(['Failed', 'GoSignalMissing']);
      expect(run.actions.has('Your_work')).toBe(false);
      expect(run.answered).toHaveLength(240);
    },
  );
});
