import {
  type EmulatorUnderTest,
  mpn,
  oneReport,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

const reportId = 'b0000000-0000-4000-8000-000000000001';
const minuteInMs = 60_000;
const hourInMs = 60 * minuteInMs;

describe('scheduled executions in the emulator', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());

  /** A report that runs every four hours from 13:00, an hour from now. */
  const given = (report: object = {}, policies: object = {}) =>
    emulator.admin('PUT', 'state', {
      nowUtc: '2026-06-01T12:00:00Z',
      policies,
      reports: [
        {
          reportId,
          reportName: 'four-hourly',
          startTime: '2026-06-01T13:00:00Z',
          recurrenceInterval: 4,
          ...report,
        },
      ],
    });
  const pass = (advanceInMs: number) => emulator.admin('PUT', 'clock', { advanceInMs });
  const executions = async (query: string) => {
    const { status, text } = await emulator.call(
      'GET',
      `${mpn}/ScheduledReport/execution/${reportId}?${query}`,
    );
    return { status, statuses: [...text.matchAll(/"executionStatus":"(\w+)"/g)].map((match) => match[1]) };
  };
  const allRuns = 'getLatestExecution=false&executionStatus=Pending;Running;Paused;Completed';

  test('a run is pending, then running, then completed with a link; by default only the completed one is shown', async () => {
    await given();
    expect(await executions('')).toEqual({ status: 404, statuses: [] });

    await pass(hourInMs);
    expect(await executions('')).toEqual({ status: 404, statuses: [] });
    expect(await executions('executionStatus=Pending;Running')).toEqual({
      status: 200,
      statuses: ['Pending'],
    });

    await pass(minuteInMs);
    expect(await executions('executionStatus=Pending;Running')).toEqual({
      status: 200,
      statuses: ['Running'],
    });

    await pass(4 * minuteInMs);
    const { json } = await emulator.call('GET', `${mpn}/ScheduledReport/execution/${reportId}`);
    expect(json).toMatchObject({
      message: null,
      value: [
        {
          reportId,
          executionStatus: 'Completed',
          recurrenceInterval: 4,
          reportGeneratedTime: '2026-06-01T13:05:00Z',
          reportAccessSecureLink: expect.stringMatching(/^https:.+sig=/),
          reportExpiryTime: null,
        },
      ],
    });
  });

  test('runs come at start + k * interval, all of the last 90 days when asked for', async () => {
    await given();
    await pass(24 * hourInMs);
    expect((await executions(allRuns)).statuses).toHaveLength(6);

    await pass(100 * 24 * hourInMs);
    expect((await executions(allRuns)).statuses).toHaveLength(90 * 6);
  });

  test('no run begins while the report is paused', async () => {
    await given();
    await emulator.pause(reportId);
    await pass(24 * hourInMs);

    expect((await executions(allRuns)).status).toBe(404);
  });

  // Paused from 12:00 to 19:00, so that 13:00 and 17:00 are missed; the unmoved schedule goes on at 21:00.
  test.each([
    { missedRuns: 'skip', at: { '19:00': 0, '20:00': 0, '21:00': 1 } },
    { missedRuns: 'catchUp', at: { '19:00': 1, '20:00': 1, '21:00': 2 } },
    { missedRuns: 'shift', at: { '19:00': 0, '20:00': 1, '21:00': 1 } },
  ])('missed runs under $missedRuns: so many runs by the hour: $at', async ({ missedRuns, at }) => {
    await given({}, { missedRuns });
    await emulator.pause(reportId);
    await pass(7 * hourInMs);
    await emulator.resume(reportId);

    const runs: Record<string, number> = {};
    for (const hour of ['19:00', '20:00', '21:00']) {
      runs[hour] = (await executions(allRuns)).statuses.length;
      await pass(hourInMs);
    }
    expect(runs).toEqual(at);
  });

  test('the schedule is over after its last run: Inactive, by the schedule itself', async () => {
    await given({ recurrenceCount: 2 });
    await pass(hourInMs + 4 * hourInMs + 4 * minuteInMs);
    expect((await emulator.get(reportId)).json).toEqual(oneReport({ reportStatus: 'Active' }));

    await pass(minuteInMs);
    expect((await emulator.get(reportId)).json).toEqual(oneReport({ reportStatus: 'Inactive' }));
    expect(await emulator.admin('GET', 'changes')).toMatchObject([
      { atUtc: '2026-06-01T17:05:00.000Z', from: 'Active', to: 'Inactive', by: { kind: 'schedule' } },
    ]);
    await pass(24 * hourInMs);
    expect((await executions(allRuns)).statuses).toHaveLength(2);
  });

  test('an exhausted schedule can stay active', async () => {
    await given({ recurrenceCount: 1 }, { finishedReports: 'stayActive' });
    await pass(24 * hourInMs);

    expect((await emulator.get(reportId)).json).toEqual(oneReport({ reportStatus: 'Active' }));
  });

  test('resumed after the last occurrence was missed: Inactive, where missed runs count', async () => {
    await given({ recurrenceCount: 1 }, { missedRunsCount: true });
    await emulator.pause(reportId);
    await pass(24 * hourInMs);

    expect((await emulator.resume(reportId)).json).toEqual(oneReport({ reportStatus: 'Inactive' }));
  });

  test('an ExecuteNow report runs once and is over', async () => {
    await given({ executeNow: true, createdTime: '2026-06-01T12:00:00Z' });
    expect((await executions(allRuns)).statuses).toEqual(['Pending']);

    await pass(24 * hourInMs);
    expect((await executions(allRuns)).statuses).toEqual(['Completed']);
    expect((await emulator.get(reportId)).json).toEqual(oneReport({ reportStatus: 'Inactive' }));
  });

  test('a run under way can be held by the pause and goes on after the resume', async () => {
    await given({}, { executionsOnPause: 'arePaused' });
    await pass(hourInMs + 2 * minuteInMs);
    await emulator.pause(reportId);
    await pass(hourInMs);
    expect((await executions(allRuns)).statuses).toEqual(['Paused']);

    await emulator.resume(reportId);
    expect((await executions(allRuns)).statuses).toEqual(['Running']);
    await pass(3 * minuteInMs);
    expect((await executions(allRuns)).statuses).toEqual(['Completed']);
  });

  test('a run under way finishes by default although its report is paused', async () => {
    await given();
    await pass(hourInMs + 2 * minuteInMs);
    await emulator.pause(reportId);
    await pass(hourInMs);

    expect((await executions('')).statuses).toEqual(['Completed']);
  });

  test.each([
    ['executionStatus=Failed', 400],
    ['executionId=deadbeef-0000-4000-8000-000000000000', 404],
  ])('?%s is answered with %i', async (query, status) => {
    await given();
    await pass(24 * hourInMs);

    expect((await executions(query)).status).toBe(status);
  });
});
