import type { Report } from '../model/report.ts';
import type { MatchSelector } from '../model/reportSelector.ts';
import { inSteps, runSteps, type Steps } from '../time/steps.ts';
import { compileNamePattern, foldName } from './namePattern.ts';
import type { Window } from './window.ts';

/** The reports that a window means, among those that its account shows. */
export interface Selection {
  /** In the order of the list that was given. */
  readonly selected: readonly Report[];
  /** Ids that the window names and does not exclude, and that are not in the list. */
  readonly unknownIds: readonly string[];
  /** More than `maxReports` are selected: the window may pause none of them. */
  readonly overLimit: boolean;
}

/** What says which reports are meant, as a window says it. A window itself is asked by `selectForWindow`, which knows what is left out. */
export type Selecting = Pick<
  Window,
  'reports' | 'excludeReportIds' | 'excludeNamePatterns' | 'maxReports'
> & {
  readonly exemptions?: never;
};

/** Exclusions always win, and an ExecuteNow report is selected by its id only. Ids are compared whatever their case. */
export function selectReports(window: Selecting, reports: readonly Report[]): Selection {
  return runSteps(selectInSteps(window, reports));
}

/** The same in steps. `reports` has each report once, and is not changed as long as anybody selects from it. */
export function* selectInSteps(window: Selecting, reports: readonly Report[]): Steps<Selection> {
  const { reports: selector, maxReports } = window;
  const { positions, nameAt } = indexOf(reports);
  const excluded = new Set(window.excludeReportIds.map((id) => id.toLowerCase()));
  const exclusions = window.excludeNamePatterns.map(compileNamePattern);
  const weight = Math.max(1, exclusions.length);
  const selected: Report[] = [];
  const take = (report: Report, at: number) => {
    const isExcluded =
      excluded.has(report.reportId.toLowerCase()) || exclusions.some((matches) => matches(nameAt(at)));
    if (!isExcluded) selected.push(report);
  };
  const unknownIds: string[] = [];
  if (selector.kind === 'match') {
    const isMeant = matcherOf(selector);
    yield* inSteps(
      reports.entries(),
      ([at, report]) => {
        if (isMeant(report, () => nameAt(at))) take(report, at);
      },
      weight,
    );
  } else {
    const found = new Set<number>();
    yield* inSteps(selector.reportIds, (id) => {
      const at = positions.get(id.toLowerCase());
      if (at !== undefined) found.add(at);
      else if (!excluded.has(id.toLowerCase())) unknownIds.push(id);
    });
    yield* inSteps(
      [...found].sort((one, other) => one - other),
      (at) => {
        const report = reports[at];
        if (report !== undefined) take(report, at);
      },
      weight,
    );
  }
  return { selected, unknownIds, overLimit: selected.length > maxReports };
}

/** A list of reports as windows look it up. */
interface ReportIndex {
  /** Where each report stands, by its id in lower case. */
  readonly positions: ReadonlyMap<string, number>;
  /** The name of the report there, folded. */
  nameAt(position: number): string;
}

/** Made once per list, since many windows ask. */
const indexes = new WeakMap<readonly Report[], ReportIndex>();

function indexOf(reports: readonly Report[]): ReportIndex {
  const known = indexes.get(reports);
  if (known !== undefined) return known;
  const names: string[] = [];
  const index: ReportIndex = {
    positions: new Map(reports.map(({ reportId }, at) => [reportId.toLowerCase(), at])),
    nameAt: (position) => (names[position] ??= foldName(reports[position]?.reportName ?? '')),
  };
  indexes.set(reports, index);
  return index;
}

/** The folded name of a report of that list; the empty one for any other. */
export function foldedNamesOf(reports: readonly Report[]): (report: Report) => string {
  const { positions, nameAt } = indexOf(reports);
  return ({ reportId }) => nameAt(positions.get(reportId.toLowerCase()) ?? -1);
}

function matcherOf({
  all,
  namePattern,
  queryId,
}: MatchSelector): (report: Report, foldedName: () => string) => boolean {
  // Nothing said is not "all": the parser refuses it, and so does this.
  if (!all && namePattern === null && queryId === null) return () => false;
  const hasName = namePattern === null ? () => true : compileNamePattern(namePattern);
  const wantedQuery = queryId?.toLowerCase() ?? null;
  return (report, foldedName) =>
    !report.executeNow &&
    (wantedQuery === null || report.queryId.toLowerCase() === wantedQuery) &&
    (namePattern === null || hasName(foldedName()));
}
