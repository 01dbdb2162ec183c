import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CallersCloud, startCallersCloud } from './callersCloud.ts';
import { reportId, UNKNOWN_REPORT } from './emulatorDoor.ts';
import { runWorkflow, type WorkflowRun, type WorkflowWorld } from './logicAppRun.ts';

jest.setTimeout(120_000);

const definition: unknown = JSON.parse(readFileSync('infra/logicApp/workflow.json', 'utf8'));
const AUDIENCE = 'api://the-app';

describe('the sample logic app', () => {
  let cloud: CallersCloud;
  let app: AppUnderTest;
  const asked: string[] = [];
  beforeAll(async () => {
    cloud = await startCallersCloud();
    app = await cloud.startApp();
  });
  afterAll(() => cloud.stop());

  function runOn(
    reportIds: readonly string[],
    work: WorkflowWorld['work'],
    runName = randomUUID(),
  ): Promise<WorkflowRun> {
    return runWorkflow(definition, {
      ...{ runName, work },
      parameters: { functionAppUrl: app.host.url, audience: AUDIENCE, reportIds },
      tokenFor: (audience) => {
        asked.push(audience);
        return cloud.tokenOf(['Reports.Pause']);
      },
    });
  }

  const changesOf = async (ids: readonly string[]) =>
    (await cloud.emulator.changes(ids)).map(({ reportId: id, to }) => `${to} ${id}`).sort();

  // First: the queue is looked at the less often, the longer it is empty.
  test('waits for a pause that is answered with 202 until it is done', async () => {
    const ids = Array.from({ length: 201 }, (_, at) => reportId(1000 + at));
    const reports = ids.map((id) => ({
      ...{ reportId: id, reportName: id, reportStatus: 'Active' },
      ...{ startTime: '2099-01-05T18:00:00Z', recurrenceCount: 10 },
    }));
    await cloud.emulator.admin('PUT', 'state', { reports });

    const run = await runOn(ids, 'Failed');

    expect(run.answered[0]?.[1]).toEqual(expect.arrayContaining([202, 200]));
    expect(run.actions.get('Your_work')?.status).toBe('Failed');
    expect([run.status, run.error?.code]).toEqual(['Failed', 'WorkFailed']);
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Active'));
    expect((await cloud.emulator.changes(ids)).length).toBe(2 * ids.length);
    await cloud.emulator.seed();
  });

  test('pauses, does its work, and resumes, signed in with its identity', async () => {
    const ids = [reportId(1), reportId(2)];

    const run = await runOn(ids, 'Succeeded');

    expect([run.status, run.error]).toEqual(['Succeeded', null]);
    expect(run.actions.get('Your_work')?.status).toBe('Succeeded');
    expect(await changesOf(ids)).toEqual([
      ...ids.map((id) => `Active ${id}`),
      ...ids.map((id) => `Paused ${id}`),
    ]);
    expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active']);
    expect(new Set(asked)).toEqual(new Set([AUDIENCE]));
  });

  test.each(['Failed', 'TimedOut'] as const)(
    'brings the reports back where its work ends as %s, and says so',
    async (work) => {
      const ids = [reportId(3), reportId(4)];

      const run = await runOn(ids, work);

      expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active']);
      expect([run.status, run.error?.code]).toEqual(['Failed', 'WorkFailed']);
      expect((await changesOf(ids)).filter((change) => change.startsWith('Paused')).length).toBeGreaterThan(
        1,
      );
    },
  );

  test('does not begin its work where a 2xx says that some reports are not paused, and brings back the others', async () => {
    const id = reportId(5);

    const run = await runOn([id, UNKNOWN_REPORT], 'Succeeded');

    expect(run.answered[0]).toEqual(['Pause_reports', [207]]);
    expect(run.actions.get('Pause_reports')?.status).toBe('Succeeded');
    expect(run.actions.has('Your_work')).toBe(false);
    expect([run.status, run.error?.code]).toEqual(['Failed', 'PauseNotDone']);
    expect(run.error?.message).toContain('status partial');
    expect(await changesOf([id])).toEqual([`Active ${id}`, `Paused ${id}`]);
  });

  test('says that nothing was paused where the request is refused', async () => {
    const run = await runOn(['no-report'], 'Succeeded');

    expect(run.answered).toEqual([
      ['Pause_reports', [400]],
      ['Resume_reports', [404]],
    ]);
    expect(run.actions.get('Maintenance')?.status).toBe('Skipped');
    expect([run.status, run.error?.code]).toEqual(['Failed', 'PauseNotDone']);
  });

  test('says that reports are not back where Partner Center refuses to resume them, and the next tick brings them', async () => {
    const id = reportId(6);
    await cloud.emulator.fault({ kind: 'forbidden', operation: 'resumeReport', reportId: id });

    const run = await runOn([id], 'Succeeded');

    expect([run.status, run.error?.code]).toEqual(['Failed', 'ResumeNotDone']);
    await cloud.emulator.clearFaults();
    await app.tick();
    expect(await cloud.emulator.statuses([id])).toEqual(['Active']);
  });

  test('does not touch what a person paused, and a repeat of the run pauses nothing again', async () => {
    const [foreign, ours, name] = [reportId(41), reportId(7), randomUUID()];
    await runOn([foreign, ours], 'Succeeded', name);

    const repeated = await runOn([foreign, ours], 'Succeeded', name);

    expect(repeated.status).toBe('Succeeded');
    expect(await changesOf([foreign, ours])).toEqual([`Active ${ours}`, `Paused ${ours}`]);
  });
});
