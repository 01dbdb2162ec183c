import { Temporal } from 'temporal-polyfill';

// A wall time is kept as the epoch milliseconds that a UTC clock would show it at: a plain number, compared and
// stepped without regard to any zone, and turned into a real instant only here.

/** The wall time that a clock in `timeZone` shows at an instant, as UTC-like milliseconds. */
export function wallTimeAt(instantMs: number, timeZone: string): number {
  const { offsetNanoseconds } =
    Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
  return instantMs + offsetNanoseconds / 1_000_000;
}

/**
 * The instant at which a clock in `timeZone` shows a wall time. A wall time that clocks skip gives the first instant
 * after the gap; one that they show twice gives the first of the two. Never decreases as the wall time grows.
 */
export function instantOfWallTime(wallMs: number, timeZone: string): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds;
  // Inside a gap "earlier" is reckoned with the offset after the change, which puts it before the change.
  return (earlier.getTimeZoneTransition('next') ?? earlier).epochMilliseconds;
}

/** The local date `YYYY-MM-DD` of a wall time. */
export function wallDate(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

/** The wall time at which a local date `YYYY-MM-DD` begins. */
export function wallTimeOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
