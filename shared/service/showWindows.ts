import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import { inSteps, PIECES_PER_OCCURRENCE, runInSlices } from '../time/steps.ts';
import { asSaid } from '../windows/asSaid.ts';
import { fingerprintOf } from '../windows/fingerprint.ts';
import { formatInstant, utcText } from '../windows/formatInstant.ts';
import { hasEnd, nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import { loadCronInWords, ruleInWords } from '../windows/ruleInWords.ts';
import type { Selection } from '../windows/selectReports.ts';
import { timeOfDayText } from '../windows/timeOfDay.ts';
import { wallDate, wallTimeAt } from '../windows/wallTime.ts';
import type { Schedule, Window } from '../windows/window.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import { previewOfWindows } from './previewOfWindows.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { allSaidEnds, windowsForDoor } from './windowsNow.ts';

/** An occurrence in UTC and in the window's own zone. */
export interface ShownOccurrence {
  /** Of its start, in the window's zone: `Monday`. */
  readonly weekday: string;
  readonly fromUtc: string;
  readonly fromLocal: string;
  /** Null stays until somebody resumes. */
  readonly untilUtc: string | null;
  readonly untilLocal: string | null;
}

/** What a window selects now. Its lists have the first of them: so many as there are room for. */
export interface ShownSelection {
  readonly count: number;
  readonly reports: readonly { readonly reportId: string; readonly reportName: string }[];
  /** More than the window may pause: it pauses none of them. */
  readonly isOverLimit: boolean;
  /** Ids that it names and that the account does not show. */
  readonly unknownIds: readonly string[];
}

/** What a person said of one occurrence. */
export interface ShownWord {
  readonly what: OccurrenceEnd['said'];
  /** When the occurrence began. */
  readonly fromUtc: string;
  /** When it ended, or is to end, by this word. */
  readonly untilUtc: string;
  readonly who: string;
  readonly why: string;
  readonly saidUtc: string;
}

/** A window as people are shown it. */
export interface ShownWindow {
  readonly name: string;
  readonly account: string;
  readonly enabled: boolean;
  /** Another one whenever anything of the window is written otherwise. */
  readonly fingerprint: string;
  readonly state: 'open' | 'closed' | 'over' | 'disabled';
  /** When it is open, in words. */
  readonly rule: string;
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
  /** Who gave the occurrence of now, or the one that would be open now, another end; null where nobody did. */
  readonly said: ShownWord | null;
  readonly next: readonly ShownOccurrence[];
  /** Dates from today on, for a year, on which it does not start. */
  readonly skipDates: readonly string[];
  /** Null where the reports of its account could not be read. */
  readonly selects: ShownSelection | null;
}

/** Every window, its next occurrences, and everything that is wrong with the configuration. */
export interface ShownWindows {
  /** False where the name of an entry, or a whole source, could not be read. The windows that are listed work. */
  readonly areReadable: boolean;
  readonly windows: readonly ShownWindow[];
  readonly problems: readonly WindowProblem[];
}

const SHOWN_AHEAD = 5;
/** Reports named of each window, and of one that is asked for by itself. */
const MAX_SELECTED_SHOWN = 20;
const MAX_SELECTED_OF_ONE = 1_000;
const YEAR_IN_MS = 366 * 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** What `GET /api/windows` tells. */
export async function showWindows(parts: ServiceParts, call: DoorCall): Promise<ShownWindows> {
  const { windows, problems, areReadable } = await windowsAsSaid(parts);
  const shown = await showEach(parts, windows, call, MAX_SELECTED_SHOWN);
  return { areReadable, windows: shown.windows, problems: [...problems, ...shown.problems] };
}

/** What `GET /api/windows/{name}` tells; null where there is no such window. */
export async function showWindow(
  parts: ServiceParts,
  name: string,
  call: DoorCall,
): Promise<(ShownWindow & Pick<ShownWindows, 'problems'>) | null> {
  const { windows, problems } = await windowsAsSaid(parts);
  const meant = windows.filter((window) => window.name === name);
  const shown = await showEach(parts, meant, call, MAX_SELECTED_OF_ONE);
  const [window] = shown.windows;
  const ofIt = problems.filter((problem) => problem.window === name);
  return window === undefined ? null : { ...window, problems: [...ofIt, ...shown.problems] };
}

/** The windows with the ends that people gave to single occurrences. */
async function windowsAsSaid(parts: ServiceParts) {
  const [configured, ends] = await Promise.all([windowsForDoor(parts), allSaidEnds(parts)]);
  return { ...configured, windows: asSaid(configured.windows, ends) };
}

async function showEach(
  parts: ServiceParts,
  windows: readonly Window[],
  call: DoorCall,
  maxSelected: number,
): Promise<Pick<ShownWindows, 'windows' | 'problems'>> {
  const nowMs = parts.clock.now();
  const ahead = await previewOfWindows(parts, windows, call);
  const selections = new Map(ahead.previews.map(({ window, selection }) => [window, selection]));
  const cronInWords = await loadCronInWords();
  const shown: ShownWindow[] = [];
  const show = (window: Window) =>
    void shown.push({
      ...shownWindow(window, nowMs),
      rule: ruleInWords(window.schedule, cronInWords),
      selects: shownSelection(selections.get(window) ?? null, maxSelected),
    });
  await runInSlices(inSteps(windows, show, SHOWN_AHEAD * PIECES_PER_OCCURRENCE), parts.giveWay);
  return { windows: shown, problems: ahead.problems };
}

function shownSelection(selection: Selection | null, maxSelected: number): ShownSelection | null {
  if (selection === null) return null;
  const { selected, unknownIds, overLimit } = selection;
  return {
    count: selected.length,
    reports: selected.slice(0, maxSelected).map(({ reportId, reportName }) => ({ reportId, reportName })),
    isOverLimit: overLimit,
    unknownIds: unknownIds.slice(0, maxSelected),
  };
}

function shownWindow(window: Window, nowMs: number): Omit<ShownWindow, 'rule' | 'selects'> {
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
    state: enabled ? (now !== null ? 'open' : next.length > 0 ? 'closed' : 'over') : 'disabled',
    now: now === null ? null : shownOccurrence(window, now),
    said: shownWord(window, nowMs),
    next,
    skipDates: skippedAhead(schedule, nowMs),
  };
}

function skippedAhead(schedule: Schedule, nowMs: number): readonly string[] {
  if (schedule.kind === 'oneOff') return [];
  const today = wallDate(wallTimeAt(nowMs, schedule.timeZone));
  const inAYear = wallDate(wallTimeAt(nowMs + YEAR_IN_MS, schedule.timeZone));
  return schedule.skipDates.filter((date) => date >= today && date < inAYear).toSorted();
}

function shownWord(window: Window, nowMs: number): ShownWord | null {
  const now = occurrenceAt(window, nowMs) ?? occurrenceAt({ ...window, said: [] }, nowMs);
  const word = window.said?.find(({ fromMs }) => fromMs === now?.fromMs);
  if (word === undefined) {
    return null;
  }
  const { said, fromMs, untilMs, by, why, atMs } = word;
  return {
    ...{ what: said, fromUtc: utcText(fromMs), untilUtc: utcText(untilMs) },
    ...{ who: by, why, saidUtc: utcText(atMs) },
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
    weekday: WEEKDAYS[new Date(from.local.slice(0, 10)).getUTCDay()] ?? '',
    fromUtc: from.utc,
    fromLocal: from.local,
    untilUtc: until?.utc ?? null,
    untilLocal: until?.local ?? null,
  };
}
