import { randomUUID } from 'node:crypto';
import { seededRandom } from '../../fakes/seededRandom.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const BEGIN = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const why = { reason: 'the load is done' };

/** The window `default`: daily from 12:00 to 16:00 UTC. */
const settings = (ids: readonly string[], more: Readonly<Record<string, string>> = {}) => ({
  ...{ PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT4H', REPORT_IDS: ids.join(',') },
  ...more,
});

const call = () => ({
  ...{ correlationId: randomUUID(), caller: 'reader', runId: null },
  teller: { info: () => {}, warn: () => {}, error: () => {} },
});

/** Lets time pass until that instant, with a tick every five minutes and one at its end. */
async function ticksUntil(world: World, process: ProcessUnderTest, untilMs: number): Promise<void> {
  while (world.time.now() < untilMs) {
    await world.time.runUntil(Math.min(untilMs, world.time.now() + 5 * MINUTE));
    await world.settle(process.tick());
  }
}

async function openWorld(count: number, more: Readonly<Record<string, string>> = {}) {
  const world = createWorld({ reports: count });
  const one = world.startProcess('one', settings(reportIds(count), more));
  await world.settle(one.tick());
  await ticksUntil(world, one, BEGIN);
  await ticksUntil(world, one, BEGIN + 2 * MINUTE);
  const status = () => [...world.insights.statuses.values()];
  const shown = async (process = one) =>
    (await world.settle(process.composed.service.windows(call()))).windows[0];
  const end = (process = one, headers = {}) => world.settle(process.window('default', 'end', why, headers));
  const extend = (body: object, headers = {}) =>
    world.settle(one.window('default', 'extend', { ...why, ...body }, headers));
  return { world, one, status, shown, end, extend };
}

describe('the end of a window by a person', () => {
  test('brings back at once what the occurrence held, says who and why, and leaves the next occurrence as it is', async () => {
    const { world, one, status, shown, end } = await openWorld(3);
    expect(status()).toEqual(Array(3).fill('Paused'));

    const { status: code, body } = await end(one, { 'x-requested-by': 'Ana' });

    expect([code, status()]).toEqual([200, Array(3).fill('Active')]);
    expect(body).toMatchObject({
      ...{ door: 'end', status: 'ok', summary: { resumed: 3 } },
      occurrence: {
        ...{ window: 'default', fromUtc: '2026-03-01T12:00:00Z', untilUtc: '2026-03-01T12:02:00Z' },
      },
    });
    expect(await shown()).toMatchObject({
      now: null,
      said: { what: 'ended', who: 'key, calls itself Ana', why: 'the load is done' },
    });
    expect((await shown())?.next[0]).toMatchObject({
      ...{ fromUtc: '2026-03-02T12:00:00Z', untilUtc: '2026-03-02T16:00:00Z' },
    });
    await ticksUntil(world, one, BEGIN + 4 * HOUR);
    expect(status()).toEqual(Array(3).fill('Active'));
    await ticksUntil(world, one, BEGIN + DAY + MINUTE);
    expect(status()).toEqual(Array(3).fill('Paused'));
    expect(one.lines.filter((line) => line.includes('"WindowEnded"'))).toHaveLength(1);
    const explained = await world.settle(one.composed.service.report(reportId(1), call()));
    expect(
      explained.kind === 'found' && explained.report.history.map(({ what, who }) => [what, who]),
    ).toContainEqual(['resumed', 'key, calls itself Ana, who ended window default']);
    expect(one.lines.filter((line) => /"Window(Late|Missed)"/.test(line))).toEqual([]);
  });

  test('leaves paused what a request or another window holds too, and what a human paused', async () => {
    const { world, one, status, end } = await openWorld(3);
    await world.settle(one.post('pause', { reportIds: [reportId(1)], reason: 'audit' }));
    world.insights.statuses.set(reportId(3), 'Active');
    await ticksUntil(world, one, BEGIN + 20 * MINUTE);
    world.insights.statuses.set(reportId(3), 'Paused');

    const { status: code, body } = await end();

    expect(status()).toEqual(['Paused', 'Active', 'Paused']);
    expect(code).toBe(200);
    expect(body).toMatchObject({
      results: [
        { reportId: reportId(1), outcome: 'stillHeld' },
        { reportId: reportId(2), outcome: 'resumed' },
        { reportId: reportId(3), outcome: 'foreign' },
      ],
    });
  });

  test('counts before the first tick has seen the occurrence, and is then no window that was missed', async () => {
    const world = createWorld({ reports: 1 });
    const one = world.startProcess('one', settings(reportIds(1)));
    await world.settle(one.tick());
    await world.time.runUntil(BEGIN + MINUTE / 2);

    expect(await world.settle(one.window('default', 'end', why))).toMatchObject({ status: 200 });
    await ticksUntil(world, one, BEGIN + 10 * MINUTE);

    expect(world.insights.puts).toEqual([]);
    expect(one.lines.filter((line) => line.includes('"WindowMissed"'))).toEqual([]);
  });

  test('that comes while a tick begins the occurrence brings back what that tick takes in', async () => {
    const world = createWorld({ reports: 3 });
    const [one, two] = ['one', 'two'].map((name) => world.startProcess(name, settings(reportIds(3))));
    if (one === undefined || two === undefined) throw new Error('no process');
    await world.settle(one.tick());
    await world.time.runUntil(BEGIN + 1_000);
    world.insights.latencyInMs = 3_000;
    const beginning = one.tick();
    await world.time.runUntil(BEGIN + 2_000);

    const { status, body } = await world.settle(two.window('default', 'end', why));
    await beginning;

    expect(status).toBe(200);
    expect(world.insights.puts.map(({ verb }) => verb).sort()).toEqual([
      ...Array(3).fill('pause'),
      ...Array(3).fill('resume'),
    ]);
    expect(body).toMatchObject({ summary: { resumed: 3 } });
    expect([...world.insights.statuses.values()]).toEqual(Array(3).fill('Active'));
  });

  test('stays where the window is edited afterwards, its start being the same', async () => {
    const { world, status, shown, end } = await openWorld(2);
    await end();

    const two = world.startProcess('two', { ...settings(reportIds(2)), PAUSE_DURATION: 'PT9H' });
    await ticksUntil(world, two, BEGIN + 8 * HOUR);

    expect(status()).toEqual(['Active', 'Active']);
    expect((await shown(two))?.now).toBeNull();
  });

  test('is kept as long as the occurrence would last, and then forgotten', async () => {
    const { world, one, end } = await openWorld(1, { PAUSE_SCHEDULE: '0 12 1 * *', PAUSE_DURATION: 'P10D' });
    await end();
    const said = () => world.settle(one.composed.parts.ledger.allSaidEnds([]));
    const daily = async (untilMs: number) => {
      while (world.time.now() < untilMs) {
        await world.time.runUntil(world.time.now() + DAY);
        await world.settle(one.tick());
      }
    };
    await daily(BEGIN + 9 * DAY);
    expect([(await said()).length, world.insights.statuses.get(reportId(1))]).toEqual([1, 'Active']);
    await daily(BEGIN + 12 * DAY);
    expect(await said()).toEqual([]);
  });

  test('by a repeat with the same key is the same end, though the window is not open any more', async () => {
    const { end, one } = await openWorld(2);
    const headers = { 'idempotency-key': 'done-1' };
    const [first, again] = [await end(one, headers), await end(one, headers)];

    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([200, 200, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await end(one)).toMatchObject({
      ...{ status: 409, body: { code: 'window_not_open', opensUtc: '2026-03-02T12:00:00Z' } },
    });
  });

  test('of many reports is answered with a run to follow', async () => {
    const { world, one, status, end } = await openWorld(3);
    const { status: code, body } = await end(one, { prefer: 'respond-async' });
    expect([code, status().includes('Active')]).toEqual([202, false]);

    await world.time.runUntil(world.time.now() + 2 * MINUTE);

    expect(status()).toEqual(Array(3).fill('Active'));
    const { runId } = body as { runId: string };
    expect(await world.settle(one.run(runId))).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  test.each([
    ['nowhere', 'end', why, 404, 'unknown_window'],
    ['default', 'end', {}, 400, 'invalid_request_body'],
    ['default', 'extend', { ...why, by: 'PT2H', until: '2026-03-01T18:00:00Z' }, 400, 'invalid_request_body'],
    ['default', 'extend', why, 400, 'invalid_request_body'],
    ['default', 'extend', { ...why, until: '2026-03-01T15:00:00Z' }, 409, 'extension_out_of_bounds'],
    ['default', 'extend', { ...why, by: 'PT21H' }, 409, 'extension_out_of_bounds'],
  ] as const)('of %s by %s %j is refused (%s %s)', async (name, verb, body, status, code) => {
    const { world, one, status: now } = await openWorld(1);

    expect(await world.settle(one.window(name, verb, body))).toMatchObject({ status, body: { code } });
    await ticksUntil(world, one, BEGIN + HOUR);
    expect(now()).toEqual(['Paused']);
  });

  test('is let by observe, and not by off; an extension by neither', async () => {
    for (const [mode, ended, extended] of [
      ['observe', 200, 409],
      ['off', 409, 409],
    ] as const) {
      const { world, status } = await openWorld(1);
      const two = world.startProcess('two', settings(reportIds(1), { MODE: mode }));
      expect(await world.settle(two.window('default', 'extend', { ...why, by: 'PT1H' }))).toMatchObject({
        status: extended,
      });
      expect(await world.settle(two.window('default', 'end', why))).toMatchObject({ status: ended });
      expect(status()).toEqual([ended === 200 ? 'Active' : 'Paused']);
      expect(await world.settle(two.composed.parts.ledger.allSaidEnds([]))).toHaveLength(
        ended === 200 ? 1 : 0,
      );
    }
  });
});

describe('a request about an occurrence', () => {
  test('whose process is killed at any call of the storage is done whole when it is repeated', async () => {
    let kill = 0;
    for (let isKilled = true; isKilled; ) {
      kill += 1;
      isKilled = false;
      let calls = 0;
      const { world, one, status } = await openWorld(2);
      const two = world.startProcess('two', settings(reportIds(2)));
      const headers = { 'idempotency-key': 'done-1' };
      const killed = Promise.withResolvers<void>();
      one.storage = () => {
        calls += 1;
        if (calls === kill) {
          isKilled = true;
          one.stop();
          killed.resolve();
        }
        return 'passes';
      };
      await world.settle(Promise.race([one.window('default', 'end', why, headers), killed.promise]));
      await ticksUntil(world, two, world.time.now() + 90_000);
      const { status: code } = await world.settle(two.window('default', 'end', why, headers));
      await ticksUntil(world, two, world.time.now() + 5 * MINUTE);

      const said = await world.settle(two.composed.parts.ledger.allSaidEnds([]));
      // 207 and 503: an attempt that the killed process sent may still take effect, so a tick has to do the rest.
      expect([kill, [200, 202, 207, 503].includes(code), said.length, status()]).toEqual([
        kill,
        true,
        1,
        ['Active', 'Active'],
      ]);
    }
    expect(kill).toBeGreaterThan(20);
  });

  test('never undoes what a later one said, however late it is done again', async () => {
    const { world, one, extend, shown } = await openWorld(1);
    await extend({ by: 'PT2H' });
    const { order, allSaidEnds } = one.composed.parts.ledger;
    const [said] = await world.settle(allSaidEnds([]));
    if (said === undefined) throw new Error('nothing was said');
    const [{ accountKey } = { accountKey: '' }] = one.composed.parts.accounts;
    const earlier = { ...said, said: 'ended' as const, untilMs: BEGIN, place: said.place - 1 };
    await world.settle(order.putOccurrenceEnd(accountKey, earlier, false));

    expect((await shown())?.now).toMatchObject({ untilUtc: '2026-03-01T18:00:00Z' });
  });
});

test('whatever people say of a window and of its report, it is paused where one of them holds it, and nowhere else', async () => {
  let [ends, extensions] = [0, 0];
  for (let seed = 1; seed <= 4; seed += 1) {
    const random = seededRandom(seed);
    const world = createWorld({ reports: 1 });
    const processes = ['one', 'two'].map((name) => world.startProcess(name, settings(reportIds(1))));
    const any = () => processes[Math.floor(random() * processes.length)] ?? processes[0];
    /** By the day on which the occurrence begins; the window’s own end where nobody said another. */
    const until = new Map<number, number>();
    let isHeld = false;
    const steps: string[] = [];
    while (world.time.now() < BEGIN + 40 * HOUR) {
      await world.time.runUntil(world.time.now() + Math.ceil(random() * 50) * MINUTE);
      const nowMs = world.time.now();
      const fromMs = BEGIN + Math.floor((nowMs - BEGIN) / DAY) * DAY;
      const endMs = until.get(fromMs) ?? fromMs + 4 * HOUR;
      const isOpen = fromMs >= BEGIN && nowMs < endMs;
      const what = random();
      if (what < 0.15) {
        const { status } =
          (await world.settle(any()?.window('default', 'end', why) ?? Promise.reject())) ?? {};
        expect([seed, steps, 'end', status]).toEqual([seed, steps, 'end', isOpen ? 200 : 409]);
        if (isOpen) until.set(fromMs, nowMs);
        ends += isOpen ? 1 : 0;
      } else if (what < 0.3) {
        const body = { ...why, by: `PT${1 + Math.floor(random() * 12)}H` };
        const asked = await world.settle(any()?.window('default', 'extend', body) ?? Promise.reject());
        const laterMs = endMs + Number(/\d+/.exec(body.by)?.[0]) * HOUR;
        const isWithin = isOpen && laterMs <= fromMs + DAY;
        expect([seed, steps, body.by, asked.status]).toEqual([seed, steps, body.by, isWithin ? 200 : 409]);
        if (isWithin) until.set(fromMs, laterMs);
        extensions += isWithin ? 1 : 0;
      } else if (what < 0.4) {
        await world.settle(any()?.post('pause', { reportIds: [reportId(1)] }) ?? Promise.reject());
        isHeld = true;
      } else if (what < 0.55) {
        await world.settle(any()?.post('resume', { reportIds: [reportId(1)] }) ?? Promise.reject());
        isHeld = false;
      }
      steps.push(`${what.toFixed(2)} at ${new Date(nowMs).toISOString()}`);
      await world.settle(any()?.tick() ?? Promise.reject());
      const isInside = fromMs >= BEGIN && world.time.now() < (until.get(fromMs) ?? fromMs + 4 * HOUR);
      expect([seed, steps, world.insights.statuses.get(reportId(1))]).toEqual([
        ...[seed, steps],
        isInside || isHeld ? 'Paused' : 'Active',
      ]);
    }
  }
  expect(Math.min(ends, extensions)).toBeGreaterThan(2);
});

test('the end of an occurrence counts also where its window becomes invalid before anything came back', async () => {
  const { world, one, status } = await openWorld(1);
  const killed = new Promise<void>((resolve) => {
    one.storage = ({ table }) => {
      if (table === 'IntermissionLive' && one.lines.some((line) => line.includes('"WindowEnded"'))) {
        one.stop();
        resolve();
      }
      return 'passes';
    };
  });
  void one.window('default', 'end', why);
  await world.settle(killed);
  const broken = world.startProcess('two', { ...settings(reportIds(1)), TIME_ZONE: 'Nowhere/None' });
  world.messages.splice(0);

  expect(status()).toEqual(['Paused']);
  await ticksUntil(world, broken, BEGIN + 10 * MINUTE);
  expect(status()).toEqual(['Active']);
});

describe('the extension of a window', () => {
  test('holds the reports until the new end, and not the next occurrence', async () => {
    const { world, one, status, shown, extend } = await openWorld(2);
    const { status: code, body } = await extend({ by: 'PT2H' });

    expect(code).toBe(200);
    expect(body).toMatchObject({
      ...{ door: 'extend', status: 'ok', occurrence: { untilUtc: '2026-03-01T18:00:00Z' } },
    });
    expect((await shown())?.now).toMatchObject({ untilUtc: '2026-03-01T18:00:00Z' });
    const { reports } = await world.settle(one.composed.service.reports(call()));
    expect(reports[0]).toMatchObject({ expectedResumeUtc: '2026-03-01T18:00:00Z' });
    await ticksUntil(world, one, BEGIN + 6 * HOUR - MINUTE);
    expect(status()).toEqual(['Paused', 'Paused']);
    await ticksUntil(world, one, BEGIN + 6 * HOUR + MINUTE);
    expect(status()).toEqual(['Active', 'Active']);
    await ticksUntil(world, one, BEGIN + DAY + 4 * HOUR + MINUTE);
    expect(status()).toEqual(['Active', 'Active']);
    expect(one.lines.filter((line) => line.includes('"WindowLate"'))).toEqual([]);
  });

  test('to the next begin goes on as the next occurrence, without a gap', async () => {
    const { world, one, status, extend } = await openWorld(1);
    expect(await extend({ by: 'PT20H' })).toMatchObject({ status: 200 });
    await ticksUntil(world, one, BEGIN + DAY + 3 * HOUR);
    expect([status(), world.insights.puts.length]).toEqual([['Paused'], 1]);
    await ticksUntil(world, one, BEGIN + DAY + 4 * HOUR + MINUTE);
    expect(status()).toEqual(['Active']);
  });

  test('is kept by the holds where the window becomes invalid', async () => {
    const { world, status, extend } = await openWorld(1);
    await extend({ by: 'PT2H' });
    const broken = world.startProcess('two', { ...settings(reportIds(1)), TIME_ZONE: 'Nowhere/None' });

    await ticksUntil(world, broken, BEGIN + 6 * HOUR - MINUTE);
    expect(status()).toEqual(['Paused']);
    await ticksUntil(world, broken, BEGIN + 6 * HOUR + MINUTE);
    expect(status()).toEqual(['Active']);
  });

  test('twice by the same key is once, and of two the later counts', async () => {
    const { extend, end, shown } = await openWorld(1);
    await extend({ by: 'PT2H' }, { 'idempotency-key': 'two-more' });
    await extend({ by: 'PT2H' }, { 'idempotency-key': 'two-more' });
    expect((await shown())?.now).toMatchObject({ untilUtc: '2026-03-01T18:00:00Z' });
    await extend({ until: '2026-03-01T19:30:00Z' });
    expect((await shown())?.now).toMatchObject({ untilUtc: '2026-03-01T19:30:00Z' });
    await end();
    expect((await shown())?.now).toBeNull();
  });

  test('is refused for a window without an end, which can be ended', async () => {
    const { extend, end, status } = await openWorld(1, { PAUSE_DURATION: '' });
    expect(await extend({ by: 'PT2H' })).toMatchObject({ status: 409, body: { code: 'window_without_end' } });
    expect(await end()).toMatchObject({ status: 200 });
    expect(status()).toEqual(['Active']);
  });
});
