import { z } from 'zod';
import { windowThatIsOn } from './cloudUnderTest.ts';
import { lines, putsOf, type RunsCloud, reportIds, startRunsCloud } from './runsUnderTest.ts';

jest.setTimeout(60_000);

const ids = reportIds(1, 10);
const names = ['north', 'east', 'south', 'west', 'centre'];
const reportsOf = (name: string) => ids.filter((_, at) => at % names.length === names.indexOf(name));

/** Five accounts, each with a window that is on and selects two reports. */
function fiveAccounts(insightsUrl: string): Readonly<Record<string, string>> {
  const { PAUSE_SCHEDULE: start, PAUSE_DURATION: duration } = windowThatIsOn([]);
  return {
    ACCOUNTS: JSON.stringify(
      names.map((name, at) => ({
        ...{ name, tenantId: `20000000-0000-4000-8000-00000000000${at}`, surface: 'mpn' },
        ...{ baseUrl: `${insightsUrl}/insights/v1/mpn`, signIn: { mode: 'managedIdentity' } },
      })),
    ),
    MAINTENANCE_WINDOWS: JSON.stringify(
      names.map((account) => ({
        ...{ name: account, account, reports: { ids: reportsOf(account) } },
        schedule: { start, duration, timeZone: 'UTC' },
      })),
    ),
  };
}

const finished = z.object({ door: z.literal('tick'), correlationId: z.guid(), status: z.literal('ok') });

describe('a tick over more accounts than it works on itself', () => {
  let cloud: RunsCloud;
  beforeAll(async () => {
    cloud = await startRunsCloud();
  });
  afterAll(() => cloud.stop());

  test('leaves each to the queue: every account is driven once, each run is told, and nothing is paused twice', async () => {
    const app = await cloud.start({ TENANT_ID: '', ...fiveAccounts(cloud.insightsUrl) });
    const ticked = await app.post('/api/tick', {});
    const told = await lines(app.host, /"RunFinished".*"paused":2/, names.length);
    const ended = await lines(app.host, /^Executed 'work'/, names.length);
    await app.host.stop();

    expect(ended.filter((line) => !line.includes('(Succeeded'))).toEqual([]);
    expect(ticked).toMatchObject({ status: 202, json: { status: 'ok', leftToDrivers: names.length } });
    const { correlationId } = z.object({ correlationId: z.guid() }).parse(ticked.json);
    expect(told.map((line) => finished.parse(JSON.parse(line)).correlationId)).toEqual(
      names.map(() => correlationId),
    );
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Paused'));
    expect(await putsOf(cloud, 'pauseReport', ids)).toEqual(ids.map(() => 1));
  });
});
