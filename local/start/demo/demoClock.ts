import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type ClockSetting, shownAt, writeClockFile } from '../../functionsHost/clockFile.ts';

/** The time of the demo, which this process and the functions share. It walks in real time and is sped up in between. */
export interface DemoClock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Runs to the instant within `durationInMs` of real time (0: jumps), and walks on from there. Never goes back. */
  passTo(instantMs: number, durationInMs: number): Promise<void>;
  /** What makes a Node process live by this clock. */
  readonly nodeArguments: readonly string[];
}

/** A clock that shows `startMs` now; it is told to others by a file in `directory`. */
export function createDemoClock(directory: string, startMs: number): DemoClock {
  const file = join(directory, 'clock.json');
  const set = (setting: Omit<ClockSetting, 'systemMs'>): ClockSetting => {
    const next = { ...setting, systemMs: Date.now() };
    writeClockFile(file, next);
    return next;
  };
  let current = set({ shownMs: startMs, rate: 1, stopsAtMs: null });
  const nowMs = () => shownAt(current, Date.now());
  const preload = pathToFileURL(join(process.cwd(), 'local/functionsHost/followClock.ts'));
  preload.searchParams.set('file', file);
  return {
    nowMs,
    nodeArguments: ['--import', preload.href],
    passTo: async (instantMs, durationInMs) => {
      const shownMs = nowMs();
      if (instantMs <= shownMs) {
        return;
      }
      if (durationInMs > 0) {
        current = set({ shownMs, rate: (instantMs - shownMs) / durationInMs, stopsAtMs: instantMs });
        // Keeps no process alive: a demo that was interrupted leaves this wait behind.
        await delay(durationInMs, undefined, { ref: false });
      }
      current = set({ shownMs: instantMs, rate: 1, stopsAtMs: null });
    },
  };
}
