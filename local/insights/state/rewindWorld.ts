import type { World } from './world.ts';

/** After the clock was set back: runs that are not due any more have not been. Statuses and changes stay. */
export function rewindWorld(world: World): void {
  const nowMs = world.clock.nowMs();
  world.versions.clear();
  for (const [key, report] of world.reports) {
    const { consideredUntilMs, generatedCount } = report.schedule;
    if (consideredUntilMs === null || consideredUntilMs <= nowMs) {
      continue;
    }
    const runs = world.executions.get(key) ?? [];
    const kept = runs.filter((run) => run.dueMs <= nowMs);
    world.executions.set(key, kept);
    const undone = Math.min(generatedCount, runs.length - kept.length);
    const schedule = {
      ...report.schedule,
      consideredUntilMs: nowMs,
      generatedCount: generatedCount - undone,
    };
    world.reports.set(key, { ...report, schedule });
  }
}
