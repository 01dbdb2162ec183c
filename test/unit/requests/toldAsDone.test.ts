import { z } from 'zod';
import { isLong } from '../../../build/sample.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const runShape = z.object({
  status: z.string(),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
  results: z.array(
    z.object({ reportId: z.string(), outcome: z.string(), code: z.string(), message: z.string() }),
  ),
});
const workingShape = z.object({ runId: z.string(), total: z.number() });

const runOf = (body: unknown) => runShape.parse(body);

async function finished(world: World, process: ProcessUnderTest, body: unknown) {
  const { runId } = workingShape.parse(body);
  for (let tries = 0; tries < 60; tries += 1) {
    await world.time.runUntil(world.time.now() + 30_000);
    const answer = await world.settle(process.run(runId));
    if (answer.status === 200) return runOf(answer.body);
  }
  throw new Error('the run does not end');
}

/** Passes do 200 each; the long run has more than a run keeps results of in one row. */
const MANY = isLong ? 2_050 : 450;

test('a resume by request of very many reports is a long one, ends, and is told as done', async () => {
  const world = createWorld({ reports: MANY });
  const process = world.startProcess('one');
  const pause = { reportIds: reportIds(MANY), requestId: 'maintenance' };
  await finished(world, process, (await world.settle(process.post('pause', pause))).body);

  const accepted = await world.settle(process.post('resume', { requestId: 'maintenance' }));
  expect([accepted.status, workingShape.parse(accepted.body).total]).toEqual([202, MANY]);
  const run = await finished(world, process, accepted.body);

  expect(run).toMatchObject({ status: 'ok', problems: [] });
  expect(run.results.filter(({ outcome }) => outcome === 'resumed')).toHaveLength(MANY);
  expect(world.poisoned).toEqual([]);
}, 120_000);

test('however many named people hold a report, what is told of it is short, and the run is kept', async () => {
  const world = createWorld({ reports: 20 });
  const process = world.startProcess('one');
  for (let person = 1; person <= 20; person += 1) {
    const body = { reportIds: reportIds(20), requestId: `of-${person}`, reason: 'r'.repeat(500) };
    const headers = { 'x-requested-by': `${person} ${'名'.repeat(200)}` };
    expect((await world.settle(process.post('pause', body, headers))).status).toBe(200);
  }

  const answer = await world.settle(process.post('resume', { requestId: 'of-1' }));

  expect(answer.status).toBe(200);
  const { results } = runOf(answer.body);
  expect(results).toHaveLength(20);
  for (const { outcome, message } of results) {
    expect(outcome).toBe('stillHeld');
    expect(message).toContain('and 14 more');
    expect(message.length).toBeLessThan(1_000);
  }
});

test.each(['pause', 'resume'] as const)(
  'a %s whose outcome the storage no longer takes says what was done, and what was not written down',
  async (verb) => {
    const world = createWorld({ reports: 3 });
    const process = world.startProcess('one');
    if (verb === 'resume') await world.settle(process.post('pause', { reportIds: reportIds(3) }));
    const before = world.insights.puts.length;
    process.storage = ({ table }) =>
      table === 'IntermissionRuns' && world.insights.puts.length > before ? 'refused' : 'passes';

    const answer = await world.settle(process.post(verb, { reportIds: reportIds(3) }));

    const run = runOf(answer.body);
    expect(answer.status).toBe(207);
    expect(run.results.map(({ outcome }) => outcome)).toEqual(Array(3).fill(`${verb}d`));
    expect(run.problems.map(({ code }) => code)).toEqual(['not_written_down']);
    expect(run.problems[0]?.message).toContain('was done');
  },
);

test('a report that is active already, although a window holds it without effect, is no failure of a resume', async () => {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one', {
    ...{ REPORT_IDS: reportIds(2).join(','), PAUSE_SCHEDULE: '0 11 * * *', PAUSE_DURATION: 'PT4H' },
  });
  await world.settle(process.tick());
  const call = { correlationId: 'c', caller: 'ops', teller: silent, runId: null };
  const drained = await world.settle(
    process.composed.service.drain({ account: 'default', reason: 'd' }, call),
  );
  expect(drained.results.map(({ outcome }) => outcome)).toEqual(['resumed', 'resumed']);
  expect(drained.events.filter(({ name }) => name === 'ReportResumed')).toHaveLength(2);

  const answer = await world.settle(process.post('resume', { reportIds: reportIds(2) }));

  expect(answer.status).toBe(200);
  expect(runOf(answer.body).results.map(({ outcome }) => outcome)).toEqual([
    'alreadyActive',
    'alreadyActive',
  ]);
});

test('a resume says of a report that has run out, and of one that is not there, what it is', async () => {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one');
  world.insights.statuses.set(reportId(2), 'Inactive');

  const answer = await world.settle(process.post('resume', { reportIds: [...reportIds(2), reportId(77)] }));

  expect(runOf(answer.body).results.map(({ outcome }) => outcome)).toEqual([
    'alreadyActive',
    'inactive',
    'notFound',
  ]);
});

const silent = { info: () => {}, warn: () => {}, error: () => {} };
