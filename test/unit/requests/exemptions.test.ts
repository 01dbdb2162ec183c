import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const BEGIN = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ana = { 'x-requested-by': 'Ana' };

/** The window `default`: daily from 12:00 to 16:00 UTC, over all reports of the world. */
const settings = (ids: readonly string[], more: Readonly<Record<string, string>> = {}) => ({
  ...{ PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT4H', REPORT_IDS: ids.join(',') },
  ...more,
});

const call = () => ({
  ...{ correlationId: randomUUID(), caller: 'reader', runId: null },
  teller: { info: () => {}, warn: () => {}, error: () => {} },
});

/** Lets time pass until that instant, with a tick each minute and one at its end. */
async function ticksUntil(world: World, process: ProcessUnderTest, untilMs: number, every = MINUTE) {
  while (world.time.now() < untilMs) {
    await world.time.runUntil(Math.min(untilMs, world.time.now() + every));
    await world.settle(process.tick());
  }
}

async function worldWith(count: number, more: Readonly<Record<string, string>> = {}) {
  const world = createWorld({ reports: count });
  const one = world.startProcess('one', settings(reportIds(count), more));
  await world.settle(one.tick());
  const until = (atMs: number, every = MINUTE) => ticksUntil(world, one, atMs, every);
  const status = () => [...world.insights.statuses.values()];
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = ana) =>
    world.settle(one.post(path, body, headers));
  const exempt = (body: object, headers: Readonly<Record<string, string>> = ana, query = '') =>
    post(
      `exemptions${query}`,
      { reportIds: [reportId(1)], allWindows: true, duration: 'PT1H', reason: 'month-end', ...body },
      headers,
    );
  const list = async () =>
    (await world.settle(one.composed.service.exemptions.show(call(), null))).exemptions;
  return { world, one, until, status, post, exempt, list };
}

const allOf = { reports: { all: true }, reportIds: undefined };

describe('a report that is left out of a window before it begins', () => {
  test('is not paused, and is paused once the exemption is over while the window lasts', async () => {
    const { until, status, exempt, list } = await worldWith(3);

    const { status: code, body } = await exempt({ until: '2026-03-01T14:00:00Z', duration: undefined });

    expect(code).toBe(200);
    expect(body).toMatchObject({
      exemption: {
        ...{ untilUtc: '2026-03-01T14:00:00Z', who: 'key, calls itself Ana', why: 'month-end' },
        ...{ state: 'active', allWindows: true, leavesOut: { count: 1 } },
      },
      effect: { resumes: { count: 0 }, pauses: { count: 0 } },
      dryRun: false,
    });
    await until(BEGIN + MINUTE);
    expect(status()).toEqual(['Active', 'Paused', 'Paused']);
    await until(BEGIN + 2 * HOUR - MINUTE);
    expect(status()).toEqual(['Active', 'Paused', 'Paused']);
    await until(BEGIN + 2 * HOUR + MINUTE);
    expect(status()).toEqual(['Paused', 'Paused', 'Paused']);
    expect((await list()).map(({ state }) => state)).toEqual(['expired']);
    await until(BEGIN + 4 * HOUR + MINUTE);
    expect(status()).toEqual(['Active', 'Active', 'Active']);
  });
});

describe('a report that is left out of a window in the middle of it', () => {
  test('comes back where that window alone holds it, and says so before', async () => {
    const { one, until, status, exempt } = await worldWith(4);
    await until(BEGIN + 2 * MINUTE);
    expect(status()).toEqual(Array(4).fill('Paused'));

    const { body } = await exempt({});

    expect(body).toMatchObject({ effect: { resumes: { count: 1, reports: [{ reportId: reportId(1) }] } } });
    expect(status()).toEqual(Array(4).fill('Paused'));
    await until(BEGIN + 4 * MINUTE);
    expect(status()).toEqual(['Active', 'Paused', 'Paused', 'Paused']);
    expect(one.lines.filter((line) => /WindowLate|WindowMissed|LeftPaused|Doubtful/.test(line))).toEqual([]);
  });

  test('stays paused where a request holds it too, and stays a person’s where a person had paused it', async () => {
    const { world, until, status, exempt, post } = await worldWith(4);
    world.insights.statuses.set(reportId(2), 'Paused');
    await until(BEGIN + 2 * MINUTE);
    await post('pause', { reportIds: [reportId(1)], reason: 'audit', until: '2026-03-01T15:00:00Z' });

    const { body } = await exempt(allOf);

    expect(body).toMatchObject({ effect: { resumes: { count: 2 }, staysPaused: { count: 2 } } });
    await until(BEGIN + 20 * MINUTE);
    expect(status()).toEqual(['Paused', 'Paused', 'Active', 'Active']);
    await until(BEGIN + 50 * MINUTE);
    expect(world.insights.statuses.get(reportId(2))).toBe('Paused');
  });

  test('is left alone after the exemption where a person had resumed it during the window', async () => {
    const { world, one, until, status, exempt } = await worldWith(2);
    await until(BEGIN + 10 * MINUTE);
    world.insights.statuses.set(reportId(1), 'Active');
    await until(BEGIN + 30 * MINUTE);
    await exempt({});
    await until(BEGIN + 32 * MINUTE);
    expect((await world.settle(one.ready('default'))).body).toMatchObject({
      counts: { selected: 1, exempt: 1, notPaused: 0 },
    });
    await until(BEGIN + 2 * HOUR);

    expect(status()).toEqual(['Active', 'Paused']);
  });

  test('loses nothing where the process is killed between the word and the tick', async () => {
    const { world, one, until, status, exempt } = await worldWith(2);
    await until(BEGIN + 2 * MINUTE);
    await exempt({});
    one.stop();

    const two = world.startProcess('two', settings(reportIds(2)));
    await ticksUntil(world, two, BEGIN + 5 * MINUTE);

    expect(status()).toEqual(['Active', 'Paused']);
    expect(two.lines.filter((line) => line.includes('ReportsExempted'))).not.toEqual([]);
  });
});

test('an end before its time pauses the report again while the window lasts, and tells so before', async () => {
  const { until, status, exempt, post } = await worldWith(2);
  await until(BEGIN + 2 * MINUTE);
  const id = idOf((await exempt({})).body);
  await until(BEGIN + 10 * MINUTE);
  expect(status()).toEqual(['Active', 'Paused']);

  const dry = await post(`exemptions/${id}/end?dryRun=true`, { reason: 'done after all' });
  const { status: code, body } = await post(`exemptions/${id}/end`, { reason: 'done after all' });

  const pauses = { count: 1, reports: [{ reportId: reportId(1) }] };
  expect(dry.body).toMatchObject({ dryRun: true, effect: { pauses } });
  expect([code, body]).toMatchObject([
    200,
    {
      exemption: { state: 'ended', ended: { who: 'key, calls itself Ana', why: 'done after all' } },
      effect: { pauses },
    },
  ]);
  await until(BEGIN + 12 * MINUTE);
  expect(status()).toEqual(['Paused', 'Paused']);
  const again = await post(`exemptions/${id}/end`, { reason: 'once more' }, { 'x-requested-by': 'Ben' });
  expect([again.status, again.body]).toMatchObject([
    200,
    { exemption: { ended: { why: 'done after all' } } },
  ]);
  expect((await post('exemptions/nothing/end', { reason: 'x' })).status).toBe(404);
});

test('a window that it does not name pauses the report all the same', async () => {
  const other = {
    name: 'other',
    schedule: { start: '0 12 * * *', duration: 'PT4H', timeZone: 'UTC' },
    reports: { all: true },
  };
  const { until, status, exempt } = await worldWith(2, { MAINTENANCE_WINDOWS: JSON.stringify([other]) });
  await exempt({ windows: ['default'], allWindows: undefined });
  await until(BEGIN + 3 * MINUTE);
  expect(status()).toEqual(['Paused', 'Paused']);

  const { body } = await exempt({ windows: ['other'], allWindows: undefined });
  await until(BEGIN + 6 * MINUTE);

  expect(body).toMatchObject({ effect: { resumes: { count: 1 } } });
  expect(status()).toEqual(['Active', 'Paused']);
});

test('a pattern leaves out what appears later, a whole name the one report that bears it now', async () => {
  const all = {
    name: 'all',
    schedule: { start: '0 12 * * *', duration: 'PT4H', timeZone: 'UTC' },
    reports: { all: true },
  };
  const { world, until, exempt } = await worldWith(2, {
    ...{ MAINTENANCE_WINDOWS: JSON.stringify([all]), PAUSE_SCHEDULE: '', PAUSE_DURATION: '', REPORT_IDS: '' },
  });
  const { statuses, names } = world.insights;
  names.set(reportId(2), 'Usage');
  const pattern = await exempt({ reportIds: undefined, reports: { namePattern: 'Sales*' } });
  const name = await exempt({ reportIds: undefined, reports: { namePattern: 'usage' } });
  const misspelt = await exempt({ reportIds: undefined, reports: { namePattern: 'Usaeg' } });
  names.set(reportId(3), 'Sales EU');
  statuses.set(reportId(3), 'Active');

  await until(BEGIN + 5 * MINUTE);

  expect([pattern.body, name.body]).toMatchObject([
    { exemption: { reports: { namePattern: 'Sales*' }, leavesOut: { count: 0 } } },
    { exemption: { reports: { ids: [reportId(2)] }, leavesOut: { count: 1 } } },
  ]);
  expect([misspelt.status, misspelt.body]).toMatchObject([404, { candidates: [{ reportName: 'Usage' }] }]);
  expect([...statuses]).toEqual([
    [reportId(1), 'Paused'],
    [reportId(2), 'Active'],
    [reportId(3), 'Active'],
  ]);
});

test('the example of the page leaves out what it says', async () => {
  const page = readFileSync('docs/windows.md', 'utf8');
  const jsonAfter = (heading: string): object =>
    JSON.parse(/```json\n(.+?)```/s.exec(page.slice(page.indexOf(heading)))?.[1] ?? 'null');
  const { world, post } = await worldWith(2, {
    ...{ PAUSE_SCHEDULE: '', PAUSE_DURATION: '', REPORT_IDS: '' },
    MAINTENANCE_WINDOWS: JSON.stringify(jsonAfter('# Windows')),
  });
  world.insights.names.set(reportId(2), 'AzureUsage-daily EMEA');

  const { status, body } = await post('exemptions', jsonAfter('## Left out for a while'));

  expect([status, body]).toMatchObject([
    200,
    {
      exemption: {
        ...{ windows: ['weekly-load'], untilLocal: '2026-12-31T06:00:00+01:00[Europe/Berlin]' },
        leavesOut: { count: 1, reports: [{ reportName: 'AzureUsage-daily EMEA' }] },
      },
    },
  ]);
});

describe('it is shown', () => {
  test('in the plan, at the window, in its readiness and in the list', async () => {
    const { world, one, until, exempt, list } = await worldWith(2);
    await exempt({ duration: undefined, until: '2026-03-01T13:58:00Z' });
    await until(BEGIN + 5 * MINUTE);
    const shownIn = async (path: string) => (await world.settle(one.get(path))).body;
    const leftOut = { windows: [], leavesOut: { count: 1, reports: [{ reportId: reportId(1) }] } };
    const untilUtc = '2026-03-01T13:58:00Z';

    expect(await shownIn('plan')).toMatchObject({
      reports: expect.arrayContaining([
        expect.objectContaining({
          ...{ reportId: reportId(1), action: 'none' },
          leftOutOf: [expect.objectContaining({ window: 'default', untilUtc, why: 'month-end' })],
        }),
        expect.objectContaining({ reportId: reportId(2), action: 'none', leftOutOf: [] }),
      ]),
    });
    expect(await shownIn(`plan?report=${reportId(1)}`)).toMatchObject({
      inWords: expect.arrayContaining([
        `It is left out of window default until ${untilUtc}, by key, calls itself Ana: month-end`,
      ]),
    });
    expect(await shownIn('plan?at=2026-03-01T14:00:00Z')).toMatchObject({
      reports: expect.arrayContaining([
        expect.objectContaining({ reportId: reportId(1), action: 'pause', leftOutOf: [] }),
      ]),
    });
    expect(await world.settle(one.composed.service.windows(call()))).toMatchObject({
      windows: [{ selects: { count: 1, exemptCount: 1, exempt: [{ reportId: reportId(1), untilUtc }] } }],
    });
    expect((await world.settle(one.ready('default'))).body).toMatchObject({
      counts: { selected: 1, exempt: 1, paused: 1 },
    });
    expect(await list()).toMatchObject([leftOut]);
    expect(await shownIn('exemptions')).toMatchObject({ exemptions: [leftOut], problems: [] });
  });

  test('as a warning where nothing of a window is left', async () => {
    const { world, one, exempt } = await worldWith(2);
    await exempt(allOf);
    const { problems } = await world.settle(one.composed.service.windows(call()));
    expect(problems).toMatchObject([
      { code: 'selects_none', message: expect.stringContaining('left out of it (2), the last until') },
    ]);
  });
});

describe('a request that comes again', () => {
  const keyed = { ...ana, 'idempotency-key': 'k1' };

  test('by its key is told how the first one stands, and makes no other; another one is refused', async () => {
    const { until, exempt, list, post } = await worldWith(2);
    const first = await exempt({}, keyed);
    await until(BEGIN + 2 * HOUR, 5 * MINUTE);

    const again = await exempt({}, keyed);

    expect(again).toMatchObject({
      ...{ status: 200, headers: { 'idempotent-replayed': 'true' } },
      body: { exemption: { id: idOf(first.body), state: 'expired' } },
    });
    expect(await exempt({ reason: 'other' }, keyed)).toMatchObject({
      ...{ status: 422, body: { code: 'idempotency_key_reused' } },
    });
    expect(await list()).toHaveLength(1);
    expect((await post('exemptions', {}, { 'idempotency-key': 'not one' })).status).toBe(400);
  });

  test('without a key replaces its own, and makes it anew where it was ended', async () => {
    const { world, exempt, list, post } = await worldWith(2);
    const first = await exempt({});
    await world.time.runUntil(world.time.now() + 10 * MINUTE);
    await exempt({});
    expect(await list()).toMatchObject([
      { id: idOf(first.body), untilUtc: expect.stringMatching(/^2026-03-01T13:08/) },
    ]);
    await post(`exemptions/${idOf(first.body)}/end`, { reason: 'done' });
    expect(await list()).toMatchObject([{ state: 'ended' }]);
    await exempt({});
    expect(await list()).toMatchObject([{ state: 'active', ended: null }]);
  });

  test('and was overtaken by a later one, also by its end, changes nothing any more', async () => {
    /** A world in which a request stands still after so many calls of the storage, and whether it has written by then. */
    const stoppedAfter = async (calls: number) => {
      const { world, one } = await worldWith(2);
      const two = world.startProcess('two', settings(reportIds(2)));
      let made = 0;
      one.storage = () => {
        made += 1;
        if (made === calls) one.stop();
        return 'passes';
      };
      const body = { reportIds: [reportId(1)], allWindows: true, duration: 'PT1H', reason: 'month-end' };
      const late = one.post('exemptions', body, ana);
      await world.time.runUntil(world.time.now() + MINUTE);
      const listed = async () =>
        (await world.settle(two.composed.service.exemptions.show(call(), null))).exemptions;
      return { world, one, two, late, listed, body };
    };
    let calls = 1;
    while ((await (await stoppedAfter(calls + 1)).listed()).length === 0) calls += 1;

    const { world, one, two, late, listed, body } = await stoppedAfter(calls);
    expect(await listed()).toEqual([]);
    const { body: later } = await world.settle(two.post('exemptions', body, ana));
    await world.settle(two.post(`exemptions/${idOf(later)}/end`, { reason: 'done' }, ana));
    one.wake();
    await world.settle(late);

    expect(await listed()).toMatchObject([{ state: 'ended', ended: { why: 'done' } }]);
  });

  test('after an answer of the storage that was lost finds what was written', async () => {
    const { one, exempt, list, until, status } = await worldWith(2);
    for (let lost = 1; lost < 12; lost += 1) {
      let calls = 0;
      one.storage = () => {
        calls += 1;
        return calls === lost ? 'answerLost' : 'passes';
      };
      const own = { ...keyed, 'idempotency-key': `lost-${lost}` };
      const first = await exempt({}, own);
      one.storage = () => 'passes';
      const again = await exempt({}, own);
      expect([200, 503]).toContain(first.status);
      expect(again.status).toBe(200);
      expect(await list()).toHaveLength(lost);
    }
    await until(BEGIN + 3 * MINUTE);
    expect(status()).toEqual(['Active', 'Paused']);
  });
});

test('a dry run writes nothing, and tells which reports would come back and which would stay', async () => {
  const { world, until, exempt, list, post, one, status } = await worldWith(3);
  await until(BEGIN + 2 * MINUTE);
  await post('pause', { reportIds: [reportId(2)], reason: 'audit' });

  const { status: code, body } = await exempt(allOf, ana, '?dryRun=true');

  expect([code, body]).toMatchObject([
    200,
    {
      dryRun: true,
      exemption: { leavesOut: { count: 3 } },
      effect: {
        resumes: { reports: [{ reportId: reportId(1) }, { reportId: reportId(3) }] },
        staysPaused: { reports: [{ reportId: reportId(2) }] },
      },
    },
  ]);
  expect(await list()).toEqual([]);
  await until(BEGIN + 10 * MINUTE);
  expect(status()).toEqual(['Paused', 'Paused', 'Paused']);
  expect(one.lines.filter((line) => line.includes('ReportsExempted'))).toEqual([]);
  expect(world.messages).toEqual([]);
});

test('what is over is kept for a day, and dropped then', async () => {
  const { until, exempt, list } = await worldWith(2);
  await exempt({});
  await until(BEGIN + DAY, HOUR);
  expect(await list()).toMatchObject([{ state: 'expired', leavesOut: null }]);
  await until(BEGIN + 2 * DAY + HOUR, HOUR);
  expect(await list()).toEqual([]);
});

describe('bad input names the field', () => {
  test.each<[string, object]>([
    ['/reason', { reason: ' ' }],
    ['/reason', { reason: undefined }],
    ['/until', { duration: undefined }],
    ['/until', { duration: undefined, until: '2026-03-01T10:00:00Z' }],
    ['/until', { duration: undefined, until: '2026-03-01T18:00' }],
    ['/timeZone', { timeZone: 'Mars' }],
    ['/duration', { until: '2026-03-01T18:00:00Z' }],
    ['/windows', { allWindows: undefined }],
    ['/windows', { windows: ['default'] }],
    ['/windows', { windows: [], allWindows: undefined }],
    ['/windows', { windows: ['default', 'default'], allWindows: undefined }],
    ['/windows/1', { windows: ['default', 'nightly'], allWindows: undefined }],
    ['/windows/0', { windows: ['Not A Name'], allWindows: undefined }],
    ['/allWindows', { allWindows: false }],
    ['/reportIds', { reportIds: undefined }],
    ['/reportIds', { reports: { all: true } }],
    ['/reportIds', { reportIds: reportIds(101) }],
    ['/reportIds/0', { reportIds: ['x'] }],
    ['/report', { report: 'x' }],
  ])('%s', async (pointer, body) => {
    const { exempt, list } = await worldWith(1);
    const { status, body: answer } = await exempt(body);
    expect([status, answer]).toMatchObject([
      400,
      { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    ]);
    expect(await list()).toEqual([]);
  });

  test('an account that is not there, and an end without a reason', async () => {
    const { exempt, post } = await worldWith(1);
    expect((await exempt({ account: 'other' })).status).toBe(404);
    const id = idOf((await exempt({})).body);
    expect(await post(`exemptions/${id}/end`, {})).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/reason' }] } },
    });
  });
});

test('nobody has more than a hundred, those included that are over', async () => {
  const { exempt, list } = await worldWith(1);
  for (let count = 0; count < 100; count += 1) await exempt({ reason: `number ${count}` });
  expect(await exempt({ reason: 'one more' })).toMatchObject({
    ...{ status: 409, body: { code: 'too_many_exemptions' } },
  });
  expect((await exempt({ reason: 'number 7' })).status).toBe(200);
  expect(await list()).toHaveLength(100);
});

test('a wall time is read in the zone that is named, and told in it', async () => {
  const { exempt } = await worldWith(1);
  const end = { duration: undefined, until: '2026-03-01T18:00', timeZone: 'Europe/Amsterdam' };
  expect((await exempt(end)).body).toMatchObject({
    exemption: {
      ...{ untilUtc: '2026-03-01T17:00:00Z', untilLocal: '2026-03-01T18:00:00+01:00[Europe/Amsterdam]' },
    },
  });
});

test('an idle tick makes no more calls to the storage where something is left out', async () => {
  const { one, until, exempt } = await worldWith(2);
  await until(BEGIN + 5 * HOUR, 10 * MINUTE);
  const callsOfTick = async (atMs: number) => {
    let calls = 0;
    one.storage = () => {
      calls += 1;
      return 'passes';
    };
    await until(atMs);
    return calls;
  };
  const before = await callsOfTick(BEGIN + 5 * HOUR + MINUTE);
  await exempt({ duration: 'P2D' });
  await until(BEGIN + 6 * HOUR, 10 * MINUTE);
  expect(await callsOfTick(BEGIN + 6 * HOUR + MINUTE)).toBe(before);
});

test('who left what out of which windows and why is told once, and so is its end', async () => {
  const { one, until, exempt, post } = await worldWith(2);
  const made = [
    await exempt({ duration: undefined, until: '2026-03-01T12:58:00Z' }),
    await exempt({ reportIds: [reportId(2)], windows: ['default'], allWindows: undefined }),
  ];
  await until(BEGIN + 10 * MINUTE);
  const told = (event: string) =>
    one.lines
      .map((line): { event: string; detail: string } => JSON.parse(line))
      .flatMap((line) => (line.event === event ? [line.detail] : []));
  const ids = made.map(({ body }) => idOf(body));
  expect(one.lines.filter((line) => line.includes('"about"'))).toEqual([]);

  const lines = told('ReportsExempted');
  expect(lines).toHaveLength(2);
  expect(lines).toContain(
    `report ${reportId(1)} left out of every window until 2026-03-01T12:58:00Z, says key, calls itself Ana: month-end (exemption ${ids[0]})`,
  );
  await post(`exemptions/${ids[0]}/end`, { reason: 'done' });
  await until(BEGIN + 13 * MINUTE);
  expect(told('ExemptionEnded')).toEqual([
    `no longer left out: report ${reportId(1)}, says key, calls itself Ana: done (exemption ${ids[0]})`,
  ]);
});

function idOf(body: unknown): string {
  const { exemption }: { exemption: { id: string } } = JSON.parse(JSON.stringify(body));
  return exemption.id;
}
