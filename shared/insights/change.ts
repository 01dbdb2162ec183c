import type { Report } from '../model/report.ts';

/** A pause or a resume of one report. */
export interface Change {
  readonly verb: 'pause' | 'resume';
  /** UUID in lower case. */
  readonly reportId: string;
}

/** Whether the report shows what the change was made for; a resumed report may have run out meanwhile. Pure. */
export function isReached(change: Change, report: Report): boolean {
  return change.verb === 'pause' ? report.reportStatus === 'Paused' : report.reportStatus !== 'Paused';
}

/** Whether there is anything to change: only an active report is paused, only a paused one resumed. Pure. */
export function isChangeable(change: Change, report: Report): boolean {
  return report.reportStatus === (change.verb === 'pause' ? 'Active' : 'Paused');
}

/** The address of the change below the account's base URL. Pure. */
export function changeUrl(change: Change, surface: 'mpn' | 'cmp', base: URL): URL {
  const url = new URL(`ScheduledReport/${change.verb}/${change.reportId}`, base);
  // The cmp pages print the id in the path and declare it as a query parameter; both together are always right.
  if (surface === 'cmp') url.searchParams.set('reportId', change.reportId);
  return url;
}
