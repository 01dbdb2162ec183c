import { z } from 'zod';
import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { runCtl } from './ctlProcess.ts';
import { UNKNOWN_REPORT } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const problems = z.array(z.object({ window: z.string().nullable(), code: z.string() }));
const shape = z.object({ problems, warnings: problems.optional() });

const later = { from: '2097-07-01T20:00:00Z', to: '2097-07-02T04:00:00Z' };
const nightly = { start: '0 2 * * *', duration: 'PT4H', timeZone: 'UTC' };
const windows = [
  { name: 'none', reports: { namePattern: 'there is no such*' }, schedule: later },
  { name: 'unknown', reports: { ids: [UNKNOWN_REPORT] }, schedule: later },
  { name: 'many', reports: { all: true }, maxReports: 1, schedule: later },
  { name: 'blink', reports: { all: true }, schedule: { ...nightly, duration: 'PT1M' } },
  { name: 'over', reports: { all: true }, schedule: { ...nightly, validTo: '2026-01-31' } },
  { name: 'reversed', reports: { all: true }, schedule: { ...nightly, timeZone: 'Etc/GMT+5' } },
];
const expected = [
  'none selects_none',
  'unknown unknown_report',
  'unknown selects_none',
  'many window_over_limit',
  'blink shorter_than_tick',
  'over no_start_ahead',
  'reversed opposite_time_zone',
];

describe('windows that will do nothing, or do it for good', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
    app = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify(windows) });
  });
  afterAll(() => cloud.stop());

  test('are told before they begin by the windows, the plan and the health, which is ok all the same', async () => {
    const asked = await Promise.all(
      ['/api/windows', '/api/plan', '/api/health/details'].map((path) => app.call('GET', path)),
    );

    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
    const told = asked.map(({ json }) => {
      const found = shape.parse(json);
      return (found.warnings ?? found.problems).map(({ window, code }) => `${window} ${code}`);
    });
    expect(told.map((one) => one.filter((line) => !line.endsWith('too_short_for_reports')))).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  test.each(['windows', 'plan', 'status'])('are told by ctl %s', async (command) => {
    const env = { INTERMISSION_URL: app.host.url, INTERMISSION_KEY: hostKeys.function };

    const { stdout } = await runCtl([command], env, '');

    for (const line of expected) {
      const [window, code] = line.split(' ');
      expect(stdout).toMatch(new RegExp(`^Warning window ${window}: .+ \\(${code}\\)$`, 'm'));
    }
  });
});
