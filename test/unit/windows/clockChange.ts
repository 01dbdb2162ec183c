// An oracle that shares nothing with the code under test: clocks are read through Intl only.

const HOUR = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** One moment at which the clocks of a zone were put forward or back. */
export interface ClockChange {
  readonly timeZone: string;
  readonly atMs: number;
  readonly offsetBeforeMs: number;
  readonly offsetAfterMs: number;
}

/** What a clock in the zone shows, as UTC-like milliseconds (whole seconds). */
function shownAt(instantMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return Date.parse(`${format.format(instantMs).replace(' ', 'T')}Z`);
}

/** Every change of a zone's clocks in a year that a look every twelve hours finds. */
export function clockChangesOf(timeZone: string, year: number): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  const endMs = Date.UTC(year + 1, 0, 1);
  let before = Date.UTC(year, 0, 1);
  for (let after = before + 12 * HOUR; after <= endMs; before = after, after += 12 * HOUR) {
    if (offsetAt(before, timeZone) !== offsetAt(after, timeZone))
      changes.push(changeBetween(before, after, timeZone));
  }
  return changes;
}

/** When a start at a wall time has to happen, near one change of clocks and far from any other. */
export function expectedStart(
  wallMs: number,
  { timeZone, atMs, offsetBeforeMs, offsetAfterMs }: ClockChange,
): number {
  const shown = [wallMs - offsetBeforeMs, wallMs - offsetAfterMs].filter(
    (ms) => shownAt(ms, timeZone) === wallMs,
  );
  return shown.length > 0 ? Math.min(...shown) : atMs;
}

/** When the starts at a wall time happen where both passes of a repeated hour count. */
export function expectedStarts(wallMs: number, change: ClockChange): readonly number[] {
  const shown = [wallMs - change.offsetBeforeMs, wallMs - change.offsetAfterMs].filter(
    (ms) => shownAt(ms, change.timeZone) === wallMs,
  );
  return shown.length > 0 ? shown : [expectedStart(wallMs, change)];
}

function offsetAt(instantMs: number, timeZone: string): number {
  return shownAt(instantMs, timeZone) - instantMs;
}

function changeBetween(fromMs: number, untilMs: number, timeZone: string): ClockChange {
  const offsetBeforeMs = offsetAt(fromMs, timeZone);
  let before = fromMs / 1000;
  let after = untilMs / 1000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * 1000, timeZone) === offsetBeforeMs) before = middle;
    else after = middle;
  }
  return { timeZone, atMs: after * 1000, offsetBeforeMs, offsetAfterMs: offsetAt(after * 1000, timeZone) };
}
