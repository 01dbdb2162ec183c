import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** A clock that several processes agree on: what it shows is computed from the machine's clock and this. */
export interface ClockSetting {
  /** The machine's time when it was set, epoch milliseconds. */
  readonly systemMs: number;
  /** What it showed then, epoch milliseconds. */
  readonly shownMs: number;
  /** How fast it has run since; 1 is real time. */
  readonly rate: number;
  /** Where it stops and waits to be set again, epoch milliseconds; null: nowhere. */
  readonly stopsAtMs: number | null;
}

const clockSettingSchema: z.ZodType<ClockSetting> = z.strictObject({
  systemMs: z.number(),
  shownMs: z.number(),
  rate: z.number(),
  stopsAtMs: z.number().nullable(),
});

/** What the clock shows when the machine's says `systemMs`; whole epoch milliseconds. Pure. */
export function shownAt({ systemMs, shownMs, rate, stopsAtMs }: ClockSetting, nowSystemMs: number): number {
  const runningMs = Math.round(shownMs + (nowSystemMs - systemMs) * rate);
  return stopsAtMs === null ? runningMs : Math.min(runningMs, stopsAtMs);
}

/** Replaces the file as a whole, so that no reader meets half of it. */
export function writeClockFile(path: string, setting: ClockSetting): void {
  writeFileSync(`${path}.new`, JSON.stringify(setting));
  renameSync(`${path}.new`, path);
}

/** @throws Error where the file is missing or no clock. */
export function readClockFile(path: string): ClockSetting {
  return clockSettingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
