import { compileCronStart } from './cronStart.ts';
import { wallDate, wallTimeOfDate } from './wallTime.ts';
import type { RecurringSchedule } from './window.ts';

const DAY_IN_MS = 86_400_000;

/** The wall times at which a schedule starts, without regard to its zone. UTC-like milliseconds; null where none is left. */
export interface WallStarts {
  /** The first one after a wall time. */
  next(afterMs: number): number | null;
  /** The last one at or before a wall time. */
  previous(atMs: number): number | null;
}

/** The times that the cron names, from the first date to the last; a skipped day is stepped over as a whole. */
export function wallStartsOf(
  schedule: Pick<RecurringSchedule, 'start' | 'validFrom' | 'validTo' | 'skipDates'>,
): WallStarts {
  const { next, previous } = compileCronStart(schedule.start);
  const skipped = new Set(schedule.skipDates);
  const { validFrom, validTo } = schedule;
  const firstMs = validFrom === null ? Number.NEGATIVE_INFINITY : wallTimeOfDate(validFrom);
  const lastMs = validTo === null ? Number.POSITIVE_INFINITY : wallTimeOfDate(validTo) + DAY_IN_MS - 1;
  return {
    next(afterMs) {
      let wall = next(Math.max(afterMs, firstMs - 1));
      while (wall <= lastMs && skipped.has(wallDate(wall))) {
        wall = next(wallTimeOfDate(wallDate(wall)) + DAY_IN_MS - 1);
      }
      return wall <= lastMs ? wall : null;
    },
    previous(atMs) {
      let wall = previous(Math.min(atMs, lastMs));
      while (wall >= firstMs && skipped.has(wallDate(wall))) {
        wall = previous(wallTimeOfDate(wallDate(wall)) - 1);
      }
      return wall >= firstMs ? wall : null;
    },
  };
}
