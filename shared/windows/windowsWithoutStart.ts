import { nextOccurrence, occurrenceAt } from './occurrences.ts';
import type { Window } from './window.ts';
import type { WindowProblem } from './windowProblem.ts';

const HORIZON_MS = 400 * 86_400_000;

/**
 * A warning for each enabled window that is not open at `nowMs` and will not start within 400 days: a one-off that is
 * over, a recurring one whose starts are all skipped. Apart from the parser, since it depends on the time.
 */
export function windowsWithoutStart(windows: readonly Window[], nowMs: number): readonly WindowProblem[] {
  return windows.filter((window) => window.enabled && !isOpenOrAhead(window, nowMs)).map(warningFor);
}

function isOpenOrAhead(window: Window, nowMs: number): boolean {
  if (occurrenceAt(window, nowMs) !== null) return true;
  const next = nextOccurrence(window, nowMs);
  return next !== null && next.fromMs <= nowMs + HORIZON_MS;
}

function warningFor({ name, schedule }: Window): WindowProblem {
  const message =
    schedule.kind === 'oneOff'
      ? 'The window is over and will not come again. Take it out, or give it new times.'
      : 'The window does not start within 400 days. Check its cron expression and its skipped dates.';
  return { window: name, pointer: '', code: 'no_start_ahead', message, severity: 'warning' };
}
