import { parseDurationMs } from '../windows/duration.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import { parseWrittenInstant } from '../windows/parseWrittenInstant.ts';
import { parseTimeZone } from '../windows/timeZone.ts';
import type { Parsed } from '../windows/windowProblem.ts';

/** How a request says when what it asks for ends. */
interface WrittenEnd {
  readonly until?: string | undefined;
  readonly duration?: string | undefined;
  readonly timeZone?: string | undefined;
}

type EndField = keyof WrittenEnd;

/** When it ends, epoch milliseconds, null without an end; and the zone in which people are told so, where one was named. */
interface RequestEnd {
  readonly untilMs: number | null;
  readonly timeZone: string | null;
}

/**
 * The end that a request names. Wall time is taken as a window takes its `to`: a skipped one moves to the first instant after the
 * gap, a repeated one is the later, so that all of what is written is in it. Pure.
 */
export function endOf(
  { until, duration, timeZone }: WrittenEnd,
  nowMs: number,
): RequestEnd | { readonly fault: { readonly field: EndField; readonly message: string } } {
  if (until !== undefined && duration !== undefined) {
    return fault('duration', 'give either until or duration, not both');
  }
  if (until === undefined && duration === undefined && timeZone !== undefined) {
    return fault('timeZone', 'is of no use without until or duration');
  }
  const zone = timeZone === undefined ? null : parseTimeZone(timeZone);
  if (zone !== null && !zone.ok) {
    return fault('timeZone', wordsOf(zone));
  }
  const shownIn = { timeZone: zone?.value ?? null };
  if (duration !== undefined) {
    const parsed = parseDurationMs(duration);
    return parsed.ok ? { untilMs: nowMs + parsed.value, ...shownIn } : fault('duration', wordsOf(parsed));
  }
  if (until === undefined) {
    return { untilMs: null, ...shownIn };
  }
  const end = parseWrittenInstant(until, shownIn.timeZone, 'later');
  if (!end.ok) {
    return fault('until', wordsOf(end));
  }
  return end.value <= nowMs
    ? fault('until', `must be in the future; it was read as ${readAs(end.value, shownIn.timeZone)}`)
    : { untilMs: end.value, ...shownIn };
}

function readAs(atMs: number, timeZone: string | null): string {
  const { utc, local } = formatInstant(atMs, timeZone ?? 'UTC');
  return timeZone === null ? utc : `${local}, ${utc}`;
}

function wordsOf({ faults }: Parsed<unknown>): string {
  return faults.map(({ message }) => message).join(' ');
}

function fault(field: EndField, message: string) {
  return { fault: { field, message } };
}
