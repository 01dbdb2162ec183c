import { formatInstant } from '../windows/formatInstant.ts';
import { nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import { windowsWithoutStart } from '../windows/windowsWithoutStart.ts';
import type { ServiceParts } from './serviceParts.ts';
import { windowsForDoor } from './windowsNow.ts';

/** An occurrence in UTC and in the window's own zone. */
export interface ShownOccurrence {
  readonly fromUtc: string;
  readonly fromLocal: string;
  readonly untilUtc: string;
  readonly untilLocal: string;
}

/** A window as people are shown it. */
export interface ShownWindow {
  readonly name: string;
  readonly account: string;
  readonly enabled: boolean;
  readonly timeZone: string;
  readonly onManualResume: 'respect' | 'reassert';
  readonly maxReports: number;
  readonly now: ShownOccurrence | null;
  readonly next: readonly ShownOccurrence[];
}

/** Every window, its next occurrences, and everything that is wrong with the configuration. */
export interface ShownWindows {
  readonly areReadable: boolean;
  readonly windows: readonly ShownWindow[];
  readonly problems: readonly WindowProblem[];
}

const SHOWN_AHEAD = 5;

/** What `GET /api/windows` tells. */
export async function showWindows(parts: ServiceParts): Promise<ShownWindows> {
  const nowMs = parts.clock.now();
  const { windows, problems, areReadable } = await windowsForDoor(parts);
  return {
    areReadable,
    windows: windows.map((window) => shownWindow(window, nowMs)),
    problems: [...problems, ...windowsWithoutStart(windows, nowMs)],
  };
}

function shownWindow(window: Window, nowMs: number): ShownWindow {
  const { name, account, enabled, onManualResume, maxReports, schedule } = window;
  const { timeZone } = schedule;
  const now = occurrenceAt(window, nowMs);
  const next: ShownOccurrence[] = [];
  let ahead = nextOccurrence(window, nowMs);
  while (ahead !== null && next.length < SHOWN_AHEAD) {
    next.push(shown(ahead, timeZone));
    ahead = nextOccurrence(window, ahead.fromMs);
  }
  return {
    ...{ name, account, enabled, timeZone, onManualResume, maxReports },
    now: now === null ? null : shown(now, timeZone),
    next,
  };
}

function shown({ fromMs, untilMs }: Occurrence, timeZone: string): ShownOccurrence {
  const from = formatInstant(fromMs, timeZone);
  const until = formatInstant(untilMs, timeZone);
  return { fromUtc: from.utc, fromLocal: from.local, untilUtc: until.utc, untilLocal: until.local };
}
