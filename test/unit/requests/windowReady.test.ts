import type { WindowReadiness } from '../../../shared/service/windowReadiness.ts';
import type { Answer } from '../../../shared/wire/problem.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const BEGIN = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;

/** The window `default`: daily from 12:00 to 16:00 UTC. */
const settings = (ids: readonly string[], more: Readonly<Record<string, string>> = {}) => ({
  ...{ PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT4H', REPORT_IDS: ids.join(',') },
  ...more,
});

function readinessOf({ status, body }: Answer): WindowReadiness {
  expect([200, 202]).toContain(status);
  return body as WindowReadiness;
}

async function ticksUntil(world: World, process: ProcessUnderTest, untilMs: number): Promise<void> {
  while (world.time.now() < untilMs) {
    await world.time.runUntil(Math.min(untilMs, world.time.now() + MINUTE));
    await world.settle(process.tick());
  }
}

async function worldAt(
  untilMs: number,
  count: number,
  more: { readonly paused?: readonly string[]; readonly settings?: Readonly<Record<string, string>> } = {},
) {
  const world = createWorld({ reports: count });
  for (const id of more.paused ?? []) world.insights.statuses.set(id, 'Paused');
  const one = world.startProcess('one', settings(reportIds(count), more.settings));
  await world.settle(one.tick());
  await ticksUntil(world, one, untilMs);
  const ask = async () => world.settle(one.ready('default'));
  /** Past what was read for people before. */
  const later = async () => {
    await world.time.runUntil(world.time.now() + 16_000);
    return ask();
  };
  return { world, one, ask, later };
}

describe('the go-signal of a window', () => {
  test('is 202 with what it waits for until all is paused, and then 200', async () => {
    const world = createWorld({ reports: 2 });
    const one = world.startProcess('one', settings(reportIds(2)));
    await world.settle(one.tick());
    await world.time.runUntil(BEGIN + 1_000);

    const before = await world.settle(one.ready('default'));
    await world.settle(one.tick());
    await world.time.runUntil(BEGIN + 40_000);
    const after = await world.settle(one.ready('default'));

    expect([before.status, before.headers['retry-after'], after.status]).toEqual([202, '15', 200]);
    expect(readinessOf(before)).toMatchObject({
      ...{ isReady: false, counts: { selected: 2, waiting: 2, paused: 0 } },
      waiting: [{ reportId: reportId(1), code: 'hold_began' }, { reportId: reportId(2) }],
    });
    expect(readinessOf(after)).toMatchObject({
      ...{ isReady: true, waiting: [], notPaused: [], executions: [], problem: null },
      ...{ counts: { paused: 2, executionsUnread: 0 }, occurrence: { untilUtc: '2026-03-01T16:00:00Z' } },
    });
  });

  test('names executions that still run, asks for them every 15 seconds at most, and waits until they are over', async () => {
    const { world, ask, later } = await worldAt(BEGIN + MINUTE, 3);
    world.insights.executions.set(reportId(2), 'Running').set(reportId(3), 'Pending');

    const running = readinessOf(await later());
    for (let poll = 0; poll < 10; poll += 1) await ask();
    const asked = world.insights.executionCalls.length;
    world.insights.executions.delete(reportId(3));
    const fewer = readinessOf(await later());
    world.insights.executions.clear();
    const over = readinessOf(await later());

    expect(running.executions).toEqual([
      expect.objectContaining({ reportId: reportId(2), reportName: 'Report 0002', status: 'Running' }),
      expect.objectContaining({ reportId: reportId(3), status: 'Pending' }),
    ]);
    expect([running.isReady, asked, fewer.counts.executions, fewer.isReady]).toEqual([false, 1, 1, false]);
    expect([over.isReady, over.executions]).toEqual([true, []]);
    // Of the report that was known to rest nobody asks again.
    expect(world.insights.executionCalls.map(({ reports }) => reports)).toEqual([3, 2, 1]);
  });

  test('takes a person’s pause for one when a run has read it, and a person’s resume for told when that counts', async () => {
    const { world, one, ask, later } = await worldAt(BEGIN + MINUTE, 3, { paused: [reportId(1)] });
    expect(readinessOf(await later())).toMatchObject({
      isReady: true,
      counts: { paused: 2, pausedByOthers: 1 },
    });

    world.insights.statuses.set(reportId(2), 'Active');
    expect(readinessOf(await later())).toMatchObject({
      isReady: false,
      waiting: [{ reportId: reportId(2) }],
    });
    await ticksUntil(world, one, BEGIN + 20 * MINUTE);

    const told = readinessOf(await later());
    expect(told).toMatchObject({
      ...{ isReady: true, counts: { paused: 1, pausedByOthers: 1, notPaused: 1 } },
      notPaused: [{ reportId: reportId(2), code: 'hold_without_effect' }],
    });
    expect((await ask()).status).toBe(200);
  });

  test('takes nothing for a person’s pause that only a list shows paused', async () => {
    const world = createWorld({ reports: 1 });
    world.insights.statuses.set(reportId(1), 'Paused');
    const one = world.startProcess('one', settings(reportIds(1)));
    await world.settle(one.tick());
    await world.time.runUntil(BEGIN + 1_000);

    expect(readinessOf(await world.settle(one.ready('default')))).toMatchObject({
      ...{ isReady: false, waiting: [{ code: 'fresh_read_awaited' }] },
    });
  });

  test('takes no report for missing that a list lacks, before a look has asked for it', async () => {
    const world = createWorld({ reports: 1 });
    const one = world.startProcess('one', settings([reportId(1), reportId(9)]));
    world.insights.statuses.set(reportId(1), 'Inactive');
    await world.settle(one.tick());
    await world.time.runUntil(BEGIN + 1_000);
    const before = readinessOf(await world.settle(one.ready('default')));
    await world.settle(one.tick());
    const after = readinessOf(await world.settle(one.ready('default')));

    expect([before.isReady, before.counts.waiting]).toEqual([false, 2]);
    expect([after.isReady, after.notPaused.map(({ code }) => code).sort()]).toEqual([
      true,
      ['inactive', 'not_found'],
    ]);
  });

  test('tells a report whose pause is refused, and one that has run out', async () => {
    const world = createWorld({ reports: 3 });
    world.insights.refusals.set(reportId(1), 400);
    world.insights.statuses.set(reportId(2), 'Inactive');
    const one = world.startProcess('one', settings(reportIds(3)));
    await world.settle(one.tick());
    await ticksUntil(world, one, BEGIN + 2 * MINUTE);
    await world.time.runUntil(world.time.now() + 16_000);

    expect(readinessOf(await world.settle(one.ready('default')))).toMatchObject({
      ...{ isReady: true, counts: { paused: 1, notPaused: 2 } },
      notPaused: [
        { reportId: reportId(1), code: 'upstream_refused' },
        { reportId: reportId(2), code: 'inactive' },
      ],
    });
  });

  test('takes no refusal of an earlier occurrence for one of this', async () => {
    const world = createWorld({ reports: 1 });
    world.insights.refusals.set(reportId(1), 400);
    const hourly = { PAUSE_SCHEDULE: '0 * * * *', PAUSE_DURATION: 'PT20M' };
    const one = world.startProcess('one', settings(reportIds(1), hourly));
    await world.settle(one.tick());
    await ticksUntil(world, one, BEGIN + 22 * MINUTE);
    await world.time.runUntil(BEGIN + 60 * MINUTE + 1_000);

    expect(readinessOf(await world.settle(one.ready('default')))).toMatchObject({
      ...{ isReady: false, waiting: [{ reportId: reportId(1) }], notPaused: [] },
    });
  });

  test('tells reports that are left out by the limit of the window', async () => {
    const move = {
      ...{ name: 'move', reports: { all: true }, maxReports: 1 },
      schedule: { from: '2026-03-01T12:00:00Z', to: '2026-03-01T16:00:00Z' },
    };
    const { world, one } = await worldAt(BEGIN + MINUTE, 2, {
      settings: { REPORT_IDS: '', PAUSE_SCHEDULE: '', MAINTENANCE_WINDOWS: JSON.stringify([move]) },
    });

    expect(readinessOf(await world.settle(one.ready('move')))).toMatchObject({
      notPaused: [{ code: 'window_over_limit' }, { code: 'window_over_limit' }],
    });
  });

  test('asks for the executions of many reports 200 at a time, and is not ready before all are known', async () => {
    const { later } = await worldAt(BEGIN + 10 * MINUTE, 450);

    const told: [number, boolean][] = [];
    for (let poll = 0; poll < 3; poll += 1) {
      const { counts, isReady } = readinessOf(await later());
      told.push([counts.executionsUnread, isReady]);
    }
    expect(told).toEqual([
      [250, false],
      [50, false],
      [0, true],
    ]);
  });

  test.each([
    ['nowhere', {}, BEGIN + MINUTE, 404, 'unknown_window'],
    ['default', {}, BEGIN - MINUTE, 409, 'window_not_open'],
    ['default', { MODE: 'observe' }, BEGIN + MINUTE, 409, 'mode_forbids'],
  ] as const)(
    'of %s with %j is refused where nothing can be waited for',
    async (name, more, atMs, status, code) => {
      const { world, one } = await worldAt(atMs, 1, { settings: more });

      expect(await world.settle(one.ready(name))).toMatchObject({ status, body: { code } });
    },
  );

  test('waits for a fresh look while a run keeps the account from being read', async () => {
    const world = createWorld({ reports: 60 });
    const one = world.startProcess('one', settings([reportId(1)]));
    await world.settle(one.tick());
    await ticksUntil(world, one, BEGIN + MINUTE);
    await world.time.runUntil(world.time.now() + 16_000);
    expect((await world.settle(one.ready('default'))).status).toBe(200);

    world.insights.latencyInMs = 6_000;
    const pausing = one.post('pause', { reportIds: reportIds(60).slice(1) });
    await world.time.runUntil(world.time.now() + 60_000);
    const old = readinessOf(await world.settle(one.ready('default')));

    expect([old.isReady, old.ageInSeconds > 30, old.counts.paused]).toEqual([false, true, 1]);
    await world.settle(pausing);
  });

  test('is a 503 while the reports cannot be read, and says when to ask again', async () => {
    const { world, one } = await worldAt(BEGIN + MINUTE, 1);
    world.insights.statuses.clear();
    await world.time.runUntil(world.time.now() + 16_000);

    const { status, headers, body } = await world.settle(one.ready('default'));
    expect([status, headers['retry-after']]).toEqual([503, '15']);
    expect(body).toMatchObject({ code: 'unexpected_answer' });
  });

  test('is over with the occurrence, when a person ends it', async () => {
    const { world, one, ask } = await worldAt(BEGIN + MINUTE, 1);
    await world.settle(one.window('default', 'end', { reason: 'done' }));

    expect(await ask()).toMatchObject({ status: 409, body: { code: 'window_not_open' } });
  });

  test('is never given while a selected report was Active when it was read and nobody is told why', async () => {
    let ready = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      const random = seededRandom(seed);
      const { world, one } = await worldAt(BEGIN - MINUTE, 4);
      const wasActive = new Map<string, [number, boolean][]>(reportIds(4).map((id) => [id, []]));
      const note = () => {
        for (const [id, seen] of wasActive) {
          seen.push([world.time.now(), world.insights.statuses.get(id) === 'Active']);
        }
      };
      world.insights.latencyInMs = Math.floor(random() * 4_000);
      while (world.time.now() < BEGIN + 15 * MINUTE) {
        note();
        const id = reportId(1 + Math.floor(random() * 4));
        if (random() < 0.05) world.insights.statuses.set(id, random() < 0.5 ? 'Active' : 'Paused');
        if (random() < 0.05) world.insights.refusals.set(id, 400);
        if (random() < 0.05) world.insights.refusals.delete(id);
        if (random() < 0.3) void one.tick();
        const answer = await world.settle(one.ready('default'));
        note();
        const told = answer.body as Partial<WindowReadiness>;
        if (answer.status === 200) {
          ready += 1;
          const named = new Set(told.notPaused?.map((report) => report.reportId));
          const readMs = Date.parse(told.readUtc ?? '');
          const unnamed = [...wasActive].filter(
            ([one, seen]) =>
              !named.has(one) &&
              // Active whenever it was looked at, since the reports were read.
              seen.filter(([atMs]) => atMs >= readMs).every(([, isActive]) => isActive),
          );
          expect([seed, unnamed.map(([one]) => one)]).toEqual([seed, []]);
        }
        await world.time.runUntil(world.time.now() + Math.floor(random() * 20_000));
      }
    }
    expect(ready).toBeGreaterThan(20);
  });
});
