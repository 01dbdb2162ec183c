import { keyCaller } from '../../../shared/callers/caller.ts';
import { answer as answerAcknowledge } from '../../../shared/routes/acknowledge.ts';
import { noTelemetry, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const [DOUBTFUL, DELETED, FINE] = [reportId(1), reportId(2), reportId(3)];
const MINUTE_IN_MS = 60_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** What a person does in Partner Center, past the app. */
function changedByPerson({ insights }: World, verb: 'pause' | 'resume', id: string) {
  return insights.send('person', {
    ...{ method: 'PUT', headers: {}, limitInMs: 1_000, signal: new AbortController().signal },
    url: new URL(`https://api.partnercenter.microsoft.com/insights/v1/mpn/ScheduledReport/${verb}/${id}`),
  });
}

/** Three reports paused by us; a person touched one, and deleted another. */
async function standing() {
  const world = createWorld({ reports: 3, startMs: Date.parse('2026-03-01T04:00:00Z') });
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: reportIds(3) }));
  await world.time.runUntil(world.time.now() + 10 * MINUTE_IN_MS);
  await world.settle(changedByPerson(world, 'resume', DOUBTFUL));
  await world.time.runUntil(world.time.now() + MINUTE_IN_MS);
  await world.settle(changedByPerson(world, 'pause', DOUBTFUL));
  world.insights.statuses.delete(DELETED);
  return { world, process };
}

/** The digests that ticks tell until then, one each half an hour, with the hour of each. */
async function digestsUntil(world: World, process: ProcessUnderTest, utc: string) {
  const told: string[] = [];
  while (world.time.now() < Date.parse(utc)) {
    const atUtc = new Date(world.time.now()).toISOString();
    const { events } = await world.settle(process.tick());
    const digests = events.filter(({ name }) => name === 'DailyDigest');
    told.push(...digests.map(({ detail }) => `${atUtc.slice(0, 13)} ${detail}`));
    await world.time.runUntil(world.time.now() + 30 * MINUTE_IN_MS);
  }
  return told;
}

const both = `2 reports stand: 1 doubtful, 1 not shown. These are doubtful: Report 0001 (${DOUBTFUL}); not shown: Report 0002 (${DELETED})`;

test('what stands is told once a day, from six on, also by another process, and no more when it is settled', async () => {
  const { world, process } = await standing();

  expect(await digestsUntil(world, process, '2026-03-01T05:30:00Z')).toEqual([`2026-03-01T04 ${both}`]);

  const restarted = world.startProcess('two');
  expect(await digestsUntil(world, restarted, '2026-03-01T07:00:00Z')).toEqual([`2026-03-01T06 ${both}`]);

  const request = {
    ...{ url: new URL('https://app.example/api/acknowledge'), header: () => null },
    ...{ teller: quiet, caller: keyCaller(null) },
    body: new TextEncoder().encode(JSON.stringify({ reportIds: [DOUBTFUL], reason: 'it stays paused' })),
  };
  await world.settle(answerAcknowledge(restarted.composed, request));
  world.insights.statuses.set(DELETED, 'Paused');
  world.insights.statuses.delete(FINE);
  expect(await digestsUntil(world, restarted, '2026-03-02T07:00:00Z')).toEqual([
    `2026-03-02T06 1 reports stand: 1 not shown. These are not shown: Report 0003 (${FINE})`,
  ]);
}, 60_000);

test('the digest is an event with a column and a number for each cause', async () => {
  const { world, process } = await standing();
  const told: unknown[] = [];
  const telemetry: Telemetry = {
    ...noTelemetry,
    event: (name, properties, measurements) => {
      if (name === 'DailyDigest') told.push([properties, measurements]);
    },
  };
  const call = { correlationId: 'c', caller: 'timer', teller: { ...quiet, telemetry }, runId: null };
  await world.settle(process.composed.service.tick(call));

  expect(told).toEqual([
    [
      expect.objectContaining({
        ...{ account: 'default', reportId: '', detail: both },
        ...{ doubtfulReports: `Report 0001 (${DOUBTFUL})`, unseenReports: `Report 0002 (${DELETED})` },
      }),
      { doubtful: 1, unseen: 1 },
    ],
  ]);
});
