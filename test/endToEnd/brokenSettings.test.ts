import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { nothingLearned } from '../../shared/model/ownership.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(60_000);

/** That of the bundle, which is what answers. */
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));

const detailsSchema = z.object({
  status: z.string(),
  code: z.string().optional(),
  problems: z.array(z.object({ name: z.string().optional(), message: z.string() })),
});

const broken = {
  REPORT_IDS: 'zebra-one,zebra-two',
  MODE: 'zebra-mode',
  MAX_HOLD: 'zebra days',
  TICK_SCHEDULE: 'zebra schedule',
  TENANT_ID: 'zebra-tenant',
  MAX_CONCURRENCY: 'zebra-many',
  AzureWebJobsStorage: '',
};

describe('an app whose settings are broken', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
    app = await cloud.start(broken);
  });
  afterAll(() => cloud.stop());

  test('stays up and says to anybody that it is not well and which version it is, and no more', async () => {
    const answer = await app.call('GET', '/api/health', { key: null });

    expect([answer.status, answer.json]).toEqual([503, { status: 'not ok', version }]);
  });

  test('names every broken setting at once to whoever has the key, without its value', async () => {
    const answer = await app.call('GET', '/api/health/details');

    expect(answer.status).toBe(503);
    const { code, problems } = detailsSchema.parse(answer.json);
    expect(code).toBe('config_invalid');
    expect(new Set(problems.map(({ name }) => name))).toEqual(new Set(Object.keys(broken)));
    expect(answer.text).not.toContain('zebra');
    expect(answer.json).toMatchObject({ timeZoneData: expect.stringMatching(/^20\d\d[a-z]/) });
  });

  test.each(['/api/pause', '/api/resume', '/api/tick'])('answers 500 config_invalid at %s', async (path) => {
    const problem = await app.problem(path, { reportIds: [reportId(1)] });

    expect(problem).toMatchObject({ status: 500, code: 'config_invalid' });
  });

  test('fails its timer with every name and no value, and goes on', async () => {
    const ticked = await app.tick();

    expect(ticked.hasSucceeded).toBe(false);
    const said = app.host.logs.map(({ message }) => message).join('\n');
    for (const name of Object.keys(broken)) {
      expect(said).toContain(name);
    }
    expect(said).toContain('config_invalid');
    expect(said).not.toContain('zebra');
    expect((await app.call('GET', '/api/health', { key: null })).status).toBe(503);
  });

  test('has sent nothing and asked for no token', async () => {
    expect(await cloud.emulator.requests()).toEqual([]);
    expect(cloud.identity.requests).toEqual([]);
  });

  test('is well again when it starts with good settings', async () => {
    const good = await cloud.start();
    const [health, details] = [
      await good.call('GET', '/api/health', { key: null }),
      await good.call('GET', '/api/health/details'),
    ];

    expect([health.status, health.json]).toEqual([200, { status: 'ok', version }]);
    expect([details.status, details.json]).toEqual([
      200,
      {
        ...{ status: 'ok', version, problems: [], timeZoneData: expect.stringMatching(/^20\d\d[a-z]/) },
        learned: [{ account: 'default', words: expect.any(String), callsPerSecond: null, ...nothingLearned }],
        learnedNotShown: 0,
      },
    ]);
  });

  test('tells of a window that is invalid, and lets the other windows work', async () => {
    const windowOf = (name: string, timeZone: string) => ({
      name,
      reports: { ids: [reportId(1)] },
      schedule: { start: '0 0 1 1 *', duration: 'PT1H', timeZone },
    });
    const windows = [windowOf('good', 'UTC'), windowOf('bad', 'Mars/Base')];
    const other = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify(windows) });
    const details = await other.call('GET', '/api/health/details');

    expect(details.status).toBe(503);
    expect(details.json).toMatchObject({
      problems: [{ window: 'bad', code: 'unknown_time_zone', severity: 'error' }],
    });
  });

  test('shows no token and no key', () => cloud.expectNothingSecret());
});
