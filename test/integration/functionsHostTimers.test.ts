import { parseNcrontab } from '../../local/functionsHost/ncrontab.ts';
import { type RunningTimer, startTimer, type TimerRun } from '../../local/functionsHost/startTimer.ts';
import type { TimerStatus } from '../../local/functionsHost/timerStatus.ts';
import { NCRONTAB_FROM_UTC, ncrontabCases } from '../unit/time/ncrontabCases.ts';

const startMs = Date.UTC(2026, 0, 5, 9, 0, 30);

describe('a timer of the functions host', () => {
  test('fires when it is due, in UTC, again and again, and never between', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *' });

    await world.advanceTo('2026-01-05T09:04:59.999Z');
    expect(world.runs).toEqual([]);
    await world.advanceTo('2026-01-05T09:10:00.000Z');

    expect(world.runs.map(({ at }) => at)).toEqual(['2026-01-05T09:05:00.000Z', '2026-01-05T09:10:00.000Z']);
    expect(world.runs.map(({ isPastDue }) => isPastDue)).toEqual([false, false]);
  });

  test('tells a run when the last one was and when the next one is due', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *' });

    await world.advanceTo('2026-01-05T09:10:00.000Z');

    expect(world.runs[1]?.status).toEqual({
      lastMs: Date.UTC(2026, 0, 5, 9, 5),
      nextMs: Date.UTC(2026, 0, 5, 9, 10),
      updatedMs: Date.UTC(2026, 0, 5, 9, 5),
    });
  });

  test('never runs twice at once: what comes due during a run is not made up for', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *', holdsRuns: true });

    await world.advanceTo('2026-01-05T09:17:00.000Z');
    expect(world.runs).toHaveLength(1);
    await world.endRun();
    await world.advanceTo('2026-01-05T09:20:00.000Z');

    expect(world.runs.map(({ at }) => at)).toEqual(['2026-01-05T09:05:00.000Z', '2026-01-05T09:20:00.000Z']);
  });

  test('that is run by hand during a run waits for its end', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *', holdsRuns: true });
    await world.advanceTo('2026-01-05T09:05:00.000Z');

    const byHand = world.timer.runByHand();
    await settle();
    expect(world.runs).toHaveLength(1);
    await world.endRun();
    expect(world.runs).toHaveLength(2);

    await world.endRun();
    await byHand;
  });

  test('fires once for the same due instant even when the clock wakes it early', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *', wakesEarlyByMs: 2 });

    await world.advanceTo('2026-01-05T09:05:00.000Z');

    expect(world.runs).toHaveLength(1);
  });

  test('that missed several runs while nothing ran makes up for them with one that is past due', async () => {
    const stored = {
      lastMs: Date.UTC(2026, 0, 5, 8),
      nextMs: Date.UTC(2026, 0, 5, 8, 5),
      updatedMs: Date.UTC(2026, 0, 5, 8),
    };
    const world = createWorld({ schedule: '0 */5 * * * *', stored });

    await world.advanceTo('2026-01-05T09:05:00.000Z');

    expect(world.runs.map(({ at, isPastDue }) => [at, isPastDue])).toEqual([
      ['2026-01-05T09:00:30.000Z', true],
      ['2026-01-05T09:05:00.000Z', false],
    ]);
  });

  test('whose run was cut off by a kill is past due after the restart', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *', holdsRuns: true });
    await world.advanceTo('2026-01-05T09:05:00.000Z');

    const restarted = createWorld({
      schedule: '0 */5 * * * *',
      stored: world.stored(),
      nowMs: world.nowMs(),
    });
    await settle();

    expect(restarted.runs.map(({ isPastDue }) => isPastDue)).toEqual([true]);
  });

  test.each([
    ['never ran before', null],
    ['is not due yet', { lastMs: null, nextMs: Date.UTC(2026, 0, 5, 9, 5), updatedMs: startMs - 1_000 }],
    ['has a new schedule since', { lastMs: null, nextMs: startMs - 500, updatedMs: startMs - 1_000 }],
  ])('that %s is not past due', async (_what, stored) => {
    const world = createWorld({ schedule: '0 */5 * * * *', stored });

    await settle();

    expect(world.runs).toEqual([]);
  });

  test('that fires every few seconds is not monitored: no status, never past due', async () => {
    const stored = { lastMs: null, nextMs: startMs - 60_000, updatedMs: startMs - 70_000 };
    const world = createWorld({ schedule: '*/10 * * * * *', stored });

    await world.advanceTo('2026-01-05T09:00:40.000Z');

    expect(world.runs).toEqual([{ at: '2026-01-05T09:00:40.000Z', isPastDue: false, status: null }]);
  });

  test('whose next run is further away than the longest wait of the platform still fires on time', async () => {
    const world = createWorld({ schedule: '0 0 0 1 6 *' });

    await world.advanceTo('2026-06-01T00:00:00.000Z');

    expect(world.runs.map(({ at }) => at)).toEqual(['2026-06-01T00:00:00.000Z']);
  });

  test('fires no more once it is stopped', async () => {
    const world = createWorld({ schedule: '0 */5 * * * *' });

    world.timer.stop();
    await world.timer.runByHand();
    await world.advanceTo('2026-01-05T10:00:00.000Z');

    expect(world.runs).toEqual([]);
  });
});

describe('an NCRONTAB expression', () => {
  test.each(ncrontabCases)('"%s" is due when Azure fires it', (expression, firings) => {
    const dueUtc = () => {
      const schedule = parseNcrontab(expression);
      return (firings ?? []).reduce<{ atMs: number; told: readonly string[] }>(
        ({ atMs, told }) => {
          const nextMs = schedule.nextAfter(atMs) ?? 0;
          return { atMs: nextMs, told: [...told, new Date(nextMs).toISOString().replace('.000Z', 'Z')] };
        },
        { atMs: Date.parse(NCRONTAB_FROM_UTC), told: [] },
      ).told;
    };

    if (firings === null) expect(dueUtc).toThrow(`"${expression}" is not an NCRONTAB expression`);
    else expect(dueUtc()).toEqual(firings);
  });

  test.each([
    ['0 */5 * * * *', '2026-01-05T09:05:00.000Z'],
    ['*/5 * * * *', '2026-01-05T09:05:00.000Z'],
    ['30 0 9 * * *', '2026-01-06T09:00:30.000Z'],
    ['0 30 9-17 * JAN MON-FRI', '2026-01-05T09:30:00.000Z'],
    ['0 0 9 1 * 1', '2026-06-01T09:00:00.000Z'],
    ['0 0 0 30 2 *', null],
  ])('%s is next due at %s', (expression, dueUtc) => {
    expect(parseNcrontab(expression).nextAfter(startMs)).toBe(dueUtc === null ? null : Date.parse(dueUtc));
  });

  test.each([
    '',
    '00:05:00',
    '* * * *',
    '0 0 0 * * * *',
    '@daily',
    '0 0 0 L * *',
    '0 0 25 * * *',
    '? * * * * *',
  ])('is refused where Azure would refuse it: "%s"', (expression) => {
    expect(() => parseNcrontab(expression)).toThrow(`"${expression}" is not an NCRONTAB expression`);
  });
});

/** A timer with a clock and a status that the test holds in its hands. */
function createWorld(options: {
  schedule: string;
  stored?: TimerStatus | null;
  nowMs?: number;
  holdsRuns?: boolean;
  wakesEarlyByMs?: number;
}) {
  let nowMs = options.nowMs ?? startMs;
  let stored = options.stored ?? null;
  let waiting: { atMs: number; action: () => void } | null = null;
  const ends: (() => void)[] = [];
  const runs: (TimerRun & { at: string })[] = [];
  const timer: RunningTimer = startTimer({
    schedule: parseNcrontab(options.schedule),
    useMonitor: true,
    runOnStartup: false,
    store: {
      read: () => stored,
      write: (status) => {
        stored = status;
      },
    },
    clock: {
      nowMs: () => nowMs,
      callAfter: (delayInMs, action) => {
        if (delayInMs > 2 ** 31 - 1) {
          throw new RangeError('Node would turn this wait into one of a millisecond.');
        }
        waiting = { atMs: nowMs + Math.max(0, delayInMs - (options.wakesEarlyByMs ?? 0)), action };
        return () => {
          waiting = null;
        };
      },
    },
    run: async (run) => {
      runs.push({ at: new Date(nowMs).toISOString(), ...run });
      if (options.holdsRuns === true) {
        await new Promise<void>((resolve) => ends.push(resolve));
      }
    },
  });
  return {
    timer,
    runs,
    stored: () => stored,
    nowMs: () => nowMs,
    endRun: async () => {
      ends.shift()?.();
      await settle();
    },
    advanceTo: async (untilUtc: string) => {
      await settle();
      while (waiting !== null && waiting.atMs <= Date.parse(untilUtc)) {
        const { atMs, action }: { atMs: number; action: () => void } = waiting;
        waiting = null;
        nowMs = atMs;
        action();
        await settle();
      }
      nowMs = Date.parse(untilUtc);
    },
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
