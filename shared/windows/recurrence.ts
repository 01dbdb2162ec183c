import { type CronStart, compileCronStart } from './cronStart.ts';
import { instantOfWallTime, wallDate, wallTimeAt, wallTimeOfDate } from './wallTime.ts';
import type { RecurringSchedule } from './window.ts';

const DAY_IN_MS = 86_400_000;

/** The instants at which a recurring schedule starts; skipped dates are left out. Epoch milliseconds. */
export interface Recurrence {
  /** The first start after an instant; null if there is none. */
  nextStart(afterMs: number): number | null;
  /** The last start at or before an instant; null if there is none. */
  lastStart(atMs: number): number | null;
}

const compiled = new WeakMap<RecurringSchedule, Recurrence>();

/**
 * A schedule's starts, compiled once per schedule object.
 *
 * Each wall time that the cron names is one start: in a gap it moves to the first instant after it (several may then
 * fall together and are one), and where clocks are set back it is the first of the two, so that an hourly schedule
 * pauses for the hour's first pass only.
 */
export function recurrenceOf(schedule: RecurringSchedule): Recurrence {
  const known = compiled.get(schedule);
  if (known) return known;
  const recurrence = compile(schedule);
  compiled.set(schedule, recurrence);
  return recurrence;
}

function compile({ start, timeZone, skipDates }: RecurringSchedule): Recurrence {
  const walls = withoutDates(compileCronStart(start), new Set(skipDates));
  return {
    nextStart(afterMs) {
      let wall = walls.next(wallTimeAt(afterMs, timeZone));
      // In the second pass of a repeated hour the clock shows wall times whose start is already over.
      while (wall !== null && instantOfWallTime(wall, timeZone) <= afterMs) wall = walls.next(wall);
      return wall === null ? null : instantOfWallTime(wall, timeZone);
    },
    lastStart(atMs) {
      const shown = wallTimeAt(atMs, timeZone);
      // In that second pass, wall times later than the one shown have been already.
      const firstPass = instantOfWallTime(shown, timeZone);
      let wall = walls.previous(shown + (atMs - firstPass));
      while (wall !== null && instantOfWallTime(wall, timeZone) > atMs) wall = walls.previous(wall - 1);
      return wall === null ? null : instantOfWallTime(wall, timeZone);
    },
  };
}

/** The same starts without those on `dates`: a skipped day is stepped over as a whole. */
function withoutDates(walls: CronStart, dates: ReadonlySet<string>): CronStart {
  if (dates.size === 0) return walls;
  return {
    next(wallMs) {
      let wall = walls.next(wallMs);
      while (wall !== null && dates.has(wallDate(wall)))
        wall = walls.next(wallTimeOfDate(wallDate(wall)) + DAY_IN_MS - 1);
      return wall;
    },
    previous(wallMs) {
      let wall = walls.previous(wallMs);
      while (wall !== null && dates.has(wallDate(wall)))
        wall = walls.previous(wallTimeOfDate(wallDate(wall)) - 1);
      return wall;
    },
  };
}
