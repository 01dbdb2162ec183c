import { z } from 'zod';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const runShape = z.object({
  status: z.string(),
  results: z.array(z.object({ reportId: z.string(), outcome: z.string(), code: z.string() })),
});
const problemShape = z.object({ run: runShape });
const runOf = (body: unknown) => problemShape.safeParse(body).data?.run ?? runShape.parse(body);

const DAY_IN_MS = 86_400_000;

async function pausedAndDeleted() {
  const world = createWorld({ reports: 2 });
  world.insights.latencyInMs = 100;
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: reportIds(2) }));
  await world.time.runUntil(world.time.now() + 600_000);
  world.insights.statuses.delete(reportId(1));
  return { world, process };
}

async function ticks(world: World, process: ProcessUnderTest, count: number) {
  const told: string[] = [];
  for (let at = 0; at < count; at += 1) {
    await world.time.runUntil(world.time.now() + 300_000);
    const { status, results } = await world.settle(process.tick());
    const result = results.find((one) => one.reportId === reportId(1));
    told.push(`${status} ${result?.outcome} ${result?.code}`);
  }
  return [...new Set(told)];
}

test('a held report that is merely not shown makes no tick undone, and is alarmed once a day', async () => {
  const { world, process } = await pausedAndDeleted();

  expect(await ticks(world, process, 10)).toEqual(['ok notFound held_unseen']);
  const alarms = () => process.lines.filter((line) => line.includes('"ReportUnseen"')).length;
  expect(alarms()).toBe(1);
  await world.time.runUntil(world.time.now() + DAY_IN_MS);
  await world.settle(process.tick());
  expect(alarms()).toBe(2);
});

test('a person who names it is told that it was not found, whichever way', async () => {
  const { world, process } = await pausedAndDeleted();
  await ticks(world, process, 2);

  const paused = await world.settle(process.post('pause', { reportIds: [reportId(1)], reason: 'again' }));
  const both = await world.settle(process.post('pause', { reportIds: reportIds(2), reason: 'both' }));
  const resumed = await world.settle(process.post('resume', { reportIds: [reportId(1)] }));

  expect([paused.status, both.status, resumed.status]).toEqual([404, 207, 404]);
  expect(runOf(paused.body).results).toMatchObject([{ outcome: 'notFound', code: 'held_unseen' }]);
  expect(runOf(resumed.body).results).toMatchObject([{ outcome: 'notFound', code: 'unseen' }]);
});

test('a resume that is owed to a report that is not shown stays owed, and makes each tick undone', async () => {
  const { world, process } = await pausedAndDeleted();
  await world.settle(process.post('resume', { reportIds: [reportId(1)] }));

  expect(await ticks(world, process, 5)).toEqual(['partial notFound unseen']);
});

test('a report that was resumed, and deleted since, makes no tick undone while its row lasts', async () => {
  const { world, process } = await pausedAndDeleted();
  world.insights.statuses.set(reportId(1), 'Paused');
  await world.settle(process.post('resume', { reportIds: [reportId(1)] }));
  world.insights.statuses.delete(reportId(1));

  const told = await ticks(world, process, 10);
  expect(told.filter((one) => !one.startsWith('ok'))).toEqual([]);
});

test('a service that hides what is paused is sent the resume, and it counts when it is read active', async () => {
  const world = createWorld({ reports: 2 });
  world.insights.latencyInMs = 100;
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: [reportId(2)], reason: 'another' }));
  const { send } = world.insights;
  world.insights.send = async (name, request) => {
    const { statuses } = world.insights;
    const isHidden = request.method === 'GET' && statuses.get(reportId(1)) === 'Paused';
    if (isHidden) statuses.delete(reportId(1));
    const shown = await send(name, request);
    if (isHidden) statuses.set(reportId(1), 'Paused');
    return shown;
  };
  await world.settle(process.post('pause', { reportIds: [reportId(1)] }));
  expect(world.insights.statuses.get(reportId(1))).toBe('Paused');
  await ticks(world, process, 3);

  await world.settle(process.post('resume', { reportIds: [reportId(1)] }));
  await ticks(world, process, 3);

  expect(world.insights.statuses.get(reportId(1))).toBe('Active');
});

test('a service that shows no times any more keeps no report of ours from coming back', async () => {
  const world = createWorld({ reports: 1 });
  world.insights.latencyInMs = 100;
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: [reportId(1)] }));
  const { send } = world.insights;
  world.insights.send = async (name, request) => {
    const shown = await send(name, request);
    return shown.kind === 'answered'
      ? { ...shown, text: shown.text.replaceAll(/"modifiedTime":"[^"]*"/g, '"modifiedTime":null') }
      : shown;
  };

  await world.settle(process.post('resume', { reportIds: [reportId(1)] }));

  expect(world.insights.statuses.get(reportId(1))).toBe('Active');
});
