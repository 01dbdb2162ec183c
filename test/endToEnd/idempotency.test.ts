import { z } from 'zod';
import { reportId } from './emulatorDoor.ts';
import {
  type DoorAnswer,
  poll,
  putsOf,
  type RunsApp,
  type RunsCloud,
  reportIds,
  startRunsCloud,
  until,
} from './runsUnderTest.ts';
import { problemSchema, runSchema } from './wireShapes.ts';

jest.setTimeout(60_000);

const A_DAY_IN_MS = 86_400_000;
const keyed = (key: string) => ({ 'idempotency-key': key });
const isReplay = ({ headers }: DoorAnswer) => headers.get('idempotent-replayed') === 'true';
const holdsOf = (json: unknown) => z.object({ holds: z.array(z.unknown()) }).parse(json).holds;

describe('a request that comes again', () => {
  let cloud: RunsCloud;
  let app: RunsApp;
  beforeAll(async () => {
    cloud = await startRunsCloud();
    app = await cloud.start();
  });
  afterAll(() => cloud.stop());

  test('with its key gets the stored answer, to the letter, and nothing is sent to Partner Center', async () => {
    const body = { reportIds: reportIds(1, 2), reason: 'once' };
    const first = await app.post('/api/pause', body, keyed('k-1'));
    const lastSeq = await cloud.emulator.lastSeq();

    const again = await app.post('/api/pause', body, keyed('k-1'));

    expect([first.status, again.status, isReplay(first), isReplay(again)]).toEqual([200, 200, false, true]);
    expect(again.json).toEqual(first.json);
    expect(runSchema.parse(again.json).summary).toEqual({ paused: 2 });
    expect(await cloud.emulator.lastSeq()).toBe(lastSeq);
  });

  test('with its requestId in the body is the same as with a key', async () => {
    const body = { reportIds: [reportId(3)], requestId: 'order-17' };
    const first = await app.post('/api/pause', body);
    const lastSeq = await cloud.emulator.lastSeq();

    const again = await app.post('/api/pause', body);

    expect([isReplay(first), isReplay(again)]).toEqual([false, true]);
    expect(again.json).toEqual(first.json);
    expect(await cloud.emulator.lastSeq()).toBe(lastSeq);
  });

  test('is replayed as the failure that it was: a key does not stand for a later try', async () => {
    const id = reportId(4);
    await cloud.emulator.fault({ kind: 'forbidden', operation: 'pauseReport', reportId: id });
    const first = await app.post('/api/pause', { reportIds: [id] }, keyed('k-2'));

    const again = await app.post('/api/pause', { reportIds: [id] }, keyed('k-2'));

    expect([first.status, again.status, isReplay(again)]).toEqual([502, 502, true]);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get('content-type')).toBe('application/problem+json');
  });

  test('with its key and another body is refused, and nothing is done', async () => {
    const [named, other] = [reportId(5), reportId(6)];
    await app.post('/api/pause', { reportIds: [named] }, keyed('k-3'));
    const lastSeq = await cloud.emulator.lastSeq();

    const refused = await app.post('/api/pause', { reportIds: [other] }, keyed('k-3'));

    expect([refused.status, problemSchema.parse(refused.json).code]).toEqual([422, 'idempotency_key_reused']);
    expect(await cloud.emulator.lastSeq()).toBe(lastSeq);
    expect(await cloud.emulator.statuses([other])).toEqual(['Active']);
  });

  test('to another route with the same key is a request of its own', async () => {
    const body = { reportIds: [reportId(7)] };

    const paused = await app.post('/api/pause', body, keyed('k-4'));
    const resumed = await app.post('/api/resume', body, keyed('k-4'));

    expect([paused.status, resumed.status, isReplay(resumed)]).toEqual([200, 200, false]);
    expect(runSchema.parse(resumed.json).summary).toEqual({ resumed: 1 });
  });

  test('while the first still works is told 202 with a place to ask that works, and stops nothing', async () => {
    const ids = reportIds(11, 20);
    await cloud.emulator.fault({
      kind: 'slow',
      delayInMs: 1_000,
      operation: 'pauseReport',
      reportId: ids[0],
    });
    const first = app.post('/api/pause', { reportIds: ids }, keyed('k-5'));
    await until('the first is at work', async () =>
      (await putsOf(cloud, 'pauseReport', ids)).includes(1) ? true : null,
    );

    const meanwhile = await Promise.all(
      ['k-5', 'k-5', 'k-5'].map((key) => app.post('/api/pause', { reportIds: ids }, keyed(key))),
    );
    const got = await Promise.all(meanwhile.map(({ headers }) => poll(headers.get('location'))));
    const answered = await first;

    expect(meanwhile.map((answer) => [answer.status, isReplay(answer)])).toEqual([
      ...[
        [202, true],
        [202, true],
        [202, true],
      ],
    ]);
    expect(got.map(([last]) => last.json)).toEqual([answered.json, answered.json, answered.json]);
    expect([answered.status, isReplay(answered)]).toEqual([200, false]);
    expect(await putsOf(cloud, 'pauseReport', ids)).toEqual(ids.map(() => 1));
  });

  test('at the very same time with one key is one run', async () => {
    const ids = reportIds(21, 24);

    const answers = await Promise.all(
      ids.map(() => app.post('/api/pause', { reportIds: ids }, keyed('k-6'))),
    );

    expect(answers.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    expect(answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
    const runIds = answers.map(({ json }) => z.object({ runId: z.string() }).parse(json).runId);
    expect(new Set(runIds).size).toBe(1);
    expect(await putsOf(cloud, 'pauseReport', ids)).toEqual([1, 1, 1, 1]);
  });

  test('without a key, three times as Logic Apps’ retries do, makes one hold and one PUT', async () => {
    const [id] = [reportId(31)];
    const body = { reportIds: [id], reason: 'load', duration: 'PT2H' };

    const answers = [];
    for (const _ of [1, 2, 3]) {
      answers.push(await app.post('/api/pause', body));
    }

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await putsOf(cloud, 'pauseReport', [id])).toEqual([1]);
    expect(holdsOf((await app.get(`/api/reports/${id}`)).json)).toHaveLength(1);
  });

  test('without a key while the first still works makes one hold and one PUT too', async () => {
    const id = reportId(32);
    await cloud.emulator.fault({ kind: 'slow', delayInMs: 700, operation: 'pauseReport', reportId: id });

    const answers = await Promise.all([1, 2, 3].map(() => app.post('/api/pause', { reportIds: [id] })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await putsOf(cloud, 'pauseReport', [id])).toEqual([1]);
    expect(holdsOf((await app.get(`/api/reports/${id}`)).json)).toHaveLength(1);
  });

  test('finds its key taken by a process that was killed before it stored anything, and is done', async () => {
    const body = { reportIds: [reportId(33)] };
    const first = runSchema.parse((await app.post('/api/pause', body, keyed('k-7'))).json);
    // What such a process leaves: the key, and no run.
    const filter = `PartitionKey eq '${first.runId}'`;
    for await (const row of cloud.table.listEntities({ queryOptions: { filter } })) {
      await cloud.table.deleteEntity(row.partitionKey ?? '', row.rowKey ?? '');
    }

    const healed = await app.post('/api/pause', body, keyed('k-7'));
    const replayed = await app.post('/api/pause', body, keyed('k-7'));

    expect([healed.status, isReplay(healed)]).toEqual([200, false]);
    expect(runSchema.parse(healed.json)).toMatchObject({ summary: { alreadyPaused: 1 } });
    expect([isReplay(replayed), replayed.json]).toEqual([true, healed.json]);
  });

  test('with a key that is unusable is refused', async () => {
    const answers = await Promise.all(
      ['with blanks', 'x'.repeat(129)].map((key) =>
        app.post('/api/pause', { reportIds: [reportId(34)] }, keyed(key)),
      ),
    );

    expect(answers.map(({ status, json }) => [status, problemSchema.parse(json).code])).toEqual([
      [400, 'invalid_idempotency_key'],
      [400, 'invalid_idempotency_key'],
    ]);
    expect(await cloud.emulator.statuses([reportId(34)])).toEqual(['Active']);
  });

  test('with its key after a day is a new request, with whatever body', async () => {
    await app.post('/api/pause', { reportIds: [reportId(35)] }, keyed('k-8'));
    await cloud.passTime(A_DAY_IN_MS + 60_000);
    const later = await cloud.start();

    const fresh = await later.post('/api/pause', { reportIds: [reportId(36)] }, keyed('k-8'));
    const again = await later.post('/api/pause', { reportIds: [reportId(36)] }, keyed('k-8'));

    expect([fresh.status, isReplay(fresh), isReplay(again)]).toEqual([200, false, true]);
    expect(await cloud.emulator.statuses([reportId(36)])).toEqual(['Paused']);
  });
});
