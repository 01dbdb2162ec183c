import { readAnyInstant } from '../time/readInstant.ts';
import { instantOfWallTime, type Pass } from './wallTime.ts';
import { bad, good, type Parsed, quote } from './windowProblem.ts';

/**
 * The instant that is written with its offset, or as local wall time in `timeZone`; null is none. A skipped wall time moves to
 * the first instant after the gap, and of a repeated one `pass` says which. Pure.
 */
export function parseWrittenInstant(text: string, timeZone: string | null, pass: Pass): Parsed<number> {
  const read = readAnyInstant(text);
  if (read === null) {
    return bad(
      [],
      'bad_instant',
      `${quote(text)} is not an instant. Write for example 2026-05-01T22:00:00+02:00.`,
    );
  }
  if (read.hasOffset) return good(read.atMs);
  if (timeZone === null) {
    return bad(
      [],
      'missing_time_zone',
      `${quote(text)} has no offset. Add one (or Z), or name the timeZone beside it.`,
    );
  }
  return good(instantOfWallTime(read.atMs, timeZone, pass));
}
