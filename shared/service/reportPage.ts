import type { Hold } from '../model/hold.ts';
import { isLiveAt } from '../model/hold.ts';
import type { ReportStatus } from '../model/report.ts';
import { compileNamePattern, foldName } from '../windows/namePattern.ts';
import type { ShownReport } from './showReports.ts';

/** A report's place in a list that is told in pages: by account, then by id. */
export interface PagePlace {
  readonly account: string;
  readonly reportId: string;
}

/** Which reports are told, and how many of them at once; null leaves it open. */
export interface ReportsAsked {
  /** That one alone. */
  readonly reportId: string | null;
  readonly status: ReportStatus | null;
  /** Whether a hold wants it paused now. */
  readonly isHeld: boolean | null;
  /** A pattern as in a window. */
  readonly namePattern: string | null;
  readonly limit: number | null;
  /** The last report of the page before. */
  readonly after: PagePlace | null;
}

/** Everything, in the order of the settings and of Partner Center. */
export const allReports: ReportsAsked = {
  ...{ reportId: null, status: null, isHeld: null, namePattern: null, limit: null, after: null },
};

/** Whether a report is one that is asked for. Pure. */
export function reportFilter(
  { status, isHeld, namePattern }: ReportsAsked,
  nowMs: number,
): (report: Pick<ShownReport, 'status' | 'reportName'>, holds: readonly Hold[]) => boolean {
  const hasName = namePattern === null ? () => true : compileNamePattern(namePattern);
  return (report, holds) =>
    (status === null || report.status === status) &&
    (isHeld === null || isHeld === holds.some((hold) => isLiveAt(hold, nowMs))) &&
    hasName(foldName(report.reportName));
}

/** Whether the list is told in the order of its pages. Pure. */
export function isPaged({ limit, after }: ReportsAsked): boolean {
  return limit !== null || after !== null;
}

/** Below zero where the one comes before the other. Pure. */
export function comparePlaces(one: PagePlace, other: PagePlace): number {
  return compareTexts(one.account, other.account) || compareTexts(one.reportId, other.reportId);
}

/** The same whatever the machine's language: a page goes on on any instance. Pure. */
export function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
