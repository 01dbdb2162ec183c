import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { MAX_DURATION_MS } from './duration.ts';
import { parseTimeZone } from './timeZone.ts';
import { instantOfWallTime } from './wallTime.ts';
import type { OneOffSchedule } from './window.ts';
import { faultsOf } from './windowFields.ts';
import { bad, good, type Parsed, quote, within } from './windowProblem.ts';

const oneOffInput = z.strictObject({ from: z.string(), to: z.string(), timeZone: z.string().optional() });

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::[0-5]\d(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A window that happens once, `{from, to, timeZone?}`. Both are ISO 8601, with offset or `Z`, or local wall time in
 * `timeZone`; as with recurring starts, a skipped wall time moves to the first instant after the gap, and a repeated
 * one is the first. Without `timeZone` people are shown UTC.
 */
export function parseOneOff(input: unknown): Parsed<OneOffSchedule> {
  const read = oneOffInput.safeParse(input);
  if (!read.success) return { ok: false, faults: faultsOf(read.error, input) };
  const zone =
    read.data.timeZone === undefined ? null : within(['timeZone'], parseTimeZone(read.data.timeZone));
  if (zone && !zone.ok) return zone;
  const from = within(['from'], parseInstantMs(read.data.from, zone?.value ?? null));
  const until = within(['to'], parseInstantMs(read.data.to, zone?.value ?? null));
  if (!from.ok || !until.ok) return { ok: false, faults: [from, until].flatMap((part) => part.faults) };
  if (from.value >= until.value)
    return bad(['to'], 'until_not_after_from', '"to" must be later than "from".');
  if (until.value - from.value > MAX_DURATION_MS)
    return bad(['to'], 'duration_too_long', '"to" is more than 366 days after "from".');
  return good({ kind: 'oneOff', fromMs: from.value, untilMs: until.value, timeZone: zone?.value ?? 'UTC' });
}

function parseInstantMs(text: string, timeZone: string | null): Parsed<number> {
  const found = INSTANT.exec(text);
  const wallMs = found === null ? null : readMs(found[1] === undefined ? `${text}Z` : text);
  if (found === null || wallMs === null) {
    return bad(
      [],
      'bad_instant',
      `${quote(text)} is not an instant. Write for example 2026-05-01T22:00:00+02:00.`,
    );
  }
  if (found[1] !== undefined) return good(wallMs);
  if (timeZone === null) {
    return bad(
      [],
      'missing_time_zone',
      `${quote(text)} has no offset. Add one (or Z), or name the timeZone beside it.`,
    );
  }
  return good(instantOfWallTime(wallMs, timeZone));
}

function readMs(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}
