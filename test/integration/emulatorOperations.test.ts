import {
  azureDaily,
  type EmulatorUnderTest,
  mpn,
  oneReport,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

const azureUsageQuery = 'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b';
const inFourHours = '2026-06-01T16:00:00Z';

describe('the emulator’s other operations', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());
  const cmp = '/insights/v1.1/cmp';
  const valid = {
    ReportName: 'New one',
    QueryId: azureUsageQuery,
    StartTime: inFourHours,
    RecurrenceInterval: 24,
  };
  const create = (body: unknown) => emulator.call('POST', `${mpn}/ScheduledReport`, { body });
  const update = (body: unknown) => emulator.call('PUT', `${mpn}/ScheduledReport/${azureDaily}`, { body });

  test.each([
    ['PascalCase', valid],
    [
      'camelCase',
      { reportName: 'New one', queryId: azureUsageQuery, startTime: inFourHours, recurrenceInterval: 24 },
    ],
  ])('creates a report from a body in %s', async (_, body) => {
    const answer = await create(body);

    expect(answer.json).toEqual(
      oneReport({
        reportName: 'New one',
        reportStatus: 'Active',
        createdTime: '2026-06-01T12:00:00Z',
        modifiedTime: null,
        format: 'csv',
        recurrenceCount: null,
      }),
    );
    expect(answer.json).toMatchObject({ message: 'Report created successfully' });
  });

  test('a user’s report bears the user’s name on mpn', async () => {
    const token = await emulator.token({ kind: 'user', userName: 'ops@partner.example' });

    const answer = await emulator.call('POST', `${mpn}/ScheduledReport`, { token, body: valid });
    expect(answer.json).toEqual(oneReport({ user: 'ops@partner.example' }));
  });

  test.each([
    ['no JSON', '{', 'Invalid report parameters'],
    ['no name', { ...valid, ReportName: undefined }, 'Null or missing value'],
    ['an unknown query', { ...valid, QueryId: azureDaily }, 'Invalid QueryId'],
    [
      'an interval under 4',
      { ...valid, RecurrenceInterval: 3 },
      'Recurrence Interval must be between 4 and 2160',
    ],
    [
      'an interval over 2160',
      { ...valid, RecurrenceInterval: 2161 },
      'Recurrence Interval must be between 4 and 2160',
    ],
    [
      'a start too soon',
      { ...valid, StartTime: '2026-06-01T15:59:59Z' },
      /Start time of report should at least be 4 hours/,
    ],
    [
      'a start in another format',
      { ...valid, StartTime: '2026-06-02 16:00:00Z' },
      /StartTime should follow format/,
    ],
    [
      'a count of none',
      { ...valid, RecurrenceCount: 0 },
      /Recurrence count has to be a positive integer value/,
    ],
    ['a semicolon in the name', { ...valid, ReportName: 'a;b' }, /Invalid character \(;\) in ReportName/],
    ['a name that is too long', { ...valid, ReportName: 'x'.repeat(257) }, /256 characters or less/],
    ['another format', { ...valid, Format: 'xlsx' }, "Requested value 'xlsx' not found"],
    ['a callback that is no URL', { ...valid, CallbackUrl: 'string' }, "Requested value 'string' not found"],
    [
      'another callback method',
      { ...valid, CallbackMethod: 'PUT' },
      /CallbackMethod can only be GET or POST/,
    ],
  ])('refuses to create a report with %s', async (_, body, message) => {
    const answer = await create(body);

    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      statusCode: 400,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  test.each([
    [{ activeReportQuota: 10 }, {}, 'User has exceeded its report creation quota of 10 active reports'],
    [
      { executeNowQuota: 0 },
      { ExecuteNow: true },
      'User has exceeded its ExecuteNow report creation quota of 0 reports/60 mins',
    ],
  ])('refuses to create a report over the quota %j', async (policies, fields, message) => {
    await emulator.admin('PATCH', 'policies', policies);
    const token = await emulator.token({ kind: 'user' });

    const answers = [];
    for (let nr = 0; nr < 3; nr += 1) {
      answers.push(
        await emulator.call('POST', `${mpn}/ScheduledReport`, { token, body: { ...valid, ...fields } }),
      );
    }
    expect(answers.at(-1)?.json).toMatchObject({ statusCode: 400, message });
  });

  test('updates with the whole payload: what is left out is reset, the query and the status stay', async () => {
    await emulator.pause(azureDaily);

    expect((await update({ ReportName: 'Renamed', StartTime: inFourHours })).json).toEqual(
      oneReport({
        reportName: 'Renamed',
        description: '',
        queryId: azureUsageQuery,
        reportStatus: 'Paused',
        startTime: inFourHours,
      }),
    );
    expect((await update({ ReportName: 'No start' })).json).toMatchObject({
      message: 'Null or missing value',
    });
  });

  test('an update can make a paused report active', async () => {
    await emulator.admin('PATCH', 'policies', { updateOfPaused: 'becomesActive' });
    await emulator.pause(azureDaily);

    await update({ ReportName: 'Renamed', StartTime: inFourHours });
    expect(await emulator.admin('GET', 'changes?operation=update')).toMatchObject([
      { from: 'Paused', to: 'Active' },
    ]);
  });

  test('cmp v1.1 wants format and callback in an update, and an end after the start', async () => {
    const path = `${cmp}/ScheduledReport/c0000000-0000-4000-8000-000000000001`;
    const body = { ReportName: 'R', StartTime: inFourHours };
    const whole = { ...body, Format: 'csv', CallbackUrl: 'https://receiver.example' };

    expect((await emulator.call('PUT', path, { body })).json).toMatchObject({
      message: 'Null or missing value',
    });
    expect(
      (await emulator.call('PUT', path, { body: { ...whole, EndTime: inFourHours } })).json,
    ).toMatchObject({
      message: expect.stringContaining('EndTime should be greater than StartTime'),
    });
    expect((await emulator.call('PUT', path, { body: whole })).status).toBe(200);
  });

  test('deletes a report with its executions and shows it a last time', async () => {
    expect((await emulator.call('DELETE', `${mpn}/ScheduledReport/${azureDaily}`)).json).toEqual(
      oneReport({ reportId: azureDaily }),
    );

    expect((await emulator.call('GET', `${mpn}/ScheduledReport/execution/${azureDaily}`)).status).toBe(404);
    expect(await emulator.admin('GET', 'changes')).toMatchObject([
      { operation: 'delete', from: 'Active', to: null },
    ]);
  });

  test.each([
    '/insights/v2/mpn/ScheduledReport',
    '/insights/v1.1/mpn/ScheduledReport',
    '/',
    `${mpn}/ScheduledReport/a/b`,
  ])('%s is unknown to the gateway, with or without a token', async (path) => {
    const refusal = { statusCode: 404, message: 'Resource not found' };

    expect((await emulator.call('GET', path)).json).toEqual(refusal);
    expect((await emulator.call('GET', path, { token: null })).json).toEqual(refusal);
  });

  test('a body over a megabyte is refused', async () => {
    expect((await create('x'.repeat(1_000_001))).status).toBe(413);
  });
});
