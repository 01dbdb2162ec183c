import { Temporal } from 'temporal-polyfill';

// A wall time is kept as the epoch milliseconds that a UTC clock would show it at: a plain number, compared and
// stepped without regard to any zone, and turned into a real instant only here.

/** Which instant a wall time means that clocks show twice: the one before they are set back, or the one after. */
export type Pass = 'earlier' | 'later';

/** The wall time that a clock in `timeZone` shows at an instant, as UTC-like milliseconds. */
export function wallTimeAt(instantMs: number, timeZone: string): number {
  const { offsetNanoseconds } =
    Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
  return instantMs + offsetNanoseconds / 1_000_000;
}

/**
 * The instant at which a clock in `timeZone` shows a wall time; of two, the one of `pass`. A wall time that clocks skip
 * gives the first instant after the gap. Never decreases as the wall time grows.
 */
export function instantOfWallTime(wallMs: number, timeZone: string, pass: Pass): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const shown = wall.toZonedDateTime(timeZone, { disambiguation: pass });
  if (shown.toPlainDateTime().equals(wall)) return shown.epochMilliseconds;
  // Inside a gap "earlier" is reckoned with the offset after the change, which puts it before the change.
  const before = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? before).epochMilliseconds;
}

/** The local date `YYYY-MM-DD` of a wall time. */
export function wallDate(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

/** The wall time at which a local date `YYYY-MM-DD` begins. */
export function wallTimeOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
