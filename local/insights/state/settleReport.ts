import { randomUUID } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { reportKey } from '../model/report.ts';
import { changeStatus } from './changeStatus.ts';
import { putReport } from './putReport.ts';
import { finishedAtMs, historyInMs, runSchedule } from './runSchedule.ts';
import { timeOf, touched } from './touched.ts';
import type { World } from './world.ts';

/** Brings one report up to the clock: delayed effects, due runs, an exhausted schedule. Call before looking. */
export function settleReport(world: World, key: string): Report | undefined {
  applyEffects(world, key);
  return world.reports.has(key) ? settleAt(world, key, world.clock.nowMs()) : undefined;
}

/** The same for every report, for those who look at all of them. */
export function settleEverything(world: World): void {
  for (const key of world.reports.keys()) {
    settleReport(world, key);
  }
}

/** Makes what is due by `nowMs` happen and returns the report as it is then. */
function settleAt(world: World, key: string, nowMs: number): Report | undefined {
  const report = world.reports.get(key);
  if (report === undefined || nowMs <= (report.schedule.consideredUntilMs ?? Number.NEGATIVE_INFINITY)) {
    return report;
  }
  const progress = runSchedule(report, world.policies, nowMs);
  world.reports.set(key, progress.report);
  addExecutions(world, progress.report, progress.dueMs, nowMs);
  const finishedMs = finishedAtMs(progress.report, world.executions.get(key) ?? [], world.policies, nowMs);
  if (finishedMs !== null && world.policies.finishedReports === 'becomeInactive') {
    finish(world, progress.report, finishedMs);
  }
  return world.reports.get(key);
}

function finish(world: World, report: Report, atMs: number): void {
  const by = { kind: 'schedule' as const, tenantId: report.tenantId, clientId: null, userName: null };
  const next = touched(world, { ...report, reportStatus: 'Inactive' }, atMs);
  putReport(world, next, { operation: 'schedule', by, atMs });
}

function addExecutions(world: World, report: Report, dueMs: readonly number[], nowMs: number): void {
  if (dueMs.length === 0) {
    return;
  }
  const { tenantId, family, reportId } = report;
  const added = dueMs.map((due) => ({
    tenantId,
    family,
    reportId,
    executionId: randomUUID(),
    dueMs: due,
    heldForMs: 0,
    heldSinceMs: null,
  }));
  const kept = (world.executions.get(reportKey(report)) ?? []).filter(
    (run) => run.dueMs > nowMs - historyInMs,
  );
  world.executions.set(reportKey(report), [...kept, ...added]);
  world.revision += 1;
}

function applyEffects(world: World, key: string): void {
  const effects = world.effects.get(key) ?? [];
  const due = effects.filter((effect) => effect.dueMs <= world.clock.nowMs());
  if (due.length === 0) {
    return;
  }
  world.effects.set(
    key,
    effects.filter((effect) => !due.includes(effect)),
  );
  for (const { action, by, dueMs: atMs, operation } of due) {
    const report = settleAt(world, key, atMs);
    if (report === undefined) {
      continue;
    }
    if (action === 'touch') {
      putReport(world, { ...report, modifiedTime: timeOf(world, atMs) }, { operation, by, atMs });
    } else {
      changeStatus(world, report, { action, by, atMs, operation });
    }
  }
}
