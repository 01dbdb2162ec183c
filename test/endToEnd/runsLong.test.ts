import { hostKeys } from './appUnderTest.ts';
import { reportId, UNKNOWN_REPORT } from './emulatorDoor.ts';
import {
  ask,
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

const A_DAY_IN_MS = 86_400_000;
const asRun = (json: unknown) => runSchema.parse(json);
const ofResults = (json: unknown) => asRun(json).results.map(({ reportId: id }) => id);

describe('a request that is too long to wait for', () => {
  const all = reportIds(1, 500);
  let cloud: RunsCloud;
  let app: RunsApp;
  beforeAll(async () => {
    cloud = await startRunsCloud();
    app = await cloud.start();
  });
  afterAll(() => cloud.stop());

  test('a poller that sends its key each time, as Logic Apps does, pauses 500 reports and sees how far they are', async () => {
    await cloud.emulator.fault({ kind: 'slow', delayInMs: 700, when: 'before', reportId: reportId(250) });
    const accepted = await app.post('/api/pause', { reportIds: all, reason: 'migration' });

    const location = accepted.headers.get('location');
    const [last, ...got] = await poll(location, { 'x-functions-key': hostKeys.function });

    expect(accepted.status).toBe(202);
    expect(location).toMatch(
      new RegExp(`^${app.host.url}/api/runs/[0-9a-f-]{36}/status\\?token=[\\w-]{43}$`),
    );
    expect(got.slice(0, -1).map(({ headers }) => headers.get('location'))).toEqual(
      got.slice(1).map(() => location),
    );
    expect(got.slice(0, -1).every(({ headers }) => headers.get('retry-after') === '5')).toBe(true);
    expect(got.slice(0, -1).map(({ json }) => json)).toContainEqual(
      expect.objectContaining({ status: 'working', total: 500, done: 200 }),
    );
    expect(last.status).toBe(200);
    expect(asRun(last.json)).toMatchObject({ status: 'ok', door: 'pause', summary: { paused: 500 } });
    expect(ofResults(last.json)).toEqual(all);
    expect(await putsOf(cloud, 'pauseReport', all)).toEqual(all.map(() => 1));
  });

  test('a poller without credentials, as Power Automate is, resumes the 500 reports', async () => {
    const accepted = await app.post('/api/resume', { reportIds: all });

    const [last] = await poll(accepted.headers.get('location'));

    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('retry-after')).toBe('5');
    expect(last.status).toBe(200);
    expect(asRun(last.json)).toMatchObject({ status: 'ok', door: 'resume', summary: { resumed: 500 } });
    expect(ofResults(last.json)).toEqual(all);
    expect(await cloud.emulator.statuses(all)).toEqual(all.map(() => 'Active'));
    expect(await putsOf(cloud, 'resumeReport', all)).toEqual(all.map(() => 1));
  });

  test('a resume that comes while a long pause still works ends all of it', async () => {
    await cloud.emulator.fault({
      kind: 'slow',
      delayInMs: 2_000,
      when: 'before',
      operation: 'pauseReport',
      reportId: reportId(1),
    });
    const ids = all.slice(0, 150);
    const accepted = await app.post(
      '/api/pause',
      { reportIds: ids, requestId: 'too-much' },
      { prefer: 'respond-async' },
    );
    await until('the pause has begun', async () =>
      (await cloud.emulator.statuses(ids)).includes('Paused') ? true : null,
    );

    const resumed = await app.post('/api/resume', { requestId: 'too-much', reason: 'a mistake' });
    const [last] = await poll(accepted.headers.get('location'));
    await app.post('/api/tick', {});

    expect([resumed.status, last.status]).toEqual([200, 200]);
    expect(await cloud.emulator.statuses(ids)).toEqual(ids.map(() => 'Active'));
  });

  test('one report is answered at once, or later where the caller prefers it', async () => {
    const [soon, later] = [reportId(501), reportId(502)];

    const answered = await app.post('/api/pause', { reportIds: [soon] });
    const accepted = await app.post(
      '/api/pause',
      { reportIds: [later] },
      { prefer: 'wait=10, respond-async' },
    );
    const [last] = await poll(accepted.headers.get('location'));

    expect([answered.status, accepted.status, last.status]).toEqual([200, 202, 200]);
    expect(asRun(last.json).results).toMatchObject([{ reportId: later, outcome: 'paused' }]);
  });

  test('all that one request holds is resumed later too', async () => {
    const ids = reportIds(503, 505);
    await app.post('/api/pause', { reportIds: ids, requestId: 'move-7' });

    const accepted = await app.post('/api/resume', { requestId: 'move-7' }, { prefer: 'respond-async' });
    const [last] = await poll(accepted.headers.get('location'));

    expect(ofResults(last.json).sort()).toEqual(ids);
    expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active', 'Active']);
  });

  test('what cannot be done ends in the results, beside what was done', async () => {
    const [good, forbidden] = [reportId(506), reportId(507)];
    await cloud.emulator.fault({
      ...{ kind: 'forbidden', operation: 'pauseReport', reportId: forbidden, times: null },
    });

    const accepted = await app.post(
      '/api/pause',
      { reportIds: [good, UNKNOWN_REPORT, forbidden] },
      { prefer: 'respond-async' },
    );
    const [last] = await poll(accepted.headers.get('location'));
    await cloud.emulator.clearFaults();

    expect(last.status).toBe(200);
    expect(asRun(last.json).status).toBe('partial');
    expect(asRun(last.json).results.map(({ reportId: id, outcome }) => [id, outcome])).toEqual([
      [good, 'paused'],
      [UNKNOWN_REPORT, 'notFound'],
      [forbidden, 'forbidden'],
    ]);
  });

  test('with the function key a run is seen by its id; without one, or with another id, it is not', async () => {
    const accepted = await app.post(
      '/api/pause',
      { reportIds: [reportId(508)] },
      { prefer: 'respond-async' },
    );
    const runId = new URL(accepted.headers.get('location') ?? '').pathname.split('/')[3];
    await poll(accepted.headers.get('location'));

    const seen = await app.get(`/api/runs/${runId}`);
    const unknown = await app.get('/api/runs/00000000-0000-4000-8000-000000000000');
    const noId = await app.get("/api/runs/x'%20or%201");
    const withoutKey = await fetch(`${app.host.url}/api/runs/${runId}`);

    expect([seen.status, asRun(seen.json).runId]).toEqual([200, runId]);
    expect([unknown.status, noId.status, withoutKey.status]).toEqual([404, 404, 401]);
  });

  test('a wrong token, none, another run’s and an expired one are answered as a run that does not exist', async () => {
    const location = async (number: number) => {
      const body = { reportIds: [reportId(number)] };
      const { headers } = await app.post('/api/pause', body, { prefer: 'respond-async' });
      await poll(headers.get('location'));
      return new URL(headers.get('location') ?? '');
    };
    const [own, other] = [await location(509), await location(510)];
    const unknown = `${app.host.url}/api/runs/00000000-0000-4000-8000-000000000000/status${own.search}`;
    const nobodyKnows = await ask(unknown, {});
    const refused = await Promise.all(
      ['', '?token=', `?token=${'A'.repeat(43)}`, other.search].map((query) =>
        ask(`${own.origin}${own.pathname}${query}`, {}),
      ),
    );
    await cloud.passTime(A_DAY_IN_MS + 60_000);
    const later = await cloud.start();
    const expired = await ask(`${later.host.url}${own.pathname}${own.search}`, {});
    const withKey = await later.get(own.pathname.replace('/status', ''));

    expect(nobodyKnows.status).toBe(404);
    for (const answer of [...refused, expired]) {
      expect([answer.status, answer.json]).toEqual([404, nobodyKnows.json]);
      expect([...answer.headers.keys()]).toEqual([...nobodyKnows.headers.keys()]);
    }
    expect(withKey.status).toBe(200);
  });

  test('no line of the host shows a status token', async () => {
    const { headers } = await app.post(
      '/api/pause',
      { reportIds: [reportId(511)] },
      { prefer: 'respond-async' },
    );
    await poll(headers.get('location'));

    const token = new URL(headers.get('location') ?? '').searchParams.get('token') ?? '';

    expect(token).toHaveLength(43);
    expect(app.host.logs.filter(({ message }) => message.includes(token))).toEqual([]);
  });
});
