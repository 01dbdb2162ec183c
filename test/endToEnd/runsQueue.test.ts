import { reportId } from './emulatorDoor.ts';
import {
  lines,
  poll,
  putsOf,
  type RunsApp,
  type RunsCloud,
  reportIds,
  startRunsCloud,
  until,
} from './runsUnderTest.ts';
import { runSchema } from './wireShapes.ts';

jest.setTimeout(60_000);

/** Longer than a killed process is waited for. */
const LATER_IN_MS = 400_000;
const long = { prefer: 'respond-async' };

describe('the queue of long runs', () => {
  let cloud: RunsCloud;
  beforeAll(async () => {
    cloud = await startRunsCloud();
  });
  afterAll(() => cloud.stop());

  /** Starts a run of which two reports are never answered, and kills the host once all others of its first chunk are. */
  async function killInChunk(ids: readonly string[], chunk: number) {
    const [takesEffect, never] = ids.slice(5);
    const app = await cloud.start({}, { messageLeaseInSeconds: 1 });
    await cloud.emulator.fault({
      ...{ kind: 'hang', when: 'after', operation: 'pauseReport', reportId: takesEffect },
    });
    await cloud.emulator.fault({
      ...{ kind: 'hang', when: 'before', operation: 'pauseReport', reportId: never },
    });
    const accepted = await app.post('/api/pause', { reportIds: ids }, long);
    await until('all PUTs of the chunk are out', async () => {
      const sent = await cloud.emulator.requests('operation=pauseReport');
      const ours = sent.filter(({ reportId: id }) => id !== null && ids.includes(id));
      const answered = ours.filter(({ status }) => status === 200);
      return ours.length === chunk && answered.length === chunk - 2 ? true : null;
    });
    await app.host.kill();
    await cloud.emulator.clearFaults();
    await cloud.passTime(LATER_IN_MS);
    return { accepted, never };
  }

  /** The same status route, in another host. */
  function statusIn(app: RunsApp, location: string | null): string {
    const { pathname, search } = new URL(location ?? '');
    return `${app.host.url}${pathname}${search}`;
  }

  test('a host that is killed in the middle of a chunk has its run finished by the next, each report paused once', async () => {
    const ids = reportIds(1, 250);
    const { accepted, never } = await killInChunk(ids, 200);
    const between = await cloud.emulator.changes(ids);

    const next = await cloud.start();
    const [last] = await poll(statusIn(next, accepted.headers.get('location')));
    await next.host.stop();

    expect(between).toHaveLength(199);
    const run = runSchema.parse(last.json);
    expect(run.status).toBe('ok');
    expect(run.results.map(({ reportId: id }) => id)).toEqual(ids);
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Paused'));
    expect(await cloud.emulator.changes(ids)).toHaveLength(ids.length);
    expect(await putsOf(cloud, 'pauseReport', ids)).toEqual(ids.map((id) => (id === never ? 2 : 1)));
  });

  test('a message that is delivered three times at once and once afterwards pauses each report once', async () => {
    const ids = reportIds(301, 340);
    const app = await cloud.start();
    const deliver = async (runId: string) =>
      cloud.queue.sendMessage(Buffer.from(JSON.stringify({ runId })).toString('base64'));
    await cloud.emulator.fault({
      kind: 'slow',
      delayInMs: 1_500,
      operation: 'pauseReport',
      reportId: ids[0],
    });
    const { headers } = await app.post('/api/pause', { reportIds: ids }, long);
    const runId = new URL(headers.get('location') ?? '').pathname.split('/')[3] ?? '';
    await Promise.all([deliver(runId), deliver(runId)]);
    // Two of the three find that the run is taken, and end while it is still worked on.
    await lines(app.host, /^Executed 'work' \(Succeeded/, 2);
    const between = await cloud.emulator.changes(ids);
    const [first] = await poll(headers.get('location'));
    await lines(app.host, /^Executed 'work' \(Succeeded/, 3);

    await deliver(runId);
    await lines(app.host, /^Executed 'work' \(Succeeded/, 4);
    const [again] = await poll(headers.get('location'));
    await app.host.stop();

    expect(between.length).toBeLessThan(ids.length);
    const run = runSchema.parse(first.json);
    expect(run.results.map(({ reportId: id, outcome }) => [id, outcome])).toEqual(
      ids.map((id) => [id, 'paused']),
    );
    expect(again.json).toEqual(first.json);
    expect(await putsOf(cloud, 'pauseReport', ids)).toEqual(ids.map(() => 1));
  });

  test('a run whose message failed five times is told with what to do, and finished when it is continued', async () => {
    const ids = reportIds(401, 420);
    const { accepted } = await killInChunk(ids, 20);
    const location = accepted.headers.get('location');
    const runId = new URL(location ?? '').pathname.split('/')[3];
    const broken = await cloud.start({ MAX_CONCURRENCY: 'many' });
    const [told] = await lines(broken.host, new RegExp(`RunPoisoned.*${runId}`));
    const failures = await lines(broken.host, /^Executed 'work' \(Failed/);
    await broken.host.stop();

    const healed = await cloud.start();
    const before = await healed.get(`/api/runs/${runId}`);
    const continued = await healed.post(`/api/runs/${runId}/continue`, {});
    const [last] = await poll(statusIn(healed, location));
    const after = await healed.post(`/api/runs/${runId}/continue`, {});
    await healed.host.stop();

    expect(JSON.parse(told ?? '')).toMatchObject({
      event: 'RunPoisoned',
      runId,
      message: expect.stringContaining(`POST /api/runs/${runId}/continue`),
    });
    // The delivery that was killed is the first of the five; messages of requests that are answered may fail beside it.
    expect(failures.length).toBeGreaterThanOrEqual(4);
    expect([before.status, continued.status, last.status, after.status]).toEqual([202, 202, 200, 200]);
    expect(runSchema.parse(last.json).results.map(({ reportId: id }) => id)).toEqual(ids);
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Paused'));
    expect(await cloud.emulator.changes(ids)).toHaveLength(ids.length);
  });

  test('a message that names no run is told and dropped, and only a known run can be continued', async () => {
    const app = await cloud.start();
    await cloud.queue.sendMessage(Buffer.from('{"runId":"../x"}').toString('base64'));

    const told = await lines(app.host, /RunMessageRefused/);
    const unknown = await app.post('/api/runs/00000000-0000-4000-8000-000000000000/continue', {});
    await app.host.stop();

    expect(told).toHaveLength(1);
    expect(unknown.status).toBe(404);
    expect(app.host.logs.filter(({ message }) => /^Executed 'work' \(Failed/.test(message))).toEqual([]);
  });

  test('a request that was killed while its caller waited is finished when the caller asks again with its key', async () => {
    const [answered, hung] = [reportId(501), reportId(502)];
    const body = { reportIds: [answered, hung] };
    const app = await cloud.start();
    await cloud.emulator.fault({
      ...{ kind: 'hang', when: 'after', operation: 'pauseReport', reportId: hung },
    });
    const cutOff = app.post('/api/pause', body, { 'idempotency-key': 'k-cut' }).catch(() => 'cut off');
    await until('both PUTs are out', async () =>
      (await putsOf(cloud, 'pauseReport', body.reportIds)).every((count) => count === 1) ? true : null,
    );
    await app.host.kill();
    await cloud.emulator.clearFaults();
    await cloud.passTime(LATER_IN_MS);

    const next = await cloud.start();
    const again = await next.post('/api/pause', body, { 'idempotency-key': 'k-cut' });

    expect(await cutOff).toBe('cut off');
    // Nobody is on it any more: whoever asks takes it over.
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(runSchema.parse(again.json)).toMatchObject({ status: 'ok', summary: { alreadyPaused: 2 } });
    expect(await putsOf(cloud, 'pauseReport', body.reportIds)).toEqual([1, 1]);
  });
});
