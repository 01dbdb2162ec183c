import { reportId } from './emulatorDoor.ts';
import { type RunsApp, type RunsCloud, startRunsCloud } from './runsUnderTest.ts';
import { problemSchema } from './wireShapes.ts';

jest.setTimeout(120_000);

/** As `docs/bounds.md` tells. */
const MAX_HOLDS_OF_REPORT = 20;

describe('a caller who names each request anew', () => {
  let cloud: RunsCloud;
  let app: RunsApp;
  const reportIds = [reportId(1)];
  const pause = (requestId: string) => app.post('/api/pause', { reportIds, requestId });
  beforeAll(async () => {
    cloud = await startRunsCloud();
    app = await cloud.start();
    for (let at = 0; at < MAX_HOLDS_OF_REPORT; at += 1) {
      expect((await pause(`loop-${at}`)).status).toBe(200);
    }
  });
  afterAll(() => cloud.stop());

  test('is refused at the quota of the report, told the way out, and nothing is done', async () => {
    const refused = await pause('one-more');

    expect(refused.status).toBe(409);
    expect(problemSchema.parse(refused.json)).toMatchObject({
      code: 'too_many_holds',
      title: expect.stringContaining('POST /api/resume'),
    });
    const shown = await app.get(`/api/reports/${reportIds[0]}`);
    expect(shown.json).toHaveProperty('holds.length', MAX_HOLDS_OF_REPORT);
  });

  test('still gets the first answer to a repeat, and may replace his own holds', async () => {
    expect((await pause('loop-3')).status).toBe(200);
    const unnamed = { reportIds, requestId: 'loop-4', reason: 'another wish' };
    expect(problemSchema.parse((await app.post('/api/pause', unnamed)).json).code).toBe(
      'idempotency_key_reused',
    );
  });

  test('is never refused a resume, and may pause again after it', async () => {
    expect((await app.post('/api/resume', { requestId: 'loop-0' })).status).toBeLessThan(300);
    expect((await pause('one-more')).status).toBe(200);
    expect((await app.post('/api/resume', { reportIds })).status).toBe(200);
    expect(await cloud.emulator.statuses(reportIds)).toEqual(['Active']);
  });
});
