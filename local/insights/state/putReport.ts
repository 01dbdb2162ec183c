import type { Actor } from '../model/principal.ts';
import { type Report, reportKey } from '../model/report.ts';
import type { World } from './world.ts';

const versionsKept = 20;

interface Cause {
  operation: string;
  by: Actor;
  /** When it happened, epoch milliseconds of the emulator's clock. */
  atMs: number;
}

/** Creates or replaces a report and records by whom, where its status changed or a person did it: one synchronous step. */
export function putReport(world: World, next: Report, cause: Cause): void {
  const key = reportKey(next);
  const before = world.reports.get(key);
  world.reports.set(key, next);
  keepVersion(world, key, before ?? null, { fromMs: cause.atMs, report: next });
  world.deleted.delete(key);
  if (before?.reportStatus !== next.reportStatus || cause.by.kind === 'human') {
    record(world, next, before?.reportStatus ?? null, next.reportStatus, cause);
  }
  world.revision += 1;
}

/** Deletes a report with all its executions, as `DELETE /ScheduledReport/{reportId}` promises. */
export function removeReport(world: World, report: Report, cause: Cause): void {
  const key = reportKey(report);
  world.reports.delete(key);
  world.executions.delete(key);
  world.effects.delete(key);
  world.deleted.set(key, report);
  keepVersion(world, key, report, { fromMs: cause.atMs, report: null });
  record(world, report, report.reportStatus, null, cause);
  world.revision += 1;
}

function record(
  world: World,
  report: Report,
  from: Report['reportStatus'] | null,
  to: Report['reportStatus'] | null,
  cause: Cause,
): void {
  world.changes.push({
    seq: (world.changes.at(-1)?.seq ?? 0) + 1,
    atUtc: new Date(cause.atMs).toISOString(),
    tenantId: report.tenantId,
    family: report.family,
    reportId: report.reportId,
    from,
    to,
    operation: cause.operation,
    by: cause.by,
  });
}

function keepVersion(
  world: World,
  key: string,
  before: Report | null,
  next: { fromMs: number; report: Report | null },
): void {
  const versions = world.versions.get(key) ?? [{ fromMs: Number.NEGATIVE_INFINITY, report: before }];
  versions.push(next);
  world.versions.set(key, versions.slice(-versionsKept));
}

/** The report as it was before its last change; null where it was not there, undefined where it never changed. */
export function versionBefore(world: World, key: string): Report | null | undefined {
  return world.versions.get(key)?.at(-2)?.report;
}

/** The report as it was at an instant; undefined where it has not changed since the emulator started. */
export function versionAt(world: World, key: string, atMs: number): Report | null | undefined {
  const versions = world.versions.get(key);
  return (versions?.findLast((version) => version.fromMs <= atMs) ?? versions?.at(0))?.report;
}
