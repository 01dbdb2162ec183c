import { type EmulatorUnderTest, mpn, startEmulatorUnderTest } from '../contract/emulatorUnderTest.ts';

const azureUsageQuery = 'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b';
const cmp = '/insights/v1.1/cmp';

describe('datasets and queries in the emulator', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());
  const query = (text: string) => `SELECT ${text} FROM AzureUsage TIMESPAN LAST_6_MONTHS`;

  test('lists the datasets of each surface', async () => {
    expect((await emulator.call('GET', `${mpn}/ScheduledDataset`)).json).toMatchObject({
      totalCount: 20,
      message: 'Dataset fetched successfully',
    });
    const one = await emulator.call('GET', `${mpn}/ScheduledDataset?datasetName=AzureUsage`);
    expect(one.json).toMatchObject({ value: [{ datasetName: 'AzureUsage', minimumRecurrenceInterval: 24 }] });
    expect((await emulator.call('GET', `${cmp}/ScheduledDataset?datasetName=ISVOrder`)).text).not.toContain(
      'minimum',
    );
    expect((await emulator.call('GET', `${mpn}/ScheduledDataset?datasetName=Nothing`)).status).toBe(404);
  });

  test('a query is created, listed beside the system’s, tried and deleted', async () => {
    const path = `${mpn}/ScheduledQueries`;
    const created = await emulator.call('POST', path, {
      body: { Name: 'My query', Query: query('UsageDate,Quantity') },
    });
    expect(created.json).toMatchObject({
      message: 'Query created successfully',
      value: [{ type: 'userDefined' }],
    });
    const queryId = /"queryId":"([^"]+)"/.exec(created.text)?.[1];

    expect((await emulator.call('GET', path)).json).toMatchObject({ totalCount: 10 });
    expect((await emulator.call('GET', `${path}?includeSystemQueries=false`)).json).toMatchObject({
      totalCount: 1,
    });
    expect((await emulator.call('GET', `${path}?includeOnlySystemQueries=true`)).json).toMatchObject({
      totalCount: 9,
    });
    expect((await emulator.call('GET', `${path}/testQueryResult?queryId=${queryId}`)).json).toMatchObject({
      totalCount: 100,
      message: null,
      value: expect.arrayContaining([{ UsageDate: 'UsageDate 1', Quantity: 'Quantity 1' }]),
    });
    expect((await emulator.call('DELETE', `${path}/${queryId}`)).status).toBe(200);
    expect((await emulator.call('DELETE', `${path}/${queryId}`)).status).toBe(404);
    expect((await emulator.call('DELETE', `${path}/${azureUsageQuery}`)).status).toBe(404);
  });

  test.each([
    ['an unknown table', 'SELECT A FROM Nowhere', 'Invalid table name'],
    ['an unknown column', query('Nonsense'), 'Incorrect column name'],
    ['a star', query('*'), 'Incorrect column name'],
    ['no query at all', 'DROP TABLE', 'Invalid report parameters'],
  ])('refuses a query with %s', async (_, exportQuery, message) => {
    const body = { Name: 'My query', Query: exportQuery };
    expect((await emulator.call('POST', `${mpn}/ScheduledQueries`, { body })).json).toMatchObject({
      message,
    });

    const path = `${mpn}/ScheduledQueries/testQueryResult?exportQuery=${encodeURIComponent(exportQuery)}`;
    expect((await emulator.call('GET', path)).json).toMatchObject({ statusCode: 400, message });
  });
});
