import type { ReportResult } from './reportResult.ts';
import type { AccountRun } from './runAccount.ts';

/** True where the run had no turn, or gave way before it was done: the same run goes on with it. Pure. */
export function isUnfinished(ran: AccountRun): boolean {
  return ran.kind === 'busy' || (ran.kind === 'ran' && ran.results.some(isCutShort));
}

/** What a run did that gave way, and what it did when it went on: of each report the later result. Pure. */
export function goneOn(earlier: AccountRun, later: AccountRun): AccountRun {
  if (earlier.kind !== 'ran') {
    return later;
  }
  if (later.kind !== 'ran') {
    return earlier;
  }
  const done = earlier.results.filter((result) => !isCutShort(result));
  const isDone = new Set(done.map(({ reportId }) => reportId));
  // What the later one found as the earlier one had left it is no news.
  const news = later.results.filter(({ reportId, attempts }) => !isDone.has(reportId) || attempts > 0);
  const isNews = new Set(news.map(({ reportId }) => reportId));
  return {
    ...later,
    results: [...done.filter(({ reportId }) => !isNews.has(reportId)), ...news],
    events: [...earlier.events, ...later.events],
    failure: earlier.failure ?? later.failure,
  };
}

function isCutShort({ code }: ReportResult): boolean {
  return code === 'out_of_time';
}
