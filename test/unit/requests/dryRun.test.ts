import { z } from 'zod';
import { createWorld, type ProcessUnderTest, reportId, type World } from '../../requests/world.ts';

const runShape = z.object({
  door: z.string(),
  dryRun: z.boolean().optional(),
  status: z.string(),
  results: z.array(
    z.object({
      reportId: z.string(),
      outcome: z.string(),
      code: z.string(),
      message: z.string(),
      after: z.string().nullable(),
    }),
  ),
});
const runOf = (body: unknown) => runShape.parse(body);
const cameTo = (body: unknown) =>
  runOf(body)
    // What becomes of a resume that is sent to a report that is not shown only the answer tells.
    .results.map(({ reportId: id, outcome, code }) => `${id.slice(-2)} ${outcome} ${id === GONE ? '' : code}`)
    .sort();

const [OURS, ALSO_OURS, ACTIVE, FOREIGN, SPENT, IN_WINDOW, DOUBTFUL, TOUCHED, GONE, BACK] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
].map(reportId);
const UNKNOWN = reportId(99);
const ALL = [OURS, ALSO_OURS, ACTIVE, FOREIGN, SPENT, IN_WINDOW, DOUBTFUL, TOUCHED, GONE, BACK, UNKNOWN];

const WINDOW = {
  MAINTENANCE_WINDOWS: JSON.stringify([
    {
      name: 'nightly',
      reports: { ids: [IN_WINDOW] },
      schedule: { from: '2026-03-01T11:00:00Z', to: '2026-03-01T18:00:00Z' },
    },
  ]),
};

/** What a person does to it in Partner Center, past the app. */
function changedByPerson({ insights }: World, verb: 'pause' | 'resume', id = '') {
  return insights.send('dana', {
    ...{ method: 'PUT', headers: {}, limitInMs: 1_000, signal: new AbortController().signal },
    url: new URL(`https://api.partnercenter.microsoft.com/insights/v1/mpn/ScheduledReport/${verb}/${id}`),
  });
}

/** Reports of all kinds: ours by requests, ours by a window, a person's, one that has run out, one that is not there. */
async function mixedWorld(): Promise<{ readonly world: World; readonly process: ProcessUnderTest }> {
  const world = createWorld({ reports: 10 });
  world.insights.statuses.set(FOREIGN ?? '', 'Paused').set(SPENT ?? '', 'Inactive');
  const process = world.startProcess('one', WINDOW);
  await world.settle(process.tick());
  const mine = { reportIds: [OURS], requestId: 'mine' };
  await world.settle(process.post('pause', mine, { 'x-requested-by': 'ana' }));
  await world.settle(process.post('pause', { reportIds: [ALSO_OURS], duration: 'PT4H', reason: 'other' }));
  await world.settle(process.post('pause', { reportIds: [DOUBTFUL, TOUCHED, GONE, BACK], duration: 'PT4H' }));
  for (const verb of ['resume', 'pause'] as const) {
    await world.time.runUntil(world.time.now() + 300_000);
    await world.settle(changedByPerson(world, verb, DOUBTFUL));
  }
  await world.settle(process.tick());
  for (const verb of ['resume', 'pause'] as const) {
    await world.time.runUntil(world.time.now() + 30_000);
    await world.settle(changedByPerson(world, verb, TOUCHED));
  }
  await world.settle(changedByPerson(world, 'resume', BACK));
  world.insights.statuses.delete(GONE ?? '');
  // What was read before is shown to people for a while.
  await world.time.runUntil(world.time.now() + 60_000);
  return { world, process };
}

/** What there is of us and of Partner Center: to be the same afterwards. */
function stateOf({ tables, messages, insights }: World): string {
  return JSON.stringify([tables.dump(), messages.length, insights.puts.length, [...insights.statuses]]);
}

const ASKED: readonly (readonly [string, string, object])[] = [
  ['a pause without an end', 'pause', { reportIds: ALL }],
  ['a pause for a time', 'pause', { reportIds: ALL, duration: 'PT2H' }],
  ['a resume of reports', 'resume', { reportIds: ALL }],
  ['a resume that overrules windows', 'resume', { reportIds: ALL, includeWindows: true }],
  ['a resume that settles a doubt', 'resume', { reportIds: ALL, takeOver: true, reason: 'asked Dana' }],
  ['a resume of a request', 'resume', { requestId: 'mine' }],
  ['a drain', 'drain', { confirm: 'drain', reason: 'uninstall' }],
];

describe('a dry run', () => {
  test.each(ASKED)(
    'of %s tells of each report what it then comes to, and does nothing',
    async (_, path, body) => {
      const { world, process } = await mixedWorld();
      const before = stateOf(world);
      const [calls, lines] = [world.insights.calls.length, process.lines.length];

      const foreseen = await world.settle(process.post(`${path}?dryRun=true`, body));

      expect(stateOf(world)).toBe(before);
      expect(world.insights.calls.length - calls).toBeLessThanOrEqual(1);
      // To operators nothing has happened, and so nothing is told.
      expect(process.lines).toHaveLength(lines);
      expect(foreseen.status).toBe(200);
      expect(runOf(foreseen.body)).toMatchObject({ door: path, dryRun: true });
      const done = await world.settle(process.post(path, body));
      expect(cameTo(foreseen.body)).toEqual(cameTo(done.body));
      expect(runOf(foreseen.body).status).toBe(runOf(done.body).status);
      expect(runOf(done.body).dryRun).toBeUndefined();
      expect(stateOf(world)).not.toBe(before);
    },
  );

  test('says in words what would be done and what is in the way, with the status as it is now', async () => {
    const { world, process } = await mixedWorld();

    const pause = await world.settle(process.post('pause?dryRun=true', { reportIds: [ACTIVE] }));
    const resume = await world.settle(process.post('resume?dryRun=true', { reportIds: [OURS, IN_WINDOW] }));

    expect(runOf(pause.body).results).toMatchObject([
      {
        outcome: 'paused',
        after: 'Active',
        message: expect.stringMatching(/^would be paused: it is Active/),
      },
    ]);
    expect(runOf(resume.body).results).toMatchObject([
      { outcome: 'resumed', after: 'Paused', message: expect.stringMatching(/^would be resumed/) },
      {
        outcome: 'stillHeld',
        message: 'still held by window nightly; expected back at 2026-03-01T18:00:00Z',
      },
    ]);
  });

  test('shares the read of those who look', async () => {
    const { world, process } = await mixedWorld();
    await world.settle(process.get('reports'));
    const calls = world.insights.calls.length;

    await world.settle(process.post('pause?dryRun=true', { reportIds: ALL }));

    expect(world.insights.calls).toHaveLength(calls);
  });

  test('is no repeat of a request, and no request is a repeat of it', async () => {
    const { world, process } = await mixedWorld();
    const body = { reportIds: [ACTIVE] };
    const key = { 'idempotency-key': 'one' };

    await world.settle(process.post('pause?dryRun=true', body, key));
    const done = await world.settle(process.post('pause?dryRun=false', body, key));
    const again = await world.settle(process.post('pause?dryRun=true', body, key));

    expect(cameTo(done.body)).toEqual(['03 paused hold_began']);
    expect(done.headers).not.toHaveProperty('idempotent-replayed');
    expect(cameTo(again.body)).toEqual(['03 alreadyPaused held']);
  });

  test('is refused as the request would be', async () => {
    const { world } = await mixedWorld();
    const off = world.startProcess('off', { MODE: 'off' });
    const body = { reportIds: [OURS] };

    for (const path of ['pause', 'resume', 'drain']) {
      const given = path === 'drain' ? { confirm: 'drain' } : body;
      expect(await world.settle(off.post(`${path}?dryRun=true`, given))).toMatchObject({ status: 409 });
    }
    const unknown = { ...body, account: 'other' };
    expect(await world.settle(off.post('pause?dryRun=true', unknown))).toMatchObject({ status: 404 });
    expect(await world.settle(off.post('pause?dryRun=true', {}))).toMatchObject({ status: 400 });
  });

  test('says that it cannot tell where the reports or the ledger cannot be read, and not what would be', async () => {
    const { world, process } = await mixedWorld();
    const { send } = world.insights;
    world.insights.send = async () => ({
      ...{ kind: 'answered', status: 403, reasonPhrase: '', headers: new Map(), text: '' },
    });
    const unread = await world.settle(process.post('resume?dryRun=true', { reportIds: [OURS] }));
    world.insights.send = send;
    process.storage = () => 'refused';
    const without = await world.settle(process.post('resume?dryRun=true', { reportIds: [OURS] }));

    expect(unread).toMatchObject({ status: 502, body: { code: 'forbidden', run: { dryRun: true } } });
    expect(without).toMatchObject({ status: 503, body: { code: 'ledger_unavailable' } });
  });

  test.each([
    ...['pause?dryrun=true', 'pause?dry-run=true', 'pause?dry_run', 'pause?dryRun=1', 'pause?dryRun='],
    ...['resume?dryRun=yes', 'drain?dryRun=TRUE', 'pause?dryRun=true&dryRun=false'],
    ...['acknowledge?dryRun=true', 'tick?dryRun=true'],
  ])('that is not clear, or not to be had, is refused before anything is done: %s', async (path) => {
    const { world, process } = await mixedWorld();
    const before = stateOf(world);
    const body = path.startsWith('drain') ? { confirm: 'drain' } : { reportIds: [OURS], reason: 'to see' };

    const answer = await world.settle(process.post(path, body));

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_query' } });
    expect(stateOf(world)).toBe(before);
  });
});

test('a drain without the word of it is refused, and nothing of it is done', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: [reportId(1)] }));

  const refused = await world.settle(process.post('drain', {}));
  const whenRefused = world.insights.statuses.get(reportId(1));
  const done = await world.settle(process.post('drain', { confirm: 'drain' }));

  expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/confirm' }] } });
  expect(whenRefused).toBe('Paused');
  expect([done.status, world.insights.statuses.get(reportId(1))]).toEqual([200, 'Active']);
});
