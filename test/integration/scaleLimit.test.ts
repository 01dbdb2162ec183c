import { compose } from '../../shared/composition/compose.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { type Cloud, startCloud } from '../crash/cloud.ts';
import { runWork } from '../crash/runWork.ts';

const CEILING = 20;
/** What a machine that stands still for a moment may add to a second. */
const ALLOWED = CEILING + 3;
const REPORTS = 45;

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud(['33333333-3333-4333-8333-333333333333']);
  Object.assign(process.env, cloud.environment());
}, 60_000);
afterAll(() => cloud.close());

test('several processes together never exceed the ceiling of an account: one drives it at a time', async () => {
  const ids = Array.from(
    { length: REPORTS },
    (_, at) => `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  );
  const reports = ids.map((reportId) => ({
    ...{ reportId, reportName: reportId, reportStatus: 'Active', startTime: '2099-01-05T18:00:00Z' },
  }));
  const throttle = { requests: ALLOWED, windowInMs: 1_000 };
  await cloud.reset({ reports, policies: { throttle }, serviceNowMs: Date.now(), keepsTables: false });
  await cloud.admin('PUT', 'clock', { nowUtc: new Date().toISOString(), frozen: false });

  const { TENANT_ID: tenantId, INSIGHTS_BASE_URL: baseUrl, ...environment } = cloud.environment();
  const start = new Date(Date.now() - 600_000).toISOString();
  const end = new Date(Date.now() + 3_600_000).toISOString();
  const settings = {
    ACCOUNTS: JSON.stringify([
      {
        ...{ name: 'one', tenantId, surface: 'mpn', baseUrl, callsPerSecond: CEILING },
        signIn: { mode: 'managedIdentity' },
      },
    ]),
    MAINTENANCE_WINDOWS: JSON.stringify([
      { name: 'all', account: 'one', reports: { all: true }, schedule: { from: start, to: end } },
    ]),
  };
  const processes = [1, 2, 3].map(() =>
    compose({ ...environment, ...settings }, { clock: systemClock, random: Math.random }),
  );
  // All at once: one has the account, and the others wait for it or find it busy. Again, so that it passes on.
  const first = await Promise.all(processes.map((one) => runWork(one, { door: 'tick' })));
  await Promise.all(processes.map((one) => runWork(one, { door: 'tick' })));

  const outcomes = first.map(({ problems }) => problems.map(({ code }) => code).join());
  expect(outcomes.filter((codes) => codes !== '' && codes !== 'account_busy')).toEqual([]);
  expect([...(await cloud.statuses()).values()]).toEqual(ids.map(() => 'Paused'));
  const requests = await cloud.admin('GET', 'requests');
  expect(JSON.stringify(requests)).not.toContain('"status":429');
  expect(requests).toHaveProperty('length', expect.any(Number));
});
