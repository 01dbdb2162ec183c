import type { Report } from '../model/report.ts';
import type { CallContext, ListAnswer, ReportFilter } from './insightsClient.ts';
import { listPages } from './listPages.ts';
import { parseReport } from './parseReport.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** Reads every report that the account sees, each once even where pages overlap. */
export async function listReports(
  door: ServiceDoor,
  filter: ReportFilter,
  context: CallContext,
): Promise<ListAnswer<Report>> {
  const url = new URL('ScheduledReport', door.base);
  if (filter.reportName !== undefined) url.searchParams.set('reportName', filter.reportName);
  if (filter.queryId !== undefined) url.searchParams.set('queryId', filter.queryId);
  const answer = await listPages(door, url, parseReport, context);
  if (!answer.ok) return answer;
  // The later mention of a report is the newer one.
  const byId = new Map(answer.value.map((report) => [report.reportId, report]));
  return { ...answer, value: [...byId.values()] };
}
