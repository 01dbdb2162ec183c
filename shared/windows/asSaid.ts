import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import { occurrenceAt } from './occurrences.ts';
import type { Window } from './window.ts';

/**
 * The windows with what people said of single occurrences: from here on all that asks when they are open gets it said. Pure.
 */
export function asSaid(windows: readonly Window[], ends: readonly OccurrenceEnd[]): readonly Window[] {
  if (ends.length === 0) {
    return windows;
  }
  const byWindow = Map.groupBy(ends, ({ window }) => window);
  return windows.map((window) => {
    const said = byWindow.get(window.name);
    return said === undefined ? window : { ...window, said };
  });
}

const DAY_IN_MS = 86_400_000;

/** A window that is edited so that its occurrence is over may be edited back. */
const KEPT_WHEN_OVER_MS = 2 * DAY_IN_MS;

/** One that is not there, or does not work, may come back later. */
const KEPT_WITHOUT_WINDOW_MS = 30 * DAY_IN_MS;

/**
 * Whether what was said of an occurrence is needed no more. While the window would still be in that occurrence it is: without
 * it an occurrence that was ended would begin again. Pure.
 */
export function isForgotten(end: OccurrenceEnd, windows: readonly Window[], nowMs: number): boolean {
  const window = windows.find(({ name }) => name === end.window);
  if (window === undefined || !window.enabled) {
    return nowMs - end.atMs > KEPT_WITHOUT_WINDOW_MS && nowMs >= end.untilMs;
  }
  const isStillIn = occurrenceAt({ ...window, said: [] }, nowMs)?.fromMs === end.fromMs;
  return !isStillIn && nowMs >= end.untilMs && nowMs - end.atMs > KEPT_WHEN_OVER_MS;
}
