import type { Report } from '../model/report.ts';
import { inSteps, PIECES_PER_OCCURRENCE, type Steps } from '../time/steps.ts';
import { nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import { selectInSteps } from '../windows/selectReports.ts';
import type { Window } from '../windows/window.ts';
import type { DesiredHold } from './reconcileHolds.ts';

/** What one window wants now. */
export interface WindowState {
  readonly window: Window;
  readonly occurrence: Occurrence | null;
  readonly next: Occurrence | null;
  /** How many reports it selects now. */
  readonly selectedCount: number;
  /** Ids it names that the account does not show. */
  readonly unknownIds: readonly string[];
  /** More than `maxReports`: it takes in no report, and goes on with those it holds. */
  readonly overLimit: boolean;
  /** Ids that an occurrence takes in by what is selected now; null where nothing was selected, since it is not on or near. */
  readonly takesIn: readonly string[] | null;
  readonly desired: readonly DesiredHold[];
  /** Reports whose next occurrence begins within a tick. */
  readonly soon: readonly string[];
}

/** Looks at one window at one instant, against the reports that its account shows. Pure. */
export function* lookAtWindow(input: {
  readonly window: Window;
  readonly reports: readonly Report[];
  /** Reports that this window holds in the ledger, until an end that has not come. */
  readonly heldIds: ReadonlySet<string>;
  readonly nowMs: number;
  readonly tickInMs: number;
}): Steps<WindowState> {
  const { window, reports, heldIds, nowMs, tickInMs } = input;
  const occurrence = occurrenceAt(window, nowMs);
  const next = nextOccurrence(window, nowMs);
  yield PIECES_PER_OCCURRENCE;
  const beginsSoon = next !== null && next.fromMs <= nowMs + tickInMs;
  if (occurrence === null && !beginsSoon) {
    const nothing = { selectedCount: 0, unknownIds: [], overLimit: false, desired: [], soon: [] };
    return { window, occurrence, next, takesIn: null, ...nothing };
  }
  const { selected, unknownIds, overLimit } = yield* selectInSteps(window, reports);
  const meant = [...selected.map(({ reportId }) => reportId), ...unknownIds];
  const ids = [
    ...(overLimit ? meant.filter((reportId) => heldIds.has(reportId)) : meant),
    ...heldOutOfSight(window, reports, heldIds),
  ];
  const desired: DesiredHold[] = [];
  if (occurrence !== null) {
    const hold = desiredHold(window, occurrence);
    yield* inSteps(ids, (reportId) => desired.push({ ...hold, reportId }));
  }
  return {
    window,
    occurrence,
    next,
    selectedCount: selected.length,
    unknownIds,
    overLimit,
    takesIn: overLimit ? [] : meant,
    desired,
    soon: beginsSoon && !overLimit ? ids : [],
  };
}

/** Whether a pattern still means a report that is not shown cannot be told: it stays held. */
function heldOutOfSight(
  window: Window,
  reports: readonly Report[],
  heldIds: ReadonlySet<string>,
): readonly string[] {
  if (window.reports.kind === 'ids' || heldIds.size === 0) {
    return [];
  }
  const decidable = new Set([...reports.map(({ reportId }) => reportId), ...window.excludeReportIds]);
  return [...heldIds].filter((reportId) => !decidable.has(reportId));
}

function desiredHold(window: Window, occurrence: Occurrence): Omit<DesiredHold, 'reportId'> {
  return {
    window: window.name,
    occurrence: new Date(occurrence.fromMs).toISOString(),
    fromMs: occurrence.fromMs,
    untilMs: occurrence.untilMs,
    onManualResume: window.onManualResume,
  };
}
