import type { Report } from '../model/report.ts';
import { PIECES_PER_OCCURRENCE, type Steps } from '../time/steps.ts';
import { utcText } from './formatInstant.ts';
import { hasEnd, nextOccurrence, type Occurrence, occurrenceAt } from './occurrences.ts';
import { selectForWindow, type WindowSelection } from './selectForWindow.ts';
import { wallTimeOfDate } from './wallTime.ts';
import type { Window } from './window.ts';
import type { WindowProblem, WindowProblemCode } from './windowProblem.ts';

/** What windows are held against, beside themselves. */
export interface WarningFacts {
  readonly nowMs: number;
  /** What begins and ends between two ticks is missed. */
  readonly tickInMs: number;
  /** The account's ceiling; null has none, and is reckoned with {@link USUAL_CALLS_PER_SECOND}. */
  readonly callsPerSecond: number | null;
  /** The reports of the windows' account; null where they could not be read. */
  readonly reports: readonly Report[] | null;
}

/** One report takes a read, a change and a read. */
const CALLS_PER_CHANGE = 3;
const USUAL_CALLS_PER_SECOND = 1;

const HORIZON_IN_DAYS = 400;
const DAY_IN_MS = 86_400_000;
const MAX_NAMED = 5;
const LOOKED_AHEAD = 8;

type Warning = Pick<WindowProblem, 'code' | 'message'>;

/** A window of one account as the clock and the account's reports show it before it begins. */
export interface WindowPreview {
  readonly window: Window;
  /** What it selects now; null where the reports could not be read. */
  readonly selection: WindowSelection | null;
  /** A warning for each reason why it will do nothing, or do it for good; none of a window that is not enabled. */
  readonly problems: readonly WindowProblem[];
}

/** Looks ahead at each window of one account. Apart from the parser, since it depends on the time and on the reports. Pure. */
export function* previewWindows(
  windows: readonly Window[],
  facts: WarningFacts,
): Steps<readonly WindowPreview[]> {
  const previews: WindowPreview[] = [];
  for (const window of windows) {
    const { reports } = facts;
    const selection = reports === null ? null : yield* selectForWindow(window, reports, facts.nowMs);
    const warnings = window.enabled
      ? [...warnOfTimes(window, facts), ...warnOfReports(window, selection, facts)]
      : [];
    const problems = warnings.map((one) => ({
      ...{ window: window.name, pointer: '', ...one, severity: 'warning' as const },
    }));
    previews.push({ window, selection, problems });
    yield LOOKED_AHEAD * PIECES_PER_OCCURRENCE;
  }
  return previews;
}

/** The warnings alone. Pure. */
export function* warnOfWindows(
  windows: readonly Window[],
  facts: WarningFacts,
): Steps<readonly WindowProblem[]> {
  return (yield* previewWindows(windows, facts)).flatMap(({ problems }) => problems);
}

function warnOfTimes(window: Window, { nowMs, tickInMs }: WarningFacts): readonly Warning[] {
  const never = neverStarts(window, nowMs);
  if (never !== null) return [warning('no_start_ahead', never)];
  const { schedule } = window;
  const lengthMs = lengthOf(window, nowMs);
  const warnings: Warning[] = [];
  if (lengthMs !== null && lengthMs < tickInMs) {
    const message = `The window lasts ${inMinutes(lengthMs)}, and a tick comes every ${inMinutes(tickInMs)}: it may pass between two ticks and pause nothing. Make it longer, or set TICK_SCHEDULE to tick more often.`;
    warnings.push(warning('shorter_than_tick', message));
  }
  if (hasEnd(window) && leavesNoGap(window, nowMs, tickInMs)) {
    const message =
      'Each occurrence goes on where the one before ends, so that its reports are never resumed. Write an earlier end or a shorter duration, or start less often.';
    warnings.push(warning('never_closes', message));
  }
  const reversed = /^Etc\/GMT([+-])(\d{1,2})$/.exec(schedule.timeZone);
  if (reversed !== null && Number(reversed[2]) !== 0) {
    const [, sign, hours] = reversed;
    const message = `${schedule.timeZone} is ${hours} hours ${sign === '+' ? 'behind' : 'ahead of'} UTC: the sign means the opposite of what it says. Write the zone of a place, for example America/New_York.`;
    warnings.push(warning('opposite_time_zone', message));
  }
  return warnings;
}

function warnOfReports(
  window: Window,
  selection: WindowSelection | null,
  { nowMs, callsPerSecond, reports }: WarningFacts,
): readonly Warning[] {
  if (selection === null || reports === null || neverStarts(window, nowMs) !== null) return [];
  const { selected, unknownIds, overLimit, exempt } = selection;
  const alive = selected.filter(({ reportStatus }) => reportStatus !== 'Inactive');
  const warnings: Warning[] = [];
  if (unknownIds.length > 0) {
    const message = `The account shows no report ${unknownIds.slice(0, MAX_NAMED).join(', ')}${unknownIds.length > MAX_NAMED ? ` and ${unknownIds.length - MAX_NAMED} more` : ''}. Copy the ids from Partner Center or from GET /api/reports.`;
    warnings.push(warning('unknown_report', message));
  }
  if (alive.length === 0 && exempt.length > 0) {
    const untilUtc = utcText(Math.max(...exempt.map(({ exemption }) => exemption.untilMs)));
    const message = `Each report that the window could pause is left out of it (${exempt.length}), the last until ${untilUtc}, so there is nothing to pause. GET /api/exemptions says by whom and why.`;
    warnings.push(warning('selects_none', message));
  } else if (alive.length === 0) {
    const message =
      selected.length === 0
        ? `The window selects none of the ${reports.length} reports of its account. Check its selector and what it excludes; reports that run once are selected by id only.`
        : `The schedule of each report that the window selects (${selected.length}) has run out, so there is nothing to pause.`;
    warnings.push(warning('selects_none', message));
  }
  // Ids that are too many are told by the parser.
  if (overLimit && window.reports.kind === 'match') {
    const message = `The window selects ${selected.length + exempt.length} reports, but may pause ${window.maxReports} at most and will pause none. Narrow it, or raise maxReports.`;
    warnings.push(warning('window_over_limit', message));
  }
  const lengthMs = lengthOf(window, nowMs);
  const perSecond = callsPerSecond ?? USUAL_CALLS_PER_SECOND;
  const neededMs = (alive.length * CALLS_PER_CHANGE * 1000) / perSecond;
  if (!overLimit && lengthMs !== null && neededMs > lengthMs) {
    const message = `To pause ${alive.length} reports takes about ${inMinutes(neededMs)} at ${Math.round(perSecond * 60)} calls a minute, and the window lasts ${inMinutes(lengthMs)}. Make it longer, take fewer reports, or raise callsPerSecond if Partner Center allows it.`;
    warnings.push(warning('too_short_for_reports', message));
  }
  return warnings;
}

function warning(code: WindowProblemCode, message: string): Warning {
  return { code, message };
}

/** Why the window will not open again within the horizon; null where it is open or will. */
function neverStarts(window: Window, nowMs: number): string | null {
  if (occurrenceAt(window, nowMs) !== null) return null;
  const next = nextOccurrence(window, nowMs);
  const { schedule } = window;
  if (schedule.kind === 'oneOff') {
    return next === null
      ? 'The window is over and will not come again. Take it out, or give it new times.'
      : null;
  }
  if (next === null) {
    return schedule.validTo === null
      ? 'Each time the window would open, clocks go forward from before its start to after its end, so it never does. Write an earlier start or a later end.'
      : `The window has no start left up to its last date, ${schedule.validTo}, and will not come again. Take it out, or write a later "validTo".`;
  }
  // A first date far ahead is as good as written: what counts is how long after it nothing starts.
  const { validFrom } = schedule;
  const sinceMs = validFrom === null ? nowMs : Math.max(nowMs, wallTimeOfDate(validFrom));
  return next.fromMs > sinceMs + HORIZON_IN_DAYS * DAY_IN_MS
    ? `The window does not start within ${HORIZON_IN_DAYS} days. Check its cron expression and its skipped dates.`
    : null;
}

/** How long the occurrence of now, or else the next one, lasts; null where the window has no end. */
function lengthOf(window: Window, nowMs: number): number | null {
  const occurrence = occurrenceAt(window, nowMs) ?? nextOccurrence(window, nowMs);
  return occurrence === null || occurrence.untilMs === null || !hasEnd(window)
    ? null
    : occurrence.untilMs - occurrence.fromMs;
}

function leavesNoGap(window: Window, nowMs: number, tickInMs: number): boolean {
  let one: Occurrence | null = nextOccurrence(window, nowMs);
  for (let count = 0; count < LOOKED_AHEAD; count += 1) {
    const next: Occurrence | null = one === null ? null : nextOccurrence(window, one.fromMs);
    if (one === null || next === null || next.fromMs - (one.untilMs ?? next.fromMs) > tickInMs) return false;
    one = next;
  }
  return true;
}

function inMinutes(ms: number): string {
  return ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} minutes`;
}
