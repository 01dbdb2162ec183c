import type { Report } from '../model/report.ts';
import { compileNamePattern } from './namePattern.ts';
import type { ReportSelector, Window } from './window.ts';

/** The reports that a window means, among those that its account shows. */
export interface Selection {
  /** In the order of the list that was given. */
  readonly selected: readonly Report[];
  /** Ids that the window names and does not exclude, and that are not in the list. */
  readonly unknownIds: readonly string[];
  /** More than `maxReports` are selected: the window may pause none of them. */
  readonly overLimit: boolean;
}

/** What of a window says which reports it means. */
export type Selecting = Pick<Window, 'reports' | 'excludeReportIds' | 'excludeNamePattern' | 'maxReports'>;

/** Exclusions always win, and an ExecuteNow report is selected by its id only. Ids are compared whatever their case. */
export function selectReports(window: Selecting, reports: readonly Report[]): Selection {
  const isExcluded = exclusionOf(window);
  const isMeant = selectorOf(window.reports);
  const selected = reports.filter((report) => isMeant(report) && !isExcluded(report));
  return {
    selected,
    unknownIds: unknownIds(window, reports),
    overLimit: selected.length > window.maxReports,
  };
}

function exclusionOf({ excludeReportIds, excludeNamePattern }: Selecting): (report: Report) => boolean {
  const ids = new Set(excludeReportIds.map((id) => id.toLowerCase()));
  const hasExcludedName = excludeNamePattern === null ? () => false : compileNamePattern(excludeNamePattern);
  return (report) => ids.has(report.reportId.toLowerCase()) || hasExcludedName(report.reportName);
}

function selectorOf(selector: ReportSelector): (report: Report) => boolean {
  if (selector.kind === 'ids') {
    const ids = new Set(selector.reportIds.map((id) => id.toLowerCase()));
    return (report) => ids.has(report.reportId.toLowerCase());
  }
  const { all, namePattern, queryId } = selector;
  // Nothing said is not "all": the parser refuses it, and so does this.
  if (!all && namePattern === null && queryId === null) return () => false;
  const hasName = namePattern === null ? () => true : compileNamePattern(namePattern);
  const wantedQuery = queryId?.toLowerCase() ?? null;
  return (report) =>
    !report.executeNow &&
    (wantedQuery === null || report.queryId.toLowerCase() === wantedQuery) &&
    hasName(report.reportName);
}

function unknownIds(
  { reports: selector, excludeReportIds }: Selecting,
  reports: readonly Report[],
): readonly string[] {
  if (selector.kind !== 'ids') return [];
  // The window's own ids, less those that are known: a set of all reports, made anew per window, would be the slowest part.
  const unknown = new Set(selector.reportIds.map((id) => id.toLowerCase()));
  for (const { reportId } of reports) unknown.delete(reportId.toLowerCase());
  for (const id of excludeReportIds) unknown.delete(id.toLowerCase());
  return selector.reportIds.filter((id) => unknown.has(id.toLowerCase()));
}
