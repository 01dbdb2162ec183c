import { z } from 'zod';
import { readAnyInstant } from '../time/readInstant.ts';
import { MAX_DURATION_MS } from './duration.ts';
import { formatInstant } from './formatInstant.ts';
import { parseWrittenInstant } from './parseWrittenInstant.ts';
import { parseTimeZone } from './timeZone.ts';
import { wallTimeAt } from './wallTime.ts';
import type { OneOffSchedule } from './window.ts';
import { quotedFaultsOf } from './windowFields.ts';
import { bad, good, type Parsed, quote, within } from './windowProblem.ts';

const oneOffInput = z.strictObject({ from: z.string(), to: z.string(), timeZone: z.string().optional() });

/**
 * A window that happens once, `{from, to, timeZone?}`. Both are ISO 8601, with offset or `Z`, or local wall time in
 * `timeZone`; a skipped wall time moves to the first instant after the gap. Of a repeated one `from` is the first and `to`
 * the later, so that all of what is written is in it. Without `timeZone` people are shown UTC.
 */
export function parseOneOff(input: unknown): Parsed<OneOffSchedule> {
  const read = oneOffInput.safeParse(input);
  if (!read.success) return { ok: false, faults: quotedFaultsOf(read.error, input) };
  const zone =
    read.data.timeZone === undefined ? null : within(['timeZone'], parseTimeZone(read.data.timeZone));
  if (zone && !zone.ok) return zone;
  const from = within(['from'], parseWrittenInstant(read.data.from, zone?.value ?? null, 'earlier'));
  const until = within(['to'], parseWrittenInstant(read.data.to, zone?.value ?? null, 'later'));
  if (!from.ok || !until.ok) return { ok: false, faults: [from, until].flatMap((part) => part.faults) };
  if (from.value >= until.value) {
    return bad(['to'], 'until_not_after_from', notLater(read.data, from.value, zone?.value ?? null));
  }
  if (until.value - from.value > MAX_DURATION_MS) {
    return bad(
      ['to'],
      'duration_too_long',
      `${quote(read.data.to)} is more than 366 days after "from", ${quote(read.data.from)}. Write an earlier one.`,
    );
  }
  return good({ kind: 'oneOff', fromMs: from.value, untilMs: until.value, timeZone: zone?.value ?? 'UTC' });
}

/** Says too where clocks skip `from`, so that it moved, and the end is later only as it is written. */
function notLater(
  { from, to }: { readonly from: string; readonly to: string },
  fromMs: number,
  timeZone: string | null,
): string {
  const written = readAnyInstant(`${from}Z`)?.atMs ?? null;
  const isSkipped = timeZone !== null && written !== null && wallTimeAt(fromMs, timeZone) !== written;
  return isSkipped
    ? `${quote(to)} is not after the start: clocks in ${timeZone} skip ${quote(from)}, so that it begins at ` +
        `${formatInstant(fromMs, timeZone).local}. Write an end after that.`
    : `${quote(to)} must be later than "from", ${quote(from)}. Write a later end, or an earlier start.`;
}
