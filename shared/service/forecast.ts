import { type Decided, type DecideInput, decide } from '../deciding/decide.ts';
import { isLiveAt } from '../model/hold.ts';
import type { Observation } from '../model/ownership.ts';
import type { Report, ReportStatus } from '../model/report.ts';
import { inSteps, PIECES_PER_OCCURRENCE, remembered, type Steps } from '../time/steps.ts';
import { countExecutionsWithin } from '../windows/executions.ts';
import { hasEnd, nextOccurrence, type Occurrence, occurrenceFrom } from '../windows/occurrences.ts';
import { selectForWindow } from '../windows/selectForWindow.ts';
import type { Window } from '../windows/window.ts';
import { endlessWindows, endOfHold } from './expectedResume.ts';
import { type ShownOccurrence, shownOccurrence } from './shownWindow.ts';

/** A window that opens in the range, and what it would hit. */
export interface ForecastOccurrence extends ShownOccurrence {
  readonly window: string;
  /** How many reports each action would concern at its begin. */
  readonly actions: Readonly<Record<string, number>>;
  /** Executions that fall into it, over all reports it selects. */
  readonly executions: number;
}

/** The windows that open in a range, in order of time. */
export interface Forecast {
  readonly occurrences: readonly ForecastOccurrence[];
  /** The first instant of the range that is told no more, to go on from; null where all of the range is told. */
  readonly cutAtMs: number | null;
}

/** What an account's forecast starts from: what is known of it at the range's begin, and what is decided then. */
export interface ForecastInput {
  readonly known: DecideInput;
  readonly decided: Decided;
}

/** Most occurrences that are told; those that begin with the last of them are told too. */
export const MAX_FORECAST = 500;

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Which windows open in `[fromMs, untilMs)`, each occurrence once and in order of time, and what each would do at its
 * begin: what `decide` says of reports like these, or `held` where an earlier one still holds the report. Reports are
 * taken as they are today, with what is ours as if it were back. Pure.
 */
export function* forecastInSteps(
  accounts: readonly ForecastInput[],
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Steps<Forecast> {
  const ahead: Ahead[] = [];
  for (const account of accounts) {
    const forecaster = yield* createForecaster(account, untilMs);
    yield* inSteps(
      account.known.windows.windows,
      (window) => ahead.push({ window, forecaster, next: occurrenceFrom(window, fromMs) }),
      PIECES_PER_OCCURRENCE,
    );
  }
  const occurrences: ForecastOccurrence[] = [];
  let lastMs = fromMs;
  for (;;) {
    const { first, next } = earliest(ahead);
    if (first === null || next === null || next.fromMs >= untilMs) {
      return { occurrences, cutAtMs: null };
    }
    if (occurrences.length >= MAX_FORECAST && next.fromMs > lastMs) {
      return { occurrences, cutAtMs: next.fromMs };
    }
    lastMs = next.fromMs;
    occurrences.push(yield* first.forecaster(first.window, next));
    first.next = nextOccurrence(first.window, next.fromMs);
    yield PIECES_PER_OCCURRENCE;
  }
}

type Forecaster = (window: Window, occurrence: Occurrence) => Steps<ForecastOccurrence>;

/** A window, and its next occurrence that is not told yet. */
interface Ahead {
  readonly window: Window;
  readonly forecaster: Forecaster;
  next: Occurrence | null;
}

function earliest(ahead: readonly Ahead[]): { first: Ahead | null; next: Occurrence | null } {
  let first: Ahead | null = null;
  for (const one of ahead) {
    if (one.next !== null && one.next.fromMs < (first?.next?.fromMs ?? NEVER)) first = one;
  }
  return { first, next: first?.next ?? null };
}

function* createForecaster(account: ForecastInput, rangeUntilMs: number): Steps<Forecaster> {
  const { observations, tickInMs } = account.known;
  const reports = [...observations.values()].flatMap((one) => (one.kind === 'seen' ? [one.report] : []));
  const selections = remembered((window: Window) => selectForWindow(window, reports, account.known.nowMs));
  const beginnings = decideBeginnings(account.known);
  const heldUntilMs = yield* heldAtFirst(account);

  /** Reports that a window which is open takes in later, when an exemption ends. */
  const takenInLater = new Map<string, { readonly fromMs: number; readonly untilMs: number }>();

  /** What the window's begin does to the report; from then on it is held, where it is held at all. */
  const begin = (reportId: string, what: string, fromMs: number, untilMs: number): string => {
    const later = takenInLater.get(reportId);
    if (later !== undefined && later.fromMs <= fromMs) {
      takenInLater.delete(reportId);
      heldUntilMs.set(reportId, Math.max(heldUntilMs.get(reportId) ?? 0, later.untilMs));
    }
    const heldMs = heldUntilMs.get(reportId);
    // A window that begins within a tick of the last one's end goes on with it.
    const told = heldMs !== undefined && heldMs + tickInMs >= fromMs ? 'held' : what;
    if (told === 'held' || told === 'pause') heldUntilMs.set(reportId, Math.max(heldMs ?? 0, untilMs));
    return told;
  };

  return function* forecastOccurrence(window, occurrence) {
    const { fromMs, untilMs } = occurrence;
    const selection = yield* selections.get(window);
    const endMs = hasEnd(window) ? (untilMs ?? NEVER) : NEVER;
    const actions: Record<string, number> = {};
    const count = (told: string, number = 1) => {
      actions[told] = (actions[told] ?? 0) + number;
    };
    let executions = 0;
    if (selection.overLimit) {
      count('window_over_limit', selection.selected.length);
    } else {
      const lastMs = Math.min(untilMs ?? NEVER, rangeUntilMs);
      const takeIn = (report: Report) => {
        const what = beginnings.get(statusOf(report, account.known)) ?? 'unknown';
        count(begin(report.reportId, what, fromMs, endMs));
        executions += countExecutionsWithin(report, fromMs, lastMs);
      };
      yield* inSteps(selection.selected, takeIn);
      yield* inSteps(selection.exempt, ({ reportId, report, exemption: { untilMs: exemptMs } }) => {
        if (exemptMs > fromMs) {
          count('exempt');
          if (report !== null && exemptMs < endMs) {
            takenInLater.set(reportId, { fromMs: exemptMs, untilMs: endMs });
            executions += countExecutionsWithin(report, exemptMs, lastMs);
          }
        } else if (report === null) count('not_found');
        else takeIn(report);
      });
      if (selection.unknownIds.length > 0) count('not_found', selection.unknownIds.length);
    }
    return { window: window.name, ...shownOccurrence(window, occurrence), actions, executions };
  };
}

/** A forecast is not about what is paused by us today: it takes that for back. */
function statusOf({ reportId, reportStatus }: Report, { ownerships }: DecideInput): ReportStatus {
  return ownerships.has(reportId) ? 'Active' : reportStatus;
}

/** What `decide` does about a report of each status that nobody owns when a hold begins. */
function decideBeginnings(known: DecideInput): ReadonlyMap<ReportStatus, string> {
  const samples = new Map<string, Report>();
  for (const one of known.observations.values()) {
    const status = one.kind === 'seen' ? statusOf(one.report, known) : null;
    if (one.kind === 'seen' && status !== null && !samples.has(status)) {
      samples.set(status, { ...one.report, reportStatus: status });
    }
  }
  const { nowMs } = known;
  const reports = [...samples.values()];
  const seen = (report: Report): Observation => ({
    ...{ kind: 'seen', by: 'id', report, readAtMs: nowMs, serviceOffsetInMs: 0, listed: '' },
  });
  const { decisions } = decide({
    ...known,
    windows: { areReadable: true, windows: [windowOver(reports, nowMs)], invalidNames: [] },
    ...{ holds: [], ownerships: new Map(), takeOvers: new Map() },
    observations: new Map(reports.map((report) => [report.reportId, seen(report)])),
  });
  const told = new Map(
    decisions.map(({ reportId, action, reason }) => [reportId, action === 'none' ? reason : action]),
  );
  return new Map(
    reports.map(({ reportId, reportStatus }) => [reportStatus, told.get(reportId) ?? 'no_hold']),
  );
}

function windowOver(reports: readonly Report[], fromMs: number): Window {
  return {
    ...{ name: 'begin', account: '', onManualResume: 'respect', enabled: true },
    ...{ excludeReportIds: [], excludeNamePatterns: [], maxReports: reports.length },
    reports: { kind: 'ids', reportIds: reports.map(({ reportId }) => reportId) },
    schedule: { kind: 'oneOff', fromMs, untilMs: fromMs + 1, timeZone: 'UTC' },
  };
}

/** Until when what is paused by us, or is about to be, is held. */
function* heldAtFirst({ known, decided }: ForecastInput): Steps<Map<string, number>> {
  const endless = endlessWindows(known.windows.windows);
  const heldUntilMs = new Map<string, number>();
  yield* inSteps(decided.decisions, ({ reportId, action, ownership, holds }) => {
    const live = holds.filter((hold) => isLiveAt(hold, known.nowMs));
    if (live.length > 0 && (ownership !== null || action === 'pause')) {
      heldUntilMs.set(reportId, Math.max(...live.map((hold) => endOfHold(hold, endless))));
    }
  });
  return heldUntilMs;
}
