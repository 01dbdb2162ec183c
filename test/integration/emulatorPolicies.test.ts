import {
  azureDaily,
  type EmulatorUnderTest,
  exhausted,
  mpn,
  oneReport,
  otherTenant,
  pausedByDana,
  startEmulatorUnderTest,
  unknownId,
} from '../contract/emulatorUnderTest.ts';

const seededReports = 12;

describe('the emulator’s policies: what the documents leave open', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());
  const set = (policies: object) => emulator.admin('PATCH', 'policies', policies);
  const list = (query = '') => emulator.call('GET', `${mpn}/ScheduledReport${query}`);

  const stateModel = [
    { action: 'pause', of: azureDaily, policy: {}, status: 200, becomes: 'Paused' },
    { action: 'pause', of: pausedByDana, policy: {}, status: 200, becomes: 'Paused' },
    {
      action: 'pause',
      of: pausedByDana,
      policy: { pauseOfPaused: 'badRequest' },
      status: 400,
      becomes: 'Paused',
    },
    {
      action: 'pause',
      of: pausedByDana,
      policy: { pauseOfPaused: 'notFound' },
      status: 404,
      becomes: 'Paused',
    },
    { action: 'pause', of: exhausted, policy: {}, status: 404, becomes: 'Inactive' },
    {
      action: 'pause',
      of: exhausted,
      policy: { pauseOfInactive: 'badRequest' },
      status: 400,
      becomes: 'Inactive',
    },
    {
      action: 'pause',
      of: exhausted,
      policy: { pauseOfInactive: 'unchanged' },
      status: 200,
      becomes: 'Inactive',
    },
    { action: 'resume', of: pausedByDana, policy: {}, status: 200, becomes: 'Active' },
    {
      action: 'resume',
      of: pausedByDana,
      policy: { resumeOfPaused: 'inactive' },
      status: 200,
      becomes: 'Inactive',
    },
    { action: 'resume', of: azureDaily, policy: {}, status: 200, becomes: 'Active' },
    {
      action: 'resume',
      of: azureDaily,
      policy: { resumeOfActive: 'badRequest' },
      status: 400,
      becomes: 'Active',
    },
    {
      action: 'resume',
      of: azureDaily,
      policy: { resumeOfActive: 'notFound' },
      status: 404,
      becomes: 'Active',
    },
    { action: 'resume', of: exhausted, policy: {}, status: 404, becomes: 'Inactive' },
    {
      action: 'resume',
      of: exhausted,
      policy: { resumeOfInactive: 'badRequest' },
      status: 400,
      becomes: 'Inactive',
    },
    {
      action: 'resume',
      of: exhausted,
      policy: { resumeOfInactive: 'unchanged' },
      status: 200,
      becomes: 'Inactive',
    },
  ] as const;
  test.each(stateModel)(
    '$action of $of under $policy answers $status and leaves it $becomes',
    async (row) => {
      await set(row.policy);

      const answer = await (row.action === 'pause' ? emulator.pause(row.of) : emulator.resume(row.of));

      expect(answer.status).toBe(row.status);
      expect((await emulator.get(row.of)).json).toEqual(oneReport({ reportStatus: row.becomes }));
    },
  );

  test.each([
    ['never', null, null],
    ['onChange', '2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z'],
    ['always', '2026-06-01T12:00:00Z', '2026-06-01T12:00:01Z'],
  ])('modifiedTime moves %s by a pause and its repetition', async (pauseMovesModifiedTime, first, second) => {
    await set({ pauseMovesModifiedTime });

    expect((await emulator.pause(azureDaily)).json).toEqual(oneReport({ modifiedTime: first }));
    await emulator.admin('PUT', 'clock', { advanceInMs: 1000 });
    expect((await emulator.pause(azureDaily)).json).toEqual(oneReport({ modifiedTime: second }));
  });

  test('a resume over the quota of active reports is refused and stays paused', async () => {
    await set({ pausedReportsCountInQuota: false, activeReportQuota: 1 });

    const answer = await emulator.resume(pausedByDana);
    expect(answer.status).toBe(200);

    await emulator.admin('PATCH', 'state', { reportId: azureDaily, by: 'kim', action: 'pause' });
    const refused = await emulator.resume(azureDaily);
    expect(refused.json).toMatchObject({
      statusCode: 400,
      message: 'User has exceeded its report creation quota of 1 active reports',
    });
    expect((await emulator.get(azureDaily)).json).toEqual(oneReport({ reportStatus: 'Paused' }));
  });

  describe('casing', () => {
    test('camel by default', async () => {
      expect(Object.keys((await emulator.get(azureDaily)).json ?? {})).toEqual([
        'value',
        'nextLink',
        'totalCount',
        'message',
        'statusCode',
        'dataRedacted',
      ]);
    });

    test('pascal as the reference pages print it', async () => {
      await set({ casing: 'pascal' });

      expect((await emulator.get(azureDaily)).json).toMatchObject({
        TotalCount: 1,
        Value: [{ ReportStatus: 'Active' }],
      });
    });

    test('mixed, with the stray keys of the worked examples', async () => {
      await set({ casing: 'mixed' });

      expect((await emulator.get(azureDaily)).json).toMatchObject({
        StatusCode: 200,
        Value: [{ reportStatus: 'Active', CallbackMethod: null, ' RecurrenceCount': null }],
      });
    });
  });

  describe('lists', () => {
    test('nothing found is 404 by default, or an empty list', async () => {
      expect((await emulator.get(unknownId)).json).toMatchObject({
        statusCode: 404,
        message: 'No item found with given filters.',
      });

      await set({ emptyList: 'empty' });
      expect((await emulator.get(unknownId)).json).toMatchObject({
        statusCode: 200,
        value: [],
        totalCount: 0,
      });
    });

    test.each(['absolute', 'relative'])(
      'pages are followed by %s links to the end, each report once',
      async (nextLinkForm) => {
        await set({ pageSize: 5, nextLinkForm });

        const ids: string[] = [];
        let next: string | null = `${mpn}/ScheduledReport`;
        const lengths: number[] = [];
        while (next !== null) {
          const { text }: { text: string } = await emulator.call('GET', next.replace(emulator.url, ''));
          const found = [...text.matchAll(/"reportId":"([^"]+)"/g)].map((match) => match[1] ?? '');
          ids.push(...found);
          lengths.push(found.length);
          next = /"nextLink":"([^"]+)"/.exec(text)?.[1] ?? null;
          expect(next === null || next.startsWith(nextLinkForm === 'absolute' ? emulator.url : '/')).toBe(
            true,
          );
        }

        expect(lengths).toEqual([5, 5, 2]);
        expect(new Set(ids).size).toBe(seededReports);
      },
    );

    test('filters by name, exactly or by its beginning, and by query', async () => {
      expect((await list('?reportName=AzureUsage-daily')).json).toMatchObject({ totalCount: 1 });
      expect((await list('?reportName=AzureUsage')).status).toBe(404);
      await set({ reportNameFilter: 'prefix' });
      expect((await list('?reportName=AzureUsage')).json).toMatchObject({ totalCount: 1 });
      expect((await list('?queryId=D1A4D75E-5CA8-4847-845F-EE0A9BE6F07B')).json).toMatchObject({
        totalCount: 2,
      });
    });

    test('a caller sees only its own reports where visibility is per user', async () => {
      await set({ perUserVisibility: true });
      const token = await emulator.token({ kind: 'user', userName: 'dana.analyst@partner.example' });

      expect((await emulator.call('GET', `${mpn}/ScheduledReport`, { token })).json).toMatchObject({
        totalCount: 2,
      });
      expect((await emulator.pause(azureDaily, { token })).status).toBe(404);
    });

    test('another tenant sees nothing of this one', async () => {
      const token = await emulator.token({ tenantId: otherTenant });

      expect((await emulator.call('GET', `${mpn}/ScheduledReport`, { token })).status).toBe(404);
      expect((await emulator.pause(azureDaily, { token })).status).toBe(404);
    });
  });

  test('application errors can come in HTTP 200', async () => {
    await set({ errorInHttp200: true });

    const answer = await emulator.pause(unknownId);
    expect([answer.status, answer.json]).toEqual([
      200,
      expect.objectContaining({ statusCode: 404, value: [] }),
    ]);
  });
});
