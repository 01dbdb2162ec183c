import { operate } from '../../../ctl/operate.ts';
import { json, type Reply, startScriptedService } from '../../fakes/scriptedService.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const counts = {
  ...{ selected: 2, paused: 2, pausedByOthers: 0, notPaused: 0, waiting: 0 },
  ...{ executions: 0, executionsUnread: 0 },
};
const ready = {
  ...{ isReady: true, counts, waiting: [], notPaused: [], executions: [], problem: null },
  occurrence: { fromUtc: '2026-03-01T12:00:00Z', untilUtc: '2026-03-01T16:00:00Z' },
};
const notYet = {
  ...ready,
  ...{ isReady: false, counts: { ...counts, paused: 1, waiting: 1, executions: 1 } },
  waiting: [{ reportId: 'id-1', reportName: 'Usage', code: 'hold_began', message: 'not paused yet' }],
  executions: [{ reportId: 'id-2', reportName: 'Seats', executionId: 'run-2', status: 'Running' }],
};
const closed = (opensUtc: string | null) => ({
  ...{ code: 'window_not_open', title: 'The window is not open now.', opensUtc },
});

/** Runs `wait` against an app that answers so, on a time that passes by waiting alone. */
async function wait(script: readonly Reply[], flags: readonly string[] = []) {
  const service = await startScriptedService(script);
  const [lines, progress, sleeps]: [string[], string[], number[]] = [[], [], []];
  let nowMs = NOW;
  try {
    const exitCode = await operate(['wait', '--window', 'night', ...flags], {
      env: { INTERMISSION_URL: service.url, INTERMISSION_KEY: 'the-key-of-the-operator' },
      ...{ width: Number.POSITIVE_INFINITY, timeZone: 'UTC', nowMs: () => nowMs },
      readInput: async () => '',
      readFile: async () => '',
      readVersion: async () => 'of a test',
      ...{ out: (text) => void lines.push(text), err: (text) => void lines.push(text) },
      progress: (text) => void progress.push(text),
      ...{ redraw: () => {}, isColoured: false, interrupted: () => new Promise(() => {}) },
      sleep: async (durationInMs) => {
        sleeps.push(durationInMs);
        nowMs += durationInMs;
      },
    });
    return {
      exitCode,
      text: lines.join('\n'),
      progress,
      sleeps,
      paths: service.seen.map(({ path }) => path),
    };
  } finally {
    await service.close();
  }
}

describe('waiting for the go-signal of a window', () => {
  test('asks as often as the app says, shows how far it is, and ends with 0 when it is ready', async () => {
    const again = { 'Retry-After': '7' };
    const { exitCode, text, progress, sleeps, paths } = await wait([
      json(202, notYet, again),
      json(202, notYet, again),
      json(200, ready),
    ]);

    expect([exitCode, sleeps]).toEqual([0, [7_000, 7_000]]);
    expect(paths).toEqual(new Array(3).fill('/api/windows/night/ready'));
    expect(progress[0]).toBe('Window night: 1 of 2 reports paused, 1 awaited, 1 execution still runs');
    expect(text).toContain('Window night: 2 of 2 reports paused. READY.');
  });

  test('ends with 1 when the time is over, and names what it waited for and what still runs', async () => {
    const { exitCode, text, sleeps } = await wait([json(202, notYet)], ['--timeout', '1']);

    expect([exitCode, sleeps]).toEqual([1, [15_000, 15_000, 15_000, 15_000]]);
    expect(text).toMatch(/Usage +id-1 +awaited +not paused yet \(hold_began\)/);
    expect(text).toMatch(/Seats +id-2 +running +execution run-2/);
    expect(text).toContain('NOT READY.');
  });

  test('waits for a window that is about to open, and not for one that opens later or never', async () => {
    const soon = await wait([json(409, closed('2026-03-01T12:00:20Z')), json(200, ready)]);
    const later = await wait([json(409, closed('2026-03-02T12:00:00Z'))]);
    const never = await wait([json(409, closed(null))]);

    expect([soon.exitCode, soon.sleeps]).toEqual([0, [20_000]]);
    expect([later.exitCode, never.exitCode]).toEqual([1, 1]);
    expect(later.text).toContain('The window is not open now.');
  });

  test('shows reports that are not paused though it is ready', async () => {
    const { exitCode, text } = await wait([
      json(200, {
        ...ready,
        counts: { ...counts, paused: 1, notPaused: 1 },
        notPaused: [{ reportId: 'id-1', reportName: 'Usage', code: 'upstream_refused', message: 'refused' }],
      }),
    ]);

    expect(exitCode).toBe(0);
    expect(text).toMatch(/Usage +id-1 +NOT PAUSED +refused \(upstream_refused\)/);
  });

  test('takes nothing but the app’s own yes for ready', async () => {
    const unknown = await wait([json(404, { code: 'unknown_window', title: 'No such window.' })]);
    const odd = await wait([json(200, { ok: true })]);
    const unsure = await wait([json(202, ready)], ['--timeout', '0']);

    expect([unknown.exitCode, odd.exitCode, unsure.exitCode]).toEqual([1, 3, 1]);
  });
});
