import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { shownAt } from '../../local/functionsHost/clockFile.ts';
import { createDemoClock } from '../../local/start/demo/demoClock.ts';

const startMs = Date.parse('2026-06-06T19:52:00Z');
const datesSchema = z.strictObject({
  now: z.number(),
  constructed: z.number(),
  called: z.string(),
  given: z.string(),
  isDate: z.boolean(),
});
const printDates = `console.log(JSON.stringify({
  now: Date.now(), constructed: new Date().getTime(), called: Date(),
  given: new Date(Date.UTC(2001, 1, 3)).toISOString(), isDate: new Date() instanceof Date }))`;

describe('the clock of the demo', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'demo-clock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('jumps to an instant and never goes back', async () => {
    const clock = createDemoClock(directory, startMs);
    await clock.passTo(startMs + 300_000, 0);
    await clock.passTo(startMs, 0);

    expect(clock.nowMs()).toBeGreaterThanOrEqual(startMs + 300_000);
    expect(clock.nowMs()).toBeLessThan(startMs + 310_000);
  });

  test('runs fast until the instant, waits there, and walks on', async () => {
    const clock = createDemoClock(directory, startMs);
    const passed = clock.passTo(startMs + 300_000, 50);
    expect(JSON.parse(readFileSync(join(directory, 'clock.json'), 'utf8'))).toMatchObject({
      rate: expect.closeTo(6000, -2),
      stopsAtMs: startMs + 300_000,
    });
    await passed;

    expect(clock.nowMs()).toBeGreaterThanOrEqual(startMs + 300_000);
    expect(JSON.parse(readFileSync(join(directory, 'clock.json'), 'utf8'))).toMatchObject({
      shownMs: startMs + 300_000,
      rate: 1,
      stopsAtMs: null,
    });
  });

  test.each([
    [1000, startMs],
    [1500, startMs + 30_000],
    [9000, startMs + 60_000],
  ])('shows at the system’s %i ms what its setting says, and no more than its stop', (systemMs, shown) => {
    const setting = { systemMs: 1000, shownMs: startMs, rate: 60, stopsAtMs: startMs + 60_000 };

    expect(shownAt(setting, systemMs)).toBe(shown);
  });

  test('gives another process its time by every way to ask for now, and leaves other dates alone', () => {
    const clock = createDemoClock(directory, startMs);
    const child = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...clock.nodeArguments, '-e', printDates],
      { encoding: 'utf8' },
    );
    const dates = datesSchema.parse(JSON.parse(child.stdout));

    for (const atMs of [dates.now, dates.constructed, Date.parse(dates.called) + 1000]) {
      expect(atMs).toBeGreaterThanOrEqual(startMs);
      expect(atMs).toBeLessThan(startMs + 60_000);
    }
    expect(dates).toMatchObject({ given: '2001-02-03T00:00:00.000Z', isDate: true });
  });
});
