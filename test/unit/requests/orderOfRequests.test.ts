import { z } from 'zod';
import { laterEnd } from '../../../shared/ledger/snapshot.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds } from '../../requests/world.ts';

const runShape = z.object({
  status: z.string(),
  results: z.array(z.object({ reportId: z.string(), outcome: z.string(), code: z.string() })),
});
const problemShape = z.object({ code: z.string(), run: runShape });
const resultsOf = (body: unknown) =>
  (problemShape.safeParse(body).data?.run ?? runShape.parse(body)).results.map(({ outcome, code }) => [
    outcome,
    code,
  ]);

/** Stops the process right before its n-th call of the table. */
function stopBefore(process: ProcessUnderTest, isIt: (seen: number, table: string) => boolean) {
  let seen = 0;
  process.storage = ({ table }) => {
    seen += 1;
    if (isIt(seen, table)) process.stop();
    return 'passes';
  };
}

const one = reportIds(1);

test('a pause that was stopped before it wrote its hold does not undo the resume that came meanwhile', async () => {
  // Whichever call it is stopped at, from the first to the last.
  for (let at = 1; at <= 14; at += 1) {
    const world = createWorld({ reports: 1 });
    const [slow, quick] = [world.startProcess('slow'), world.startProcess('quick')];
    stopBefore(slow, (seen) => seen === at);
    const paused = slow.post('pause', { reportIds: one });
    await world.time.runUntil(world.time.now() + 90_000);
    const wasPaused = world.insights.statuses.get(reportId(1)) === 'Paused';
    const resumed = await world.settle(quick.post('resume', { reportIds: one }), 400_000);
    expect(resumed.status).toBe(200);
    expect(world.insights.statuses.get(reportId(1))).toBe('Active');

    slow.storage = () => 'passes';
    slow.wake();
    const answer = await world.settle(paused);
    for (let ticks = 0; ticks < 5; ticks += 1) {
      await world.settle(quick.tick());
      await world.time.runUntil(world.time.now() + 60_000);
    }

    // Where it had no place yet when the resume came, it is the later one, and pauses.
    const isLater =
      answer.status === 200 && !wasPaused && world.insights.statuses.get(reportId(1)) === 'Paused';
    if (!isLater) {
      expect([at, world.insights.statuses.get(reportId(1))]).toEqual([at, 'Active']);
    } else {
      expect(at).toBeLessThanOrEqual(3);
    }
  }
});

test('a pause that is overtaken by a resume is told as superseded', async () => {
  const world = createWorld({ reports: 1 });
  const [slow, quick] = [world.startProcess('slow'), world.startProcess('quick')];
  stopBefore(slow, (_seen, table) => table === 'IntermissionRuns');
  const paused = slow.post('pause', { reportIds: one });
  await world.time.runUntil(world.time.now() + 30_000);
  await world.settle(quick.post('resume', { reportIds: one }));
  slow.storage = () => 'passes';
  slow.wake();

  const answer = await world.settle(paused);

  expect(answer.status).toBe(409);
  expect(answer.body).toMatchObject({ code: 'superseded' });
  expect(resultsOf(answer.body)).toEqual([['skipped', 'superseded']]);
  expect(world.insights.puts).toEqual([]);
});

test('a request that a killed process had begun is done by the next tick, and never over what people asked since', async () => {
  const world = createWorld({ reports: 2 });
  const [killed, living] = [world.startProcess('killed'), world.startProcess('living')];
  // Its holds are written and nothing is paused: killed before the list is read.
  const send = world.insights.send;
  let isKilled = false;
  world.insights.send = async (process, request) => {
    if (process === 'killed' && !isKilled) {
      isKilled = true;
      killed.stop();
    }
    return send(process, request);
  };
  void killed.post('pause', { reportIds: reportIds(2) });
  await world.time.runUntil(world.time.now() + 10_000);
  expect(isKilled).toBe(true);
  const resumed = await world.settle(living.post('resume', { reportIds: one }), 300_000);
  expect(resumed.status).toBe(200);

  for (let ticks = 0; ticks < 6; ticks += 1) {
    await world.settle(living.tick());
    await world.time.runUntil(world.time.now() + 60_000);
  }

  expect(world.insights.statuses.get(reportId(1))).toBe('Active');
  expect(world.insights.statuses.get(reportId(2))).toBe('Paused');
  const ledger = await world.settle(
    living.composed.parts.ledger.read(living.composed.parts.accounts[0]?.accountKey ?? ''),
  );
  expect(ledger.openRequests).toEqual([]);
});

test('a resume that is done again does not end the hold of a newer request', async () => {
  const world = createWorld({ reports: 1 });
  const [slow, quick] = [world.startProcess('slow'), world.startProcess('quick')];
  await world.settle(quick.post('pause', { reportIds: one, reason: 'first' }));
  stopBefore(slow, (seen, table) => table === 'IntermissionLive' && seen > 3);
  const resumed = slow.post('resume', { reportIds: one });
  await world.time.runUntil(world.time.now() + 30_000);
  const again = await world.settle(quick.post('pause', { reportIds: one, reason: 'second' }), 300_000);
  expect(again.status).toBe(200);
  slow.storage = () => 'passes';
  slow.wake();

  const answer = await world.settle(resumed);
  for (let ticks = 0; ticks < 3; ticks += 1) await world.settle(quick.tick());

  expect(resultsOf(answer.body)).toEqual([['stillHeld', 'superseded']]);
  expect(world.insights.statuses.get(reportId(1))).toBe('Paused');
});

test('another end is another hold: a pause of an hour outlasts another of eight seconds', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: one, duration: 'PT1H' }));
  await world.settle(process.post('pause', { reportIds: one, duration: 'PT8S' }));
  await world.time.runUntil(world.time.now() + 120_000);
  await world.settle(process.tick());
  expect(world.insights.statuses.get(reportId(1))).toBe('Paused');

  await world.time.runUntil(world.time.now() + 3_600_000);
  await world.settle(process.tick());
  expect(world.insights.statuses.get(reportId(1))).toBe('Active');
});

test('a true repeat replaces: it leaves one hold, which goes by the later call', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  for (let times = 0; times < 3; times += 1) {
    await world.settle(process.post('pause', { reportIds: one, duration: 'PT1H' }));
    await world.time.runUntil(world.time.now() + 600_000);
  }
  const { parts } = process.composed;
  const { holds } = await world.settle(parts.ledger.read(parts.accounts[0]?.accountKey ?? ''));
  expect(holds.map(({ hold }) => hold.place)).toEqual([3]);
});

test('a keyed repeat after the end that it asked for gets the first answer', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  const until = new Date(world.time.now() + 60_000).toISOString();
  const ask = () => process.post('pause', { reportIds: one, until }, { 'idempotency-key': 'k' });
  const first = await world.settle(ask());
  await world.time.runUntil(world.time.now() + 600_000);

  const again = await world.settle(ask());

  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
});

test('a keyed repeat takes over the request of a killed process as soon as its claim is gone', async () => {
  const world = createWorld({ reports: 1 });
  const [killed, living] = [world.startProcess('killed'), world.startProcess('living')];
  const ask = (process: ProcessUnderTest) =>
    process.post('pause', { reportIds: one, duration: 'PT1H' }, { 'idempotency-key': 'k' });
  // Killed with its claim taken and nothing done for it.
  let runsCalls = 0;
  killed.storage = ({ table }) => {
    runsCalls += table === 'IntermissionRuns' ? 1 : 0;
    if (runsCalls > 6) killed.stop();
    return 'passes';
  };
  void ask(killed);
  await world.time.runUntil(world.time.now() + 5_000);
  const early = await world.settle(ask(living));
  await world.time.runUntil(world.time.now() + 21_000);

  const answer = await world.settle(ask(living));

  expect(early.status).toBe(202);
  expect(answer.status).toBe(200);
  expect(resultsOf(answer.body)).toEqual([['paused', 'hold_began']]);
});

const problemsShape = z.object({ status: z.string(), problems: z.array(z.object({ code: z.string() })) });

test('a resume by request that comes before its pause wrote a hold supersedes that pause, and says so', async () => {
  // Whichever call of the storage the pause is stopped at once it has its place.
  const answers = new Set<string>();
  for (let at = 3; at <= 9; at += 1) {
    const world = createWorld({ reports: 1 });
    const [slow, quick] = [world.startProcess('slow'), world.startProcess('quick')];
    stopBefore(slow, (seen) => seen === at);
    const paused = slow.post('pause', { reportIds: one, requestId: 'night' });
    await world.time.runUntil(world.time.now() + 30_000);
    const { parts } = quick.composed;
    const accountKey = parts.accounts[0]?.accountKey ?? '';
    const before = await world.settle(parts.ledger.read(accountKey));
    const resumed = await world.settle(quick.post('resume', { requestId: 'night' }));
    slow.storage = () => 'passes';
    slow.wake();
    const answer = await world.settle(paused);
    await world.settle(quick.tick());

    if (before.openRequests.length === 0) {
      // It had no place yet: the pause is the later of the two.
      expect(resumed.body).toMatchObject({ code: 'unknown_request' });
      continue;
    }
    expect([at, resumed.status]).toEqual([at, 200]);
    if (before.holds.length === 0) {
      const told = problemsShape.parse(resumed.body);
      answers.add(`${told.status} ${told.problems.map(({ code }) => code)}`);
      expect(answer.body).toMatchObject({ code: 'superseded' });
      expect(world.insights.puts).toEqual([]);
    }
    expect(world.insights.statuses.get(reportId(1))).toBe('Active');
  }
  expect([...answers]).toEqual(['ok pause_superseded']);
});

test('a resume by request supersedes no other request, and no later pause of the same name', async () => {
  const world = createWorld({ reports: 2 });
  const [slow, quick] = [world.startProcess('slow'), world.startProcess('quick')];
  stopBefore(slow, (_seen, table) => table === 'IntermissionRuns');
  const other = slow.post('pause', { reportIds: [reportId(1)], requestId: 'other' });
  const earlier = slow.post('pause', { reportIds: [reportId(2)], requestId: 'night' });
  await world.time.runUntil(world.time.now() + 30_000);
  await world.settle(quick.post('resume', { requestId: 'night' }));
  const later = await world.settle(quick.post('pause', { reportIds: [reportId(2)], requestId: 'night' }));
  slow.storage = () => 'passes';
  slow.wake();

  const [otherAnswer] = await world.settle(Promise.all([other, earlier]));

  expect([otherAnswer.status, later.status]).toEqual([200, 200]);
  expect(reportIds(2).map((id) => world.insights.statuses.get(id))).toEqual(['Paused', 'Paused']);
  const unknown = await world.settle(quick.post('resume', { requestId: 'never' }));
  expect([unknown.status, unknown.body]).toMatchObject([404, { code: 'unknown_request' }]);
});

test('what ends one request ends no other of the same caller, none of another, and none of a webhook', () => {
  const end = { reportId: null, caller: 'kim', requestId: 'night', place: 5, by: 'kim', why: '', atMs: 0 };
  const ends = new Map([[null, [{ end, etag: '' }]]]);
  const kim = { kind: 'request', caller: 'kim' } as const;
  const hold = { reportId: reportId(1), place: 4, requestId: 'night', holder: kim };

  expect(laterEnd(hold, ends)).toBe(end);
  expect(laterEnd({ ...hold, requestId: 'day' }, ends)).toBeNull();
  expect(laterEnd({ ...hold, requestId: null }, ends)).toBeNull();
  expect(laterEnd({ ...hold, place: 6 }, ends)).toBeNull();
  expect(laterEnd({ ...hold, holder: { kind: 'request', caller: 'lee' } }, ends)).toBeNull();
  expect(laterEnd({ ...hold, holder: { kind: 'webhook', source: 's', key: 'k' } }, ends)).toBeNull();
});
