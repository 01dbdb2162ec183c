import { compose } from '../../shared/composition/compose.ts';
import type { Composed } from '../../shared/http/composed.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { type ScenarioCloud, startScenarioCloud } from '../scenario/scenarioCloud.ts';

jest.setTimeout(120_000);

const id = (number: number) => `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const reports = [1, 2, 3].map((number) => ({
  ...{ reportId: id(number), reportName: `report ${number}`, reportStatus: 'Active' },
  startTime: '2099-01-05T18:00:00Z',
}));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const call = {
  ...{
    correlationId: 'a0000000-0000-4000-8000-0000000000aa',
    caller: 'somebody',
    teller: quiet,
    runId: null,
  },
};

let cloud: ScenarioCloud;
let shiftInMs = 0;
const instances: Extract<Composed, { ok: true }>[] = [];

/** One process of the app, as production composes it; the clock of all goes on by `shiftInMs`. */
function instance() {
  const clock = { ...systemClock, now: () => Date.now() + shiftInMs };
  const composed = compose(cloud.addresses, { clock, random: () => 0.5 });
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
  instances.push(composed);
  return composed;
}

const lists = async () =>
  (await cloud.insights.requestsOfService()).filter(({ operation }) => operation === 'getReports').length;

describe('people who look at reports', () => {
  beforeAll(async () => {
    cloud = await startScenarioCloud();
  });
  beforeEach(async () => {
    await cloud.emptyLedger();
    await cloud.insights.reset({ nowMs: Date.now(), policies: {}, reports });
  });
  afterAll(async () => {
    for (const { parts } of instances) {
      for (const { client, clientForPeople } of parts.accounts) {
        client.close();
        clientForPeople.close();
      }
    }
    await cloud.stop();
  });

  test('share one read over all instances, however many they are, and are told its age', async () => {
    const [one, other] = [instance(), instance()];
    const look = (at: number) => (at % 2 === 0 ? one : other).service.reports(call);

    const shown = await Promise.all(Array.from({ length: 70 }, (_, at) => look(at)));

    expect(await lists()).toBe(1);
    expect(shown.map(({ reports: seen, problems }) => [seen.length, problems.length])).toEqual(
      new Array(70).fill([3, 0]),
    );
    expect(shown[0]?.reads).toEqual([
      { account: 'default', readUtc: expect.any(String), ageInSeconds: expect.any(Number) },
    ]);
  });

  test('see a new read once the last one is fifteen seconds old, and not before', async () => {
    const [one, other] = [instance(), instance()];
    await one.service.reports(call);
    shiftInMs += 5_000;
    const shown = await other.service.report(id(1), call);
    expect(shown).toMatchObject({ kind: 'found', report: { status: 'Active' } });
    expect(shown.kind === 'found' && shown.report.ageInSeconds).toBeGreaterThanOrEqual(5);
    expect(await lists()).toBe(1);

    shiftInMs += 11_000;
    await Promise.all([one.service.reports(call), other.service.reports(call)]);

    expect(await lists()).toBe(2);
  });

  test('are shown what a run has just done, by every instance and without another call', async () => {
    const [one, other] = [instance(), instance()];
    await Promise.all([one.service.reports(call), other.service.reports(call)]);
    const request = {
      ...{
        reportIds: [id(1)],
        account: 'default',
        untilMs: null,
        timeZone: null,
        reason: 'x',
        requestId: null,
        holdId: null,
      },
    };
    await one.service.pause(request, call);
    const before = await lists();

    const paused = await Promise.all([one, other].map(({ service }) => service.report(id(1), call)));

    const held = { status: 'Paused', ownership: 'paused', reason: 'held' };
    expect(paused).toMatchObject(new Array(2).fill({ report: held }));
    const target = { kind: 'reports' as const, reportIds: [id(1)] };
    const flags = { includeWindows: false, takeOver: false, endsOthers: true };
    await other.service.resume({ target, account: 'default', reason: 'x', ...flags }, call);
    const resumed = await Promise.all([one, other].map(({ service }) => service.report(id(1), call)));

    expect(resumed).toMatchObject(new Array(2).fill({ report: { status: 'Active', ownership: 'resumed' } }));
    // The resume makes a list of its own, and reads its report by id before and after; nobody who looked made one.
    expect((await lists()) - before).toBeLessThanOrEqual(3);
  });

  test('share a failure too: what is refused is not asked for again at once', async () => {
    const [one, other] = [instance(), instance()];
    await cloud.insights.addFault({ kind: 'status503', operation: 'getReports', times: 10 });

    const shown = await Promise.all([one, other, one, other].map(({ service }) => service.reports(call)));

    expect(shown.map(({ problems }) => problems[0]?.code)).toEqual(new Array(4).fill('upstream_unavailable'));
    expect(await lists()).toBe(1);
    await cloud.insights.clearFaults();
  });
});
