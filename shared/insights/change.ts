/** A pause or a resume of one report. */
export interface Change {
  readonly verb: 'pause' | 'resume';
  /** UUID in lower case. */
  readonly reportId: string;
}

/** The address of the change below the account's base URL. Pure. */
export function changeUrl(change: Change, surface: 'mpn' | 'cmp', base: URL): URL {
  const url = new URL(`ScheduledReport/${change.verb}/${change.reportId}`, base);
  // The cmp pages print the id in the path and declare it as a query parameter; both together are always right.
  if (surface === 'cmp') url.searchParams.set('reportId', change.reportId);
  return url;
}
