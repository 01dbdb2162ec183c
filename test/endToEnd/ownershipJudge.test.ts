import { insightsAudience } from '../../local/insights/authorize.ts';
import { DEFAULT_TENANT_ID } from '../../local/insights/model/report.ts';
import { IDENTITY_CLIENT_ID } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { judgeOwnership } from './ownershipRecord.ts';
import { type OwnershipCloud, startOwnershipCloud } from './ownershipUnderTest.ts';

jest.setTimeout(120_000);

const HOUR_IN_MS = 3_600_000;
const [first, second, foreign] = [reportId(1), reportId(2), reportId(3)];

describe('the judge of ownership', () => {
  let cloud: OwnershipCloud;
  let url: string;
  beforeAll(async () => {
    cloud = await startOwnershipCloud();
    url = cloud.insightsUrl;
  });
  afterAll(() => cloud.stop());
  beforeEach(() => cloud.behave({}, { reports: 3, paused: 1 }));

  /** With a token of the app, as the app itself would. */
  async function we(verb: 'pause' | 'resume', id: string): Promise<void> {
    const token = await cloud.issuer.issue({
      ...{ kind: 'app', mfa: false, userName: null, audience: insightsAudience },
      ...{ tenantId: DEFAULT_TENANT_ID, clientId: IDENTITY_CLIENT_ID },
      ...{ issuedAtMs: cloud.nowMs(), lifetimeInSeconds: 3_600 },
    });
    const headers = { Authorization: `Bearer ${token}` };
    await fetch(`${url}/insights/v1/mpn/ScheduledReport/${verb}/${id}`, { method: 'PUT', headers });
  }

  test('finds nothing wrong where an app pauses for a window and resumes after it', async () => {
    const app = await cloud.start(cloud.windowFromNow([first, second], { durationInMs: HOUR_IN_MS }));
    await cloud.ticks(app, 2);
    const during = await cloud.wrongs({ held: [first, second] });
    await cloud.pass(HOUR_IN_MS);
    await cloud.ticks(app, 2);
    await app.stop();

    expect([during, await cloud.wrongs()]).toEqual([[], []]);
    expect([...(await cloud.statuses()).values()]).toEqual(['Active', 'Active', 'Paused']);
    expect((await cloud.acts()).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['pause', 'resume']),
    );
    expect(cloud.events().map(({ name }) => name)).toContain('RunFinished');
  });

  test('finds a pause of a person that we resumed: one of before, one of meanwhile, one after their own resume', async () => {
    await we('resume', foreign);
    await cloud.person(first, 'pause');
    await we('resume', first);
    await we('pause', second);
    await cloud.person(second, 'resume');
    await cloud.person(second, 'pause');
    await we('resume', second);

    expect(await cloud.wrongs()).toEqual([
      expect.stringContaining(`we resumed ${foreign}`),
      expect.stringContaining(`we resumed ${first}`),
      expect.stringContaining(`we resumed ${second}`),
    ]);
  });

  test('finds a pause of ours that a person made theirs too, though it changed nothing', async () => {
    await we('pause', first);
    await cloud.person(first, 'pause');
    await we('resume', first);

    expect(await cloud.wrongs()).toEqual([expect.stringContaining(`we resumed ${first}`)]);
  });

  test('finds no fault in our own resumes, in a resume without effect, and in people', async () => {
    await we('pause', first);
    await we('resume', first);
    await cloud.person(foreign, 'resume');
    await cloud.person(second, 'pause');
    await cloud.person(second, 'resume');
    await we('resume', second);
    await cloud.person(second, 'pause');

    expect(await cloud.wrongs()).toEqual([]);
  });

  test('finds a report that we left paused in silence, and neither one that is held nor one that is alarmed', async () => {
    await we('pause', first);
    await we('pause', second);

    expect(await cloud.wrongs({ held: [second] })).toEqual([
      expect.stringContaining(`we left ${first} paused`),
    ]);
    const evidence = {
      acts: await cloud.acts(),
      statuses: await cloud.statuses(),
      ourClientId: IDENTITY_CLIENT_ID,
      pausedBefore: new Set([foreign]),
      held: new Set([second]),
      alarmsSinceMs: 1_000,
    };
    const told = (name: string, atMs: number) => [{ name, reportId: first, atMs }];
    expect(judgeOwnership({ ...evidence, events: told('ReportDoubtful', 1_000) })).toEqual([]);
    expect(judgeOwnership({ ...evidence, events: told('ReportDoubtful', 999) })).toHaveLength(1);
    expect(judgeOwnership({ ...evidence, events: told('ReportEdited', 1_000) })).toHaveLength(1);
  });

  test('finds a success that was told and was not there, unless it was taken back', async () => {
    await we('pause', first);
    const told = (name: string, inMs: number) => ({ name, reportId: first, atMs: cloud.nowMs() + inMs });
    const evidence = {
      acts: await cloud.acts(),
      statuses: await cloud.statuses(),
      ourClientId: IDENTITY_CLIENT_ID,
      pausedBefore: new Set([foreign]),
      held: new Set([first]),
      alarmsSinceMs: 0,
    };

    expect(judgeOwnership({ ...evidence, events: [told('ReportPaused', 0)] })).toEqual([]);
    expect(judgeOwnership({ ...evidence, events: [told('ReportResumed', 0)] })).toEqual([
      expect.stringContaining(`we told ReportResumed of ${first}`),
    ]);
    const takenBack = [told('ReportResumed', 0), told('ResumeNotEffective', 1)];
    expect(judgeOwnership({ ...evidence, events: takenBack })).toEqual([]);
  });
});
