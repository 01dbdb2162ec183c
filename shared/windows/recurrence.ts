import { startsInBothPasses } from './cronStart.ts';
import { type WallStarts, wallStartsOf } from './wallStarts.ts';
import { instantOfWallTime, type Pass, wallTimeAt } from './wallTime.ts';
import type { RecurringSchedule } from './window.ts';

/** The instants at which a recurring schedule starts. Epoch milliseconds; null where there is none. */
interface Starts {
  /** The first start after an instant. */
  nextStart(afterMs: number): number | null;
  /** The last start at or before an instant. */
  lastStart(atMs: number): number | null;
}

/** The starts of a schedule, and what the cron says of each. */
export interface Recurrence extends Starts {
  /** The wall time that the cron names for a start: the last one, where clocks skip several that then fall together. */
  writtenWall(startMs: number): number;
}

const compiled = new WeakMap<RecurringSchedule, Recurrence>();

/**
 * A schedule's starts, compiled once per schedule object.
 *
 * Each wall time that the cron names is one start; in a gap it moves to the first instant after it (several may then fall
 * together and are one). Where clocks show it twice it is the first of the two, and both where the cron's hour is a
 * wildcard or a range: who writes "each hour" means that hour too.
 */
export function recurrenceOf(schedule: RecurringSchedule): Recurrence {
  const known = compiled.get(schedule);
  if (known) return known;
  const recurrence = compile(schedule);
  compiled.set(schedule, recurrence);
  return recurrence;
}

function compile(schedule: RecurringSchedule): Recurrence {
  const { start, timeZone } = schedule;
  const walls = wallStartsOf(schedule);
  const earlier = startsInPass('earlier', walls, timeZone);
  const starts = startsInBothPasses(start)
    ? eitherOf(earlier, startsInPass('later', walls, timeZone))
    : earlier;
  return {
    ...starts,
    writtenWall(startMs) {
      const shown = wallTimeAt(startMs, timeZone);
      return walls.previous(shown) ?? shown;
    },
  };
}

/** The starts where each wall time that comes twice is meant in one pass. */
function startsInPass(pass: Pass, walls: WallStarts, timeZone: string): Starts {
  const instantOf = (wall: number) => instantOfWallTime(wall, timeZone, pass);
  return {
    nextStart(afterMs) {
      const shown = wallTimeAt(afterMs, timeZone);
      // In the first pass, wall times before the one shown are still to come in the second.
      const aheadMs = pass === 'later' ? instantOf(shown) - afterMs : 0;
      let wall = walls.next(shown - aheadMs);
      while (wall !== null) {
        const startMs = instantOf(wall);
        if (startMs > afterMs) return startMs;
        // In the second pass the clock shows wall times whose start in the first is over.
        wall = walls.next(wall);
      }
      return null;
    },
    lastStart(atMs) {
      const shown = wallTimeAt(atMs, timeZone);
      // In the second pass, wall times later than the one shown have been already in the first.
      const behindMs = pass === 'earlier' ? atMs - instantOf(shown) : 0;
      let wall = walls.previous(shown + behindMs);
      while (wall !== null) {
        const startMs = instantOf(wall);
        if (startMs <= atMs) return startMs;
        wall = walls.previous(wall - 1);
      }
      return null;
    },
  };
}

function eitherOf(one: Starts, other: Starts): Starts {
  return {
    nextStart: (afterMs) => nearest(Math.min, one.nextStart(afterMs), other.nextStart(afterMs)),
    lastStart: (atMs) => nearest(Math.max, one.lastStart(atMs), other.lastStart(atMs)),
  };
}

function nearest(pick: (a: number, b: number) => number, one: number | null, other: number | null) {
  return one === null || other === null ? (one ?? other) : pick(one, other);
}
