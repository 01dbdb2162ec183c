import { parseTimeZone } from '../../shared/windows/timeZone.ts';
import {
  instantOfWallTime,
  type Pass,
  wallDate,
  wallTimeAt,
  wallTimeOfDate,
} from '../../shared/windows/wallTime.ts';

/** A time as somebody wrote it: an instant, and the zone in which they think; or so much time from now. */
export type ReadTime =
  | { readonly kind: 'at'; readonly atMs: number; readonly timeZone: string; readonly isSkipped: boolean }
  | { readonly kind: 'in'; readonly durationInMs: number; readonly timeZone: string }
  | { readonly kind: 'unclear'; readonly why: string };

/** What may be written. */
const TIMES_TO_WRITE =
  'write 18:00, "today 18:00", "tonight 23:00", "tomorrow 06:00", "2026-12-01 06:00", each with a zone like Europe/Amsterdam behind it if it is not yours, or +4h, or 2026-12-01T05:00:00Z';

interface Here {
  readonly nowMs: number;
  /** IANA name of the zone that is meant where none is written. */
  readonly timeZone: string;
  /** Which of two instants a wall time means that clocks show twice: an end is the later, a begin the earlier. */
  readonly pass: Pass;
}

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
const DAY_IN_MS = 24 * HOUR_IN_MS;
const EVENING_IN_MS = 18 * HOUR_IN_MS;

const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const ELAPSED = /^\+(?=\d)(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?$/;
const WALL =
  /^(?:(today|tonight|tomorrow|\d{4}-\d{2}-\d{2})[ T])?([01]\d|2[0-3]):([0-5]\d)(?: ([A-Za-z][\w+\-/]*))?$/;

/** Reads a time as people write it. What could be meant in two ways is refused and not guessed. Pure. */
export function readTime(text: string, here: Here): ReadTime {
  const written = text.trim().replaceAll(/\s+/g, ' ');
  if (INSTANT.test(written)) {
    return instant(written, here);
  }
  const elapsed = ELAPSED.exec(written);
  if (elapsed !== null) {
    const [days, hours, minutes] = elapsed.slice(1).map((part) => Number(part ?? 0));
    const durationInMs = (days ?? 0) * DAY_IN_MS + (hours ?? 0) * HOUR_IN_MS + (minutes ?? 0) * MINUTE_IN_MS;
    return durationInMs === 0
      ? unclear('is no time at all')
      : { kind: 'in', durationInMs, timeZone: here.timeZone };
  }
  const wall = WALL.exec(written);
  if (wall === null) {
    return unclear(`is not clear: ${TIMES_TO_WRITE}`);
  }
  const [, day = null, hours = '', minutes = '', zone = here.timeZone] = wall;
  const known = parseTimeZone(zone);
  if (!known.ok) {
    return unclear(`has no zone that is clear: ${known.faults.map(({ message }) => message).join(' ')}`);
  }
  const timeOfDayMs = Number(hours) * HOUR_IN_MS + Number(minutes) * MINUTE_IN_MS;
  return ofDay({ day, timeOfDayMs, time: `${hours}:${minutes}` }, { ...here, timeZone: known.value });
}

function instant(written: string, { timeZone }: Here): ReadTime {
  const date = written.slice(0, 10);
  const atMs = Date.parse(written.replace(' ', 'T'));
  return Number.isNaN(atMs) || !isDate(date)
    ? unclear('is no date of the calendar')
    : { kind: 'at', atMs, timeZone, isSkipped: false };
}

function ofDay(
  {
    day,
    timeOfDayMs,
    time,
  }: { readonly day: string | null; readonly timeOfDayMs: number; readonly time: string },
  here: Here,
): ReadTime {
  const { nowMs, timeZone } = here;
  const todayMs = wallTimeOfDate(wallDate(wallTimeAt(nowMs, timeZone)));
  switch (day) {
    case null: {
      const read = atWallTime(todayMs + timeOfDayMs, here);
      return read.atMs > nowMs
        ? read
        : unclear(`has passed today in ${timeZone}: write "tomorrow ${time}" if that is meant`);
    }
    case 'tonight':
      return timeOfDayMs < EVENING_IN_MS
        ? unclear(`is not clear: write "tomorrow ${time}" or "today ${time}"`)
        : atWallTime(todayMs + timeOfDayMs, here);
    case 'today':
      return atWallTime(todayMs + timeOfDayMs, here);
    case 'tomorrow':
      return atWallTime(todayMs + DAY_IN_MS + timeOfDayMs, here);
    default:
      return isDate(day)
        ? atWallTime(wallTimeOfDate(day) + timeOfDayMs, here)
        : unclear('is no date of the calendar');
  }
}

function atWallTime(wallMs: number, { timeZone, pass }: Here): Extract<ReadTime, { kind: 'at' }> {
  const atMs = instantOfWallTime(wallMs, timeZone, pass);
  return { kind: 'at', atMs, timeZone, isSkipped: wallTimeAt(atMs, timeZone) !== wallMs };
}

function isDate(text: string): boolean {
  const atMs = wallTimeOfDate(text);
  return !Number.isNaN(atMs) && wallDate(atMs) === text;
}

function unclear(why: string): ReadTime {
  return { kind: 'unclear', why };
}
