import { inSteps, PIECES_PER_OCCURRENCE, runInSlices } from '../time/steps.ts';
import { fingerprintOf } from '../windows/fingerprint.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import { hasEnd, nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import { timeOfDayText } from '../windows/timeOfDay.ts';
import type { Window } from '../windows/window.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { windowsForDoor } from './windowsNow.ts';
import { windowWarnings } from './windowWarnings.ts';

/** An occurrence in UTC and in the window's own zone. */
export interface ShownOccurrence {
  readonly fromUtc: string;
  readonly fromLocal: string;
  /** Null stays until somebody resumes. */
  readonly untilUtc: string | null;
  readonly untilLocal: string | null;
}

/** A window as people are shown it. */
export interface ShownWindow {
  readonly name: string;
  readonly account: string;
  readonly enabled: boolean;
  /** Another one whenever anything of the window is written otherwise. */
  readonly fingerprint: string;
  readonly timeZone: string;
  /** The time of day at which it ends, `06:00`; null where it ends otherwise, or not. */
  readonly end: string | null;
  /** It does not end by itself. */
  readonly untilResumed: boolean;
  /** The first and the last local date on which it may start; null has none. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly onManualResume: 'respect' | 'reassert';
  readonly maxReports: number;
  readonly now: ShownOccurrence | null;
  readonly next: readonly ShownOccurrence[];
}

/** Every window, its next occurrences, and everything that is wrong with the configuration. */
export interface ShownWindows {
  /** False where the name of an entry, or a whole source, could not be read. The windows that are listed work. */
  readonly areReadable: boolean;
  readonly windows: readonly ShownWindow[];
  readonly problems: readonly WindowProblem[];
}

const SHOWN_AHEAD = 5;

/** What `GET /api/windows` tells. */
export async function showWindows(parts: ServiceParts, call: DoorCall): Promise<ShownWindows> {
  const nowMs = parts.clock.now();
  const { windows, problems, areReadable } = await windowsForDoor(parts);
  const shown: ShownWindow[] = [];
  const show = (window: Window) => void shown.push(shownWindow(window, nowMs));
  await runInSlices(inSteps(windows, show, SHOWN_AHEAD * PIECES_PER_OCCURRENCE), parts.giveWay);
  return {
    areReadable,
    windows: shown,
    problems: [...problems, ...(await windowWarnings(parts, windows, call))],
  };
}

function shownWindow(window: Window, nowMs: number): ShownWindow {
  const { name, account, enabled, onManualResume, maxReports, schedule } = window;
  const { timeZone } = schedule;
  const now = occurrenceAt(window, nowMs);
  const next: ShownOccurrence[] = [];
  let ahead = nextOccurrence(window, nowMs);
  while (ahead !== null && next.length < SHOWN_AHEAD) {
    next.push(shownOccurrence(window, ahead));
    ahead = nextOccurrence(window, ahead.fromMs);
  }
  return {
    ...{
      name,
      account,
      enabled,
      fingerprint: fingerprintOf(window),
      timeZone,
      ...shownRule(window),
      onManualResume,
      maxReports,
    },
    now: now === null ? null : shownOccurrence(window, now),
    next,
  };
}

function shownRule({
  schedule,
}: Window): Pick<ShownWindow, 'end' | 'untilResumed' | 'validFrom' | 'validTo'> {
  if (schedule.kind === 'oneOff') {
    return { end: null, untilResumed: false, validFrom: null, validTo: null };
  }
  const { end, validFrom, validTo } = schedule;
  return {
    end: end.kind === 'atWallTime' ? timeOfDayText(end.timeOfDayMs) : null,
    untilResumed: end.kind === 'untilResumed',
    ...{ validFrom, validTo },
  };
}

/** An occurrence in UTC and in its window's zone; a window until resumed has no end, since its next start goes on with it. */
export function shownOccurrence(window: Window, { fromMs, untilMs }: Occurrence): ShownOccurrence {
  const { timeZone } = window.schedule;
  const from = formatInstant(fromMs, timeZone);
  const until = untilMs === null || !hasEnd(window) ? null : formatInstant(untilMs, timeZone);
  return {
    fromUtc: from.utc,
    fromLocal: from.local,
    untilUtc: until?.utc ?? null,
    untilLocal: until?.local ?? null,
  };
}
