import { utcText } from './formatInstant.ts';
import { recurrenceOf } from './recurrence.ts';
import type { RecurringSchedule, Window } from './window.ts';

/** The longest a window without duration lasts when no next start comes: 400 days. */
export const MAX_OPEN_OCCURRENCE_MS = 400 * 86_400_000;

/** One time that a window is open: `[fromMs, untilMs)`, epoch milliseconds. */
export interface Occurrence {
  readonly window: string;
  /** The window's name and the start in UTC. It stays the same when only the end is edited. */
  readonly key: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The occurrence that an instant falls into; never more than one, since each ends where the next begins. */
export function occurrenceAt(window: Window, atMs: number): Occurrence | null {
  if (!window.enabled) return null;
  const { schedule } = window;
  const fromMs = schedule.kind === 'oneOff' ? schedule.fromMs : recurrenceOf(schedule).lastStart(atMs);
  if (fromMs === null || fromMs > atMs) return null;
  const occurrence = startingAt(window, fromMs);
  return atMs < occurrence.untilMs ? occurrence : null;
}

/** The first occurrence that starts after an instant. */
export function nextOccurrence(window: Window, afterMs: number): Occurrence | null {
  if (!window.enabled) return null;
  const { schedule } = window;
  const fromMs = schedule.kind === 'oneOff' ? schedule.fromMs : recurrenceOf(schedule).nextStart(afterMs);
  return fromMs === null || fromMs <= afterMs ? null : startingAt(window, fromMs);
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

function startingAt({ name, schedule }: Window, fromMs: number): Occurrence {
  const untilMs = schedule.kind === 'oneOff' ? schedule.untilMs : endOf(schedule, fromMs);
  return { window: name, key: `${name}@${utcText(fromMs)}`, fromMs, untilMs };
}

/**
 * Duration is elapsed time. A change of clocks can bring the next start nearer than that; the window then goes on as
 * the next occurrence, so that together they cover the same time.
 */
function endOf(schedule: RecurringSchedule, fromMs: number): number {
  const longestUntilMs = fromMs + (schedule.durationMs ?? MAX_OPEN_OCCURRENCE_MS);
  const nextStartMs = recurrenceOf(schedule).nextStart(fromMs);
  return nextStartMs === null ? longestUntilMs : Math.min(longestUntilMs, nextStartMs);
}
