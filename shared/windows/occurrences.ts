import { utcText } from './formatInstant.ts';
import { recurrenceOf } from './recurrence.ts';
import { instantOfWallTime } from './wallTime.ts';
import type { RecurringSchedule, Window } from './window.ts';

const DAY_IN_MS = 86_400_000;
/** After so many starts in a row that clocks skip as a whole, none is looked for any more: one a year is a century. */
const MAX_SKIPPED_STARTS = 100;

/** One time that a window is open: `[fromMs, untilMs)`, epoch milliseconds. */
export interface Occurrence {
  readonly window: string;
  /** See {@link occurrenceKey}. */
  readonly key: string;
  readonly fromMs: number;
  /** Null lasts for good: the window has no end and never starts again. */
  readonly untilMs: number | null;
}

/** The window's name and the start in UTC. It stays the same when only the end is edited. */
export function occurrenceKey(window: string, fromMs: number): string {
  return `${window}@${utcText(fromMs)}`;
}

/** False for a window that, once it is open, stays so until it is taken away. */
export function hasEnd({ schedule }: Pick<Window, 'schedule'>): boolean {
  return schedule.kind === 'oneOff' || schedule.end.kind !== 'untilResumed';
}

/** The occurrence that an instant falls into; never more than one, since each ends where the next begins. */
export function occurrenceAt(window: Window, atMs: number): Occurrence | null {
  if (!window.enabled) return null;
  const { schedule } = window;
  const fromMs = schedule.kind === 'oneOff' ? schedule.fromMs : startsAround(schedule, atMs).lastMs;
  if (fromMs === null || fromMs > atMs) return null;
  const occurrence = startingAt(window, fromMs);
  return occurrence.untilMs === null || atMs < occurrence.untilMs ? occurrence : null;
}

/** The first occurrence that starts after an instant; null where none is left, or where clocks skip them all. */
export function nextOccurrence(window: Window, afterMs: number): Occurrence | null {
  if (!window.enabled) return null;
  const { schedule } = window;
  if (schedule.kind === 'oneOff') {
    return schedule.fromMs > afterMs ? startingAt(window, schedule.fromMs) : null;
  }
  let fromMs = startsAround(schedule, afterMs).nextMs;
  for (let skipped = 0; fromMs !== null && skipped < MAX_SKIPPED_STARTS; skipped += 1) {
    const occurrence = startingAt(window, fromMs);
    if (occurrence.untilMs !== fromMs) return occurrence;
    // Clocks skip all of it, from the wall time of its start to that of its end.
    fromMs = startsAround(schedule, fromMs).nextMs;
  }
  return null;
}

/** The first occurrence that starts at an instant or later: what `[atMs, …)` begins with. */
export function occurrenceFrom(window: Window, atMs: number): Occurrence | null {
  return nextOccurrence(window, atMs - 1);
}

/** The first `limit` occurrences that have an instant in common with `[fromMs, untilMs)`, in order. */
export function occurrencesBetween(
  window: Window,
  fromMs: number,
  untilMs: number,
  limit: number,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  let occurrence = occurrenceAt(window, fromMs) ?? nextOccurrence(window, fromMs);
  while (occurrence !== null && occurrence.fromMs < untilMs && fromMs < untilMs && found.length < limit) {
    found.push(occurrence);
    occurrence = nextOccurrence(window, occurrence.fromMs);
  }
  return found;
}

function startingAt(window: Window, fromMs: number): Occurrence {
  const { name } = window;
  return { window: name, key: occurrenceKey(name, fromMs), fromMs, untilMs: endOf(window, fromMs) };
}

/**
 * What a person said of this very occurrence counts before what the window says. A change of clocks can bring the next start
 * nearer than the end; the window then goes on as the next occurrence, so that together they cover the same time.
 */
function endOf({ schedule, said }: Window, fromMs: number): number | null {
  const word = said?.find((one) => one.fromMs === fromMs) ?? null;
  if (schedule.kind === 'oneOff') {
    return word?.untilMs ?? schedule.untilMs;
  }
  const { nextMs } = startsAround(schedule, fromMs);
  const untilMs = word?.untilMs ?? ownEndOf(schedule, fromMs);
  return untilMs === null || nextMs === null ? (untilMs ?? nextMs) : Math.min(untilMs, nextMs);
}

/**
 * Duration is elapsed time. A time of day is the next one on the calendar after the start as it is written, not as clocks
 * moved it: where they skip it, the first instant after; where it comes twice, the later one.
 */
function ownEndOf(schedule: RecurringSchedule, fromMs: number): number | null {
  const { end, timeZone } = schedule;
  switch (end.kind) {
    case 'untilResumed':
      return null;
    case 'afterDuration':
      return fromMs + end.durationMs;
    case 'atWallTime': {
      const startWall = recurrenceOf(schedule).writtenWall(fromMs);
      const sameDay = Math.floor(startWall / DAY_IN_MS) * DAY_IN_MS + end.timeOfDayMs;
      const endWall = sameDay > startWall ? sameDay : sameDay + DAY_IN_MS;
      return instantOfWallTime(endWall, timeZone, 'later');
    }
  }
}

/** The starts between which an instant lies: the last one at or before it, and the first one after it. */
interface Starts {
  readonly lastMs: number | null;
  readonly nextMs: number | null;
}

/**
 * The two pairs asked for last: a start is by far the dearest to compute, and who looks at an occurrence and at the one after it
 * asks about both by turns.
 */
const lastAsked = new WeakMap<RecurringSchedule, readonly [Starts, Starts | null]>();

function startsAround(schedule: RecurringSchedule, atMs: number): Starts {
  const [latest = null, earlier = null] = lastAsked.get(schedule) ?? [];
  if (latest !== null && isBetween(latest, atMs)) return latest;
  if (earlier !== null && latest !== null && isBetween(earlier, atMs)) {
    lastAsked.set(schedule, [earlier, latest]);
    return earlier;
  }
  const recurrence = recurrenceOf(schedule);
  const lastMs = latest?.nextMs === atMs ? atMs : recurrence.lastStart(atMs);
  const starts = { lastMs, nextMs: recurrence.nextStart(atMs) };
  lastAsked.set(schedule, [starts, latest]);
  return starts;
}

function isBetween({ lastMs, nextMs }: Starts, atMs: number): boolean {
  return (lastMs === null || lastMs <= atMs) && (nextMs === null || atMs < nextMs);
}
