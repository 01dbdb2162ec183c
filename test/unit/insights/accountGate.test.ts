import { type CallRank, createAccountGate } from '../../../shared/insights/accountGate.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';

const never = new AbortController().signal;

function setUp(maxConcurrency: number, callsPerSecond: number | null = null, random = seededRandom(1)) {
  const clock = createFakeClock({ startMs: 0 });
  const gate = createAccountGate({ maxConcurrency, callsPerSecond, clock, random });
  const entered: number[] = [];
  const enter = async (options: { signal?: AbortSignal; latestMs?: number; rank?: CallRank } = {}) => {
    const entry = await gate.enter({
      signal: options.signal ?? never,
      latestMs: options.latestMs ?? 600_000,
      rank: options.rank ?? 'pause',
    });
    if (entry.kind === 'entered') entered.push(clock.now());
    return entry;
  };
  return { clock, gate, enter, entered };
}

describe('the gate of an account', () => {
  test('lets no more in than allowed, the others in their order', async () => {
    const { clock, enter, entered } = setUp(2);
    const [first] = await Promise.all([enter(), enter()]);
    const order: string[] = [];
    void enter().then(() => order.push('third'));
    void enter().then(() => order.push('fourth'));
    await clock.advance(10);
    expect(entered).toEqual([0, 0]);

    if (first?.kind === 'entered') {
      first.pass.leave();
      first.pass.leave();
    }
    await clock.advance(10);
    expect(order).toEqual(['third']);
  });

  test('one throttled answer holds back every further call until it may go on', async () => {
    const { clock, gate, enter, entered } = setUp(3);
    gate.holdBack(57_000, clock.now());
    const calls = Promise.all([enter(), enter(), enter()]);
    await clock.advance(56_999);
    expect(entered).toEqual([]);
    expect(gate.isHeldBack()).toBe(true);

    await clock.advance(2_001);
    expect(entered).toHaveLength(3);
    for (const entry of await calls) expect(entry).toMatchObject({ kind: 'entered', throttledInMs: 57_000 });
  });

  test('after a hold-off the calls do not come back in the same instant', async () => {
    const { clock, gate, enter, entered } = setUp(4);
    gate.holdBack(1_000, clock.now());
    void Promise.all([enter(), enter(), enter(), enter()]);
    await clock.advance(5_000);
    expect(new Set(entered).size).toBe(4);
    expect(Math.min(...entered)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...entered)).toBeLessThanOrEqual(3_000);
  });

  test('as many as may be under way come back one by one, each a share of chance later, and no more than those', async () => {
    const { clock, gate, enter, entered } = setUp(4, null, () => 0.5);
    gate.holdBack(1_000, clock.now());
    for (let call = 0; call < 6; call += 1) {
      void enter().then((entry) => entry.kind === 'entered' && entry.pass.leave());
    }
    await clock.advance(3_000);
    expect(entered).toEqual([1_250, 1_500, 1_750, 2_000, 2_000, 2_000]);
  });

  test('long after a hold-off nobody comes back any more', async () => {
    const { clock, gate, enter, entered } = setUp(4);
    gate.holdBack(1_000, clock.now());
    await clock.advance(60_000);
    await Promise.all([enter(), enter(), enter()]);
    expect(entered).toEqual([60_000, 60_000, 60_000]);
  });

  test('each call is told for how long it was held back itself, and it is over at the instant it was said to be', async () => {
    const { clock, gate, enter } = setUp(9, null, () => 0);
    const held = async (delayInMs: number) => {
      gate.holdBack(delayInMs, clock.now());
      const entry = enter();
      await clock.advance(delayInMs - 1);
      expect(gate.isHeldBack()).toBe(true);
      await clock.advance(1);
      expect(gate.isHeldBack()).toBe(false);
      return (await entry).throttledInMs;
    };
    await clock.advance(10_000);
    expect(await held(1_000)).toBe(1_000);
    await clock.advance(10_000);
    expect((await enter()).throttledInMs).toBe(0);
    expect(await held(500)).toBe(500);
    gate.holdBack(400, clock.now());
    const between = enter();
    await clock.advance(300);
    gate.holdBack(400, clock.now());
    await clock.advance(5_000);
    expect((await between).throttledInMs).toBe(700);
  });

  test('a call that waits for a place through two hold-offs is told of both, and not of the time between', async () => {
    const { clock, gate, enter } = setUp(1, null, () => 0);
    const first = await enter();
    await clock.advance(10_000);
    const waiting = enter();
    for (const delayInMs of [1_000, 500]) {
      gate.holdBack(delayInMs, clock.now());
      await clock.advance(10_000);
    }
    if (first.kind === 'entered') first.pass.leave();
    expect((await waiting).throttledInMs).toBe(1_500);
  });

  test('a second hold-off prolongs the first and never shortens it', async () => {
    const { clock, gate, enter, entered } = setUp(1);
    gate.holdBack(10_000, clock.now());
    void enter();
    await clock.advance(5_000);
    gate.holdBack(1_000, clock.now());
    await clock.advance(4_000);
    gate.holdBack(10_000, clock.now());
    await clock.advance(9_999);
    expect(entered).toEqual([]);
    await clock.advance(5_000);
    expect(entered).toHaveLength(1);
  });

  test('a place is not taken from the others by a call that waited out a hold-off', async () => {
    const { clock, gate, enter, entered } = setUp(1);
    gate.holdBack(1_000, clock.now());
    const first = enter();
    const second = enter();
    await clock.advance(10_000);
    expect(entered).toHaveLength(1);
    const entry = await first;
    if (entry.kind === 'entered') entry.pass.leave();
    expect(await second).toMatchObject({ kind: 'entered', throttledInMs: 1_000 });
  });

  test('an abort ends the wait for a hold-off at once and frees the place', async () => {
    const { clock, gate, enter } = setUp(1);
    gate.holdBack(10_000, clock.now());
    const stop = new AbortController();
    const waiting = enter({ signal: stop.signal });
    await clock.advance(4_000);
    stop.abort();
    expect(await waiting).toEqual({ kind: 'aborted', throttledInMs: 4_000 });
    expect(clock.sleeping()).toBe(0);

    const next = enter();
    await clock.advance(10_000);
    expect(await next).toMatchObject({ kind: 'entered' });
  });

  test('an abort ends the wait for a place at once', async () => {
    const { enter } = setUp(1);
    const first = await enter();
    const stop = new AbortController();
    const waiting = enter({ signal: stop.signal });
    stop.abort();
    expect((await waiting).kind).toBe('aborted');
    const third = enter();
    if (first.kind === 'entered') first.pass.leave();
    expect((await third).kind).toBe('entered');
  });

  test('a call that could not go on in time is told so at once', async () => {
    const { clock, gate, enter } = setUp(1);
    await enter();
    const queued = enter({ latestMs: 5_000 });
    gate.holdBack(10_000, clock.now());
    expect(await queued).toMatchObject({ kind: 'tooLate', isHeldBack: true });
    expect(await enter({ latestMs: 9_999 })).toMatchObject({ kind: 'tooLate', isHeldBack: true });
    expect(clock.sleeping()).toBe(0);
  });

  test('an instant that is just in time is in time', async () => {
    const { clock, enter } = setUp(9, 1);
    expect((await enter({ latestMs: 0 })).kind).toBe('entered');
    const [late, inTime] = [enter({ latestMs: 1_024 }), enter({ latestMs: 1_025 })];
    await clock.advance(2_000);
    expect([(await late).kind, (await inTime).kind]).toEqual(['tooLate', 'entered']);
  });

  test('a call that was called off before it asks never goes', async () => {
    const { gate, enter } = setUp(1);
    expect((await enter({ signal: AbortSignal.abort() })).kind).toBe('aborted');
    expect(gate.isIdle()).toBe(true);
  });

  test('a pass has one place, however many calls it makes, and takes it again after it gave it back', async () => {
    const { clock, gate, enter, entered } = setUp(1);
    const wish = { signal: never, latestMs: 600_000 };
    const first = await enter();
    if (first.kind !== 'entered') throw new Error('there was a place');
    await first.pass.again(wish);
    first.pass.leave();
    expect(gate.isIdle()).toBe(true);

    await first.pass.again(wish);
    expect(gate.isIdle()).toBe(false);
    void enter();
    await clock.advance(10);
    expect(entered).toHaveLength(1);
    first.pass.leave();
    await clock.advance(10);
    expect(entered).toHaveLength(2);
  });

  test('a pass that was refused its place again has none to give back', async () => {
    const { clock, enter, entered } = setUp(1);
    const first = await enter();
    if (first.kind !== 'entered') throw new Error('there was a place');
    first.pass.leave();
    expect((await first.pass.again({ signal: AbortSignal.abort(), latestMs: 600_000 })).kind).toBe('aborted');
    first.pass.leave();
    void Promise.all([enter(), enter()]);
    await clock.advance(10);
    expect(entered).toHaveLength(2);
  });

  test('is not idle while a call waits for its turn, or while it is held back', async () => {
    const { clock, gate, enter } = setUp(2, 1);
    const leave = (entry: Awaited<ReturnType<typeof enter>>) =>
      entry.kind === 'entered' && entry.pass.leave();
    leave(await enter());
    expect(gate.isIdle()).toBe(true);
    const second = enter();
    expect(gate.isIdle()).toBe(false);
    await clock.advance(2_000);
    leave(await second);
    expect(gate.isIdle()).toBe(true);
    gate.holdBack(1_000, clock.now());
    expect(gate.isIdle()).toBe(false);
  });

  test('a call whose time passed in the queue does not swallow the place', async () => {
    const { clock, enter } = setUp(1);
    const first = await enter();
    const late = enter({ latestMs: 1_000 });
    const inTime = enter();
    await clock.advance(2_000);
    if (first.kind === 'entered') first.pass.leave();
    expect(await late).toMatchObject({ kind: 'tooLate', isHeldBack: false });
    expect(await inTime).toMatchObject({ kind: 'entered' });
  });
});

/** The most calls that any second holds, its end left out. */
function mostInASecond(begun: readonly number[]): number {
  return Math.max(...begun.map((from) => begun.filter((at) => at >= from && at < from + 1_000).length));
}

describe('the ceiling of an account', () => {
  test.each([1, 3, 20, 250])('of %d calls a second is never exceeded, and hardly wasted', async (ceiling) => {
    const { clock, enter, entered } = setUp(8, ceiling);
    const random = seededRandom(ceiling);
    const caller = async () => {
      for (let call = 0; call < 8 * ceiling; call += 1) {
        const entry = await enter({ latestMs: 1_000_000 });
        await clock.sleep(Math.floor(random() * 30), never);
        if (entry.kind === 'entered') entry.pass.leave();
      }
    };
    void Promise.all(Array.from({ length: 8 }, caller));
    await clock.advance(10_000);
    expect(mostInASecond(entered)).toBeLessThanOrEqual(ceiling);
    expect(entered.length).toBeGreaterThan(0.95 * 10 * ceiling);
  });

  test('below one is one call in so many seconds', async () => {
    const { clock, enter, entered } = setUp(4, 0.5);
    void Promise.all([enter(), enter(), enter()]);
    await clock.advance(10_000);
    expect(entered).toEqual([0, 2_025, 4_050]);
  });

  test('holds after the process stood still, and after an idle time', async () => {
    const clock = createFakeClock({ startMs: 0 });
    let stoodStillInMs = 0;
    const stalling = { ...clock, now: () => clock.now() + stoodStillInMs };
    const gate = createAccountGate({
      ...{ maxConcurrency: 9, callsPerSecond: 5, clock: stalling, random: seededRandom(1) },
    });
    const entered: number[] = [];
    const call = async () => {
      const entry = await gate.enter({ signal: never, latestMs: 600_000, rank: 'pause' });
      entered.push(stalling.now());
      if (entry.kind === 'entered') entry.pass.leave();
    };
    void Promise.all(Array.from({ length: 20 }, call));
    await clock.advance(1_100);
    stoodStillInMs += 3_000;
    await clock.advance(60_000);
    void Promise.all(Array.from({ length: 20 }, call));
    await clock.advance(60_000);
    expect(entered).toHaveLength(40);
    expect(mostInASecond(entered)).toBeLessThanOrEqual(5);
  });

  test('counts each call of a pass, and a change that was read goes on before anything new', async () => {
    const { clock, enter } = setUp(2, 10);
    const order: string[] = [];
    const first = await enter();
    void enter({ rank: 'resume' }).then(() => order.push('a new resume'));
    if (first.kind === 'entered') {
      first.pass.leave();
      void first.pass.again({ signal: never, latestMs: 60_000 }).then(() => order.push('the change'));
    }
    await clock.advance(110);
    expect(order).toEqual(['the change']);
    await clock.advance(110);
    expect(order).toEqual(['the change', 'a new resume']);
  });

  test('keeps its distance from the calls of a process that had the account right before', async () => {
    const { clock, gate, enter, entered } = setUp(2, 4);
    await clock.advance(60_000);
    gate.countAnothers();
    void enter();
    await clock.advance(1_000);
    expect(entered).toEqual([60_257]);
  });

  test('spreads what comes back after a hold-off by itself: only the first waits a share of chance', async () => {
    const { clock, gate, enter, entered } = setUp(2, 10, () => 0.5);
    gate.holdBack(5_000, clock.now());
    void Promise.all([enter(), enter()]);
    await clock.advance(10_000);
    expect(entered).toEqual([5_500, 5_603]);
  });

  test('holds after a hold-off too: nobody goes before its end, and then no herd comes', async () => {
    const { clock, gate, enter, entered } = setUp(8, 4);
    gate.holdBack(5_000, clock.now());
    for (const rank of ['resume', 'read', 'pause', 'pause', 'resume', 'pause', 'read', 'pause'] as const) {
      void enter({ rank });
    }
    await clock.advance(10_000);
    expect(entered).toHaveLength(8);
    expect(Math.min(...entered)).toBeGreaterThanOrEqual(5_000);
    expect(mostInASecond(entered)).toBeLessThanOrEqual(4);
  });
});

describe('the order of an account', () => {
  test('resumes go first, then reads, then pauses', async () => {
    const { clock, enter } = setUp(9, 10);
    await enter();
    const order: CallRank[] = [];
    for (const rank of ['pause', 'pause', 'read', 'resume', 'read', 'resume'] as const) {
      void enter({ rank }).then(() => order.push(rank));
    }
    await clock.advance(5_000);
    expect(order).toEqual(['resume', 'resume', 'read', 'read', 'pause', 'pause']);
  });

  test('the read after a change stands in line with new pauses, until it has waited for two seconds', async () => {
    const { clock, enter } = setUp(1);
    const blocking = await enter();
    const order: string[] = [];
    const ask = (rank: CallRank, name: string) =>
      void enter({ rank }).then((entry) => {
        order.push(name);
        if (entry.kind === 'entered') entry.pass.leave();
      });
    ask('pause', 'first pause');
    ask('confirm', 'read after');
    ask('pause', 'second pause');
    if (blocking.kind === 'entered') blocking.pass.leave();
    await clock.advance(0);
    expect(order).toEqual(['first pause', 'read after', 'second pause']);

    const again = await enter();
    order.length = 0;
    ask('pause', 'pause');
    ask('resume', 'resume');
    ask('confirm', 'read after');
    await clock.advance(2_000);
    if (again.kind === 'entered') again.pass.leave();
    await clock.advance(0);
    expect(order).toEqual(['read after', 'resume', 'pause']);
  });

  test('nobody starves: a pause goes on although resumes never cease', async () => {
    const { clock, enter } = setUp(9, 2);
    await enter();
    const pausedAt: number[] = [];
    void enter().then(() => pausedAt.push(clock.now()));
    for (let round = 0; round < 60; round += 1) {
      void enter({ rank: 'resume' }).then((entry) => entry.kind === 'entered' && entry.pass.leave());
      await clock.advance(250);
    }
    expect(pausedAt).toHaveLength(1);
  });
});
