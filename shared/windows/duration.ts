import { Temporal } from 'temporal-polyfill';
import { bad, good, type Parsed, quote } from './windowProblem.ts';

const DAY_IN_MS = 86_400_000;

/** The longest duration a window may have; a standing pause is what `untilResumed` is for. */
export const MAX_DURATION_MS = 366 * DAY_IN_MS;

/**
 * Milliseconds of an ISO 8601 duration, counted as elapsed time: a day is always 24 hours and a week seven of them,
 * also when clocks change. Years and months have no fixed length and are refused.
 */
export function parseDurationMs(text: string): Parsed<number> {
  const duration = readDuration(text);
  if (duration === null) {
    return bad(
      [],
      'bad_duration',
      `${quote(text)} is not an ISO 8601 duration. Write for example PT4H or P1DT12H.`,
    );
  }
  if (duration.years !== 0 || duration.months !== 0) {
    return bad(
      [],
      'calendar_duration',
      `${quote(text)} counts years or months, whose length varies. Write days (24 hours of elapsed time each) or hours.`,
    );
  }
  const durationMs = elapsedMsOf(duration);
  if (durationMs <= 0)
    return bad(
      [],
      'duration_not_positive',
      `${quote(text)} must be longer than zero. Write for example PT4H.`,
    );
  if (durationMs > MAX_DURATION_MS) {
    return bad(
      [],
      'duration_too_long',
      `${quote(text)} is longer than 366 days. Write "untilResumed": true to pause until resumed.`,
    );
  }
  return good(durationMs);
}

/** Computed from the fields, because a delivery may hold thousands of durations and `total` takes four times as long. */
function elapsedMsOf(duration: Temporal.Duration): number {
  const { weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds } = duration;
  const inHours = (weeks * 7 + days) * 24 + hours;
  const inMs = (inHours * 3_600 + minutes * 60 + seconds) * 1_000 + milliseconds;
  return inMs + Math.floor((microseconds * 1_000 + nanoseconds) / 1_000_000);
}

function readDuration(text: string): Temporal.Duration | null {
  if (text.length > 64) return null;
  try {
    return Temporal.Duration.from(text);
  } catch {
    return null;
  }
}
