import type { ReportExecution } from '../model/report.ts';
import type { CallContext, CallFacts, ExecutionFilter, ListAnswer } from './insightsClient.ts';
import { joinCounts, joinFacts } from './joinFacts.ts';
import { listPages } from './listPages.ts';
import { parseExecution } from './parseExecution.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** Reads the runs of these reports (UUIDs in lower case, at least one), a bounded number of ids in each request. */
export async function listExecutions(
  door: ServiceDoor,
  reportIds: readonly string[],
  filter: ExecutionFilter,
  context: CallContext,
): Promise<ListAnswer<ReportExecution>> {
  const value: ReportExecution[] = [];
  let unreadableItems = 0;
  let earlier: CallFacts | null = null;
  for (let from = 0; ; from += door.limits.maxIdsPerRequest) {
    const ids = reportIds.slice(from, from + door.limits.maxIdsPerRequest);
    const part = await listPages(door, executionsUrl(door.base, ids, filter), parseExecution, context);
    if (!part.ok) return { ok: false, failure: { ...part.failure, ...joinCounts(earlier, part.failure) } };
    value.push(...part.value);
    unreadableItems += part.unreadableItems;
    const facts = joinFacts(earlier, part);
    if (from + ids.length >= reportIds.length) return { ok: true, value, unreadableItems, ...facts };
    earlier = facts;
  }
}

function executionsUrl(base: URL, ids: readonly string[], filter: ExecutionFilter): URL {
  const url = new URL(`ScheduledReport/execution/${ids.join(';')}`, base);
  const { executionStatus, getLatestExecution } = filter;
  if (executionStatus !== undefined) url.searchParams.set('executionStatus', executionStatus.join(';'));
  if (getLatestExecution !== undefined)
    url.searchParams.set('getLatestExecution', String(getLatestExecution));
  return url;
}
