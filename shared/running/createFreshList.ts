import type { ListAnswer } from '../insights/insightsClient.ts';
import type { Report } from '../model/report.ts';
import type { Clock } from '../time/clock.ts';

/** A report as a list showed it, and when the list was asked for. */
export interface ListedReport {
  readonly report: Report;
  readonly readAtMs: number;
}

/** The account's list, read again while many changes are still to come. */
export interface FreshList {
  /** To be called as each change begins: reads the list again before it is too old for those that follow. */
  keepFresh(): void;
  /** The report in a list that is fresh enough to act on; null where none is, or the list lacks it: then it is read by id. */
  find(reportId: string): Promise<ListedReport | null>;
}

/** A change leaves within five seconds of its read; a list is renewed well before, and not used for the last moments. */
const RENEWED_AFTER_IN_MS = 3_000;
const USED_FOR_IN_MS = 4_000;

/** A list that takes longer would be old before it could be used. */
const MAX_LIST_IN_MS = 1_500;

/** So many reads by id must be saved by each page of a list. */
const MIN_SAVED_BY_PAGE = 4;

/**
 * One list in place of many reads by id, as long as it pays: `left` tells how many changes have not begun. A list that
 * fails or takes long is the last one.
 */
export function createFreshList(options: {
  readonly list: () => Promise<ListAnswer<Report>>;
  readonly clock: Clock;
  /** When the list was read that the run decided on. */
  readonly readAtMs: number;
  readonly left: () => number;
}): FreshList {
  const { list, clock, left } = options;
  let latestMs = options.readAtMs;
  let byId: ReadonlyMap<string, Report> = new Map();
  let pages = 1;
  let isWorthIt = true;
  let renewing: Promise<void> | null = null;

  const renew = async () => {
    const askedMs = clock.now();
    const answer = await list();
    isWorthIt = answer.ok && clock.now() - askedMs <= MAX_LIST_IN_MS;
    if (answer.ok) {
      latestMs = askedMs;
      pages = answer.attempts;
      byId = new Map(answer.value.map((report) => [report.reportId, report]));
    }
    renewing = null;
  };
  const isOlderThan = (inMs: number) => clock.now() - latestMs > inMs;
  const keepFresh = () => {
    if (
      renewing === null &&
      isWorthIt &&
      isOlderThan(RENEWED_AFTER_IN_MS) &&
      left() > MIN_SAVED_BY_PAGE * pages
    ) {
      renewing = renew();
    }
  };
  return {
    keepFresh,
    find: async (reportId) => {
      keepFresh();
      if (isOlderThan(USED_FOR_IN_MS)) {
        await renewing;
      }
      const report = byId.get(reportId);
      return report === undefined || isOlderThan(USED_FOR_IN_MS) ? null : { report, readAtMs: latestMs };
    },
  };
}
