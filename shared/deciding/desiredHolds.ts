import type { Report } from '../model/report.ts';
import { inSteps, PIECES_PER_OCCURRENCE, type Steps } from '../time/steps.ts';
import { leavesOutAt } from '../windows/exemptions.ts';
import { nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import { type ExemptReport, selectForWindow } from '../windows/selectForWindow.ts';
import type { Window } from '../windows/window.ts';
import type { DesiredHold } from './reconcileHolds.ts';

/** What one window wants now. */
export interface WindowState {
  readonly window: Window;
  readonly occurrence: Occurrence | null;
  readonly next: Occurrence | null;
  /** How many reports it selects now, those included that people left out of it. */
  readonly selectedCount: number;
  /** Ids it names that the account does not show. */
  readonly unknownIds: readonly string[];
  /** More than `maxReports`: it takes in no report, and goes on with those it holds. */
  readonly overLimit: boolean;
  /** Ids that an occurrence takes in by what is selected now; null where nothing was selected, since it is not on or near. */
  readonly takesIn: readonly string[] | null;
  /** Reports that it would take in and that people left out of it; none where nothing was selected. */
  readonly exempt: readonly ExemptReport[];
  readonly desired: readonly DesiredHold[];
  /** Reports that its next occurrence, or the end of an exemption, takes in within a tick. */
  readonly soon: readonly string[];
}

/** Looks at one window at one instant, against the reports that its account shows. Pure. */
export function* lookAtWindow(input: {
  readonly window: Window;
  readonly reports: readonly Report[];
  /** Reports that this window holds in the ledger, until an end that has not come. */
  readonly heldIds: ReadonlySet<string>;
  /** Whether the ledger has that hold without effect, because a person was there, until an end that has not come. */
  readonly isQuiet: (hold: DesiredHold) => boolean;
  readonly nowMs: number;
  readonly tickInMs: number;
}): Steps<WindowState> {
  const { window, reports, heldIds, isQuiet, nowMs, tickInMs } = input;
  const occurrence = occurrenceAt(window, nowMs);
  const next = nextOccurrence(window, nowMs);
  yield PIECES_PER_OCCURRENCE;
  const beginsSoon = next !== null && next.fromMs <= nowMs + tickInMs;
  if (occurrence === null && !beginsSoon) {
    const nothing = { selectedCount: 0, unknownIds: [], overLimit: false, exempt: [], desired: [], soon: [] };
    return { window, occurrence, next, takesIn: null, ...nothing };
  }
  const { selected, unknownIds, overLimit, exempt } = yield* selectForWindow(window, reports, nowMs);
  const meant = [...selected.map(({ reportId }) => reportId), ...unknownIds];
  const ids = [
    ...(overLimit ? meant.filter((reportId) => heldIds.has(reportId)) : meant),
    ...heldOutOfSight(input, occurrence),
  ];
  const desired: DesiredHold[] = [];
  if (occurrence !== null) {
    const hold = desiredHold(window, occurrence);
    yield* inSteps(ids, (reportId) => desired.push({ ...hold, reportId }));
    // Such a hold pauses nothing. Without it a person would be forgotten, and overruled when the exemption ends.
    yield* inSteps(exempt, ({ reportId }) => {
      const own = { ...hold, reportId };
      if (isQuiet(own)) desired.push(own);
    });
  }
  return {
    window,
    occurrence,
    next,
    selectedCount: selected.length + exempt.length,
    unknownIds,
    overLimit,
    takesIn: overLimit ? [] : meant,
    exempt,
    desired,
    soon: overLimit ? [] : [...(beginsSoon ? ids : []), ...backSoon(exempt, occurrence ?? next, input)],
  };
}

/** Whether a pattern still means a report that is not shown cannot be told: it stays held. */
function heldOutOfSight(
  { window, reports, heldIds, isQuiet, nowMs }: Parameters<typeof lookAtWindow>[0],
  occurrence: Occurrence | null,
): readonly string[] {
  if (window.reports.kind === 'ids' || heldIds.size === 0) {
    return [];
  }
  const decidable = new Set([...reports.map(({ reportId }) => reportId), ...window.excludeReportIds]);
  const leavesOut = leavesOutAt(window, nowMs);
  const hold = occurrence === null ? null : desiredHold(window, occurrence);
  const isHeldOn = (reportId: string) =>
    !decidable.has(reportId) &&
    ((leavesOut?.of({ reportId, shown: null }) ?? null) === null ||
      (hold !== null && isQuiet({ ...hold, reportId })));
  return [...heldIds].filter(isHeldOn);
}

/** Reports that are left out for less than a tick, and that the window then takes in: until then nothing is resumed for it. */
function backSoon(
  exempt: readonly ExemptReport[],
  within: Occurrence | null,
  { nowMs, tickInMs }: { readonly nowMs: number; readonly tickInMs: number },
): readonly string[] {
  return exempt.flatMap(({ reportId, exemption: { untilMs } }) => {
    const isOpenThen = within !== null && (within.untilMs === null || untilMs < within.untilMs);
    return isOpenThen && untilMs <= nowMs + tickInMs ? [reportId] : [];
  });
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
