import type { Exemption } from '../model/exemption.ts';
import type { Report } from '../model/report.ts';
import { inSteps, type Steps } from '../time/steps.ts';
import { leavesOutAt } from './exemptions.ts';
import { foldedNamesOf, type Selection, selectInSteps } from './selectReports.ts';
import type { Window } from './window.ts';

/** A report that a window would take in, and that an exemption leaves out. */
export interface ExemptReport {
  readonly reportId: string;
  /** Null where the account does not show it. */
  readonly report: Report | null;
  /** Of several the one that ends last. */
  readonly exemption: Exemption;
}

/** The reports that a window means at an instant. */
export interface WindowSelection extends Selection {
  /** In neither of the other lists. */
  readonly exempt: readonly ExemptReport[];
}

/**
 * What a window selects at an instant, without what people left out of it then. An exemption only ever takes reports away: what is
 * left out still counts towards `maxReports`, so that leaving one out never makes a window pause others. Pure.
 */
export function* selectForWindow(
  window: Window,
  reports: readonly Report[],
  atMs: number,
): Steps<WindowSelection> {
  const { exemptions: _, ...selecting } = window;
  const all = yield* selectInSteps(selecting, reports);
  const leavesOut = leavesOutAt(window, atMs);
  if (leavesOut === null) {
    return { ...all, exempt: [] };
  }
  const nameOf = foldedNamesOf(reports);
  const selected: Report[] = [];
  const unknownIds: string[] = [];
  const exempt: ExemptReport[] = [];
  const seeSelected = (report: Report) => {
    const { reportId } = report;
    const exemption = leavesOut.of({ reportId, shown: { report, foldedName: nameOf(report) } });
    if (exemption === null) selected.push(report);
    else exempt.push({ reportId, report, exemption });
  };
  yield* inSteps(all.selected, seeSelected, leavesOut.weight);
  const seeUnknown = (reportId: string) => {
    const exemption = leavesOut.of({ reportId, shown: null });
    if (exemption === null) unknownIds.push(reportId);
    else exempt.push({ reportId, report: null, exemption });
  };
  yield* inSteps(all.unknownIds, seeUnknown, leavesOut.weight);
  return { selected, unknownIds, overLimit: all.overLimit, exempt };
}
