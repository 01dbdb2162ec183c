import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import { fingerprintOf } from '../windows/fingerprint.ts';
import { formatInstant, utcText } from '../windows/formatInstant.ts';
import { hasEnd, nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import { type CronInWords, ruleInWords } from '../windows/ruleInWords.ts';
import type { WindowSelection } from '../windows/selectForWindow.ts';
import { timeOfDayText } from '../windows/timeOfDay.ts';
import { wallDate, wallTimeAt } from '../windows/wallTime.ts';
import type { Schedule, Window } from '../windows/window.ts';

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
  /** How many it would select but for exemptions, and the first of them. */
  readonly exemptCount: number;
  readonly exempt: readonly ShownExempt[];
}

/** A report that is left out of a window, and by which exemption; of several the one that ends last. */
export interface ShownExempt {
  readonly reportId: string;
  /** Empty where the account does not show it. */
  readonly reportName: string;
  readonly exemptionId: string;
  readonly untilUtc: string;
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

/** So many occurrences are shown of each window. */
export const OCCURRENCES_SHOWN = 5;
const YEAR_IN_MS = 366 * 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function shownSelection(selection: WindowSelection | null, maxSelected: number): ShownSelection | null {
  if (selection === null) return null;
  const { selected, unknownIds, overLimit, exempt } = selection;
  return {
    count: selected.length,
    reports: selected.slice(0, maxSelected).map(({ reportId, reportName }) => ({ reportId, reportName })),
    isOverLimit: overLimit,
    unknownIds: unknownIds.slice(0, maxSelected),
    exemptCount: exempt.length,
    exempt: exempt.slice(0, maxSelected).map(({ reportId, report, exemption }) => ({
      reportId,
      reportName: report?.reportName ?? '',
      exemptionId: exemption.id,
      untilUtc: utcText(exemption.untilMs),
    })),
  };
}

/** What of a window people are shown. Pure. */
export function shownWindow(
  window: Window,
  known: {
    readonly nowMs: number;
    /** Null where the reports of its account could not be read. */
    readonly selection: WindowSelection | null;
    readonly maxSelected: number;
    readonly cronInWords: CronInWords;
  },
): ShownWindow {
  const { nowMs, selection, maxSelected, cronInWords } = known;
  const { name, account, enabled, onManualResume, maxReports, schedule } = window;
  const { timeZone } = schedule;
  const now = occurrenceAt(window, nowMs);
  const next: ShownOccurrence[] = [];
  let ahead = nextOccurrence(window, nowMs);
  while (ahead !== null && next.length < OCCURRENCES_SHOWN) {
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
    rule: ruleInWords(schedule, cronInWords),
    selects: shownSelection(selection, maxSelected),
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
  return spanInZone(window.schedule.timeZone, fromMs, hasEnd(window) ? untilMs : null);
}

/** From when to when, in UTC and in a zone. */
export function spanInZone(timeZone: string, fromMs: number, untilMs: number | null): ShownOccurrence {
  const from = formatInstant(fromMs, timeZone);
  const until = untilMs === null ? null : formatInstant(untilMs, timeZone);
  return {
    weekday: WEEKDAYS[new Date(from.local.slice(0, 10)).getUTCDay()] ?? '',
    fromUtc: from.utc,
    fromLocal: from.local,
    untilUtc: until?.utc ?? null,
    untilLocal: until?.local ?? null,
  };
}
