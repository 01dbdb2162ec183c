import type { WindowState } from '../deciding/desiredHolds.ts';
import type { Hold } from '../model/hold.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';

/** An occurrence that is on now. */
export type OpenOccurrence = Pick<WindowState, 'window'> & {
  readonly occurrence: NonNullable<WindowState['occurrence']>;
};

/** An occurrence that no tally is kept of yet; null where nothing of it is known. Pure. */
export function begunTally(
  open: OpenOccurrence | undefined,
  [held]: readonly Hold[],
  mode: OccurrenceTally['mode'],
): OccurrenceTally | null {
  const nothing = {
    ...{ mode, heldSinceMs: null, said: null, problem: null, isOver: false, overSinceMs: null },
    ...{ counts: {}, ids: {}, awaited: [], notable: [] },
    executions: { missed: 0, missedReports: 0, completed: 0, missing: 0, pausedAgain: 0, first: null },
  };
  if (open !== undefined) {
    const { window, occurrence } = open;
    const { fromMs, untilMs } = occurrence;
    return { window: window.name, fromMs, untilMs, timeZone: window.schedule.timeZone, ...nothing };
  }
  if (held?.holder.kind !== 'window') return null;
  const { window, occurrence } = held.holder;
  // The window is gone from the settings, and its zone with it.
  return { window, fromMs: Date.parse(occurrence), untilMs: held.untilMs, timeZone: 'UTC', ...nothing };
}
