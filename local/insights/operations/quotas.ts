import { parseInstant } from '../model/instant.ts';
import type { Report } from '../model/report.ts';
import { settleReport } from '../state/settleReport.ts';
import type { World } from '../state/world.ts';

type Owner = Pick<Report, 'tenantId' | 'family' | 'user'>;

/** Whether one more active report would be too many for this user. Source: FAQ, "quota of 50 active reports". */
export function isOverReportQuota(world: World, owner: Owner): boolean {
  const counted = reportsOf(world, owner).filter(({ reportStatus }) => {
    const isPausedAndCounts = reportStatus === 'Paused' && world.policies.pausedReportsCountInQuota;
    return reportStatus === 'Active' || isPausedAndCounts;
  });
  return counted.length >= world.policies.activeReportQuota;
}

/** Whether this user may not create one more ExecuteNow report. Source: FAQ, "5 reports/60 mins". */
export function isOverExecuteNowQuota(world: World, owner: Owner): boolean {
  const sinceMs = world.clock.nowMs() - 3_600_000;
  const recent = reportsOf(world, owner).filter(
    (report) => report.executeNow && (parseInstant(report.createdTime) ?? 0) > sinceMs,
  );
  return recent.length >= world.policies.executeNowQuota;
}

function reportsOf(world: World, { tenantId, family, user }: Owner): Report[] {
  return [...world.reports.keys()]
    .filter((key) => key.startsWith(`${tenantId}|${family}|`))
    .map((key) => settleReport(world, key))
    .filter((report) => report !== undefined && report.user === user)
    .filter((report) => report !== undefined);
}
