import { randomUUID } from 'node:crypto';
import { executionStatus } from '../model/execution.ts';
import type { Actor } from '../model/principal.ts';
import { type Report, reportKey } from '../model/report.ts';
import { putReport } from './putReport.ts';
import { runsLeft } from './runSchedule.ts';
import { touched } from './touched.ts';
import type { World } from './world.ts';

interface StatusChange {
  action: 'pause' | 'resume';
  by: Actor;
  atMs: number;
  /** How the change is recorded, e.g. `pause`, or `human.pause` for a person in the portal. */
  operation: string;
}

/** Pauses or resumes a settled report as the policies say; whether that is allowed was decided before. */
export function changeStatus(world: World, report: Report, change: StatusChange): Report {
  const next = change.action === 'pause' ? paused(report, change.atMs) : resumed(world, report, change.atMs);
  const changed = next.reportStatus !== report.reportStatus;
  const stored = movesTime(world, changed) ? touched(world, next, change.atMs) : next;
  putReport(world, stored, change);
  if (changed) {
    holdExecutions(world, stored, change);
  }
  return stored;
}

/** Whether a pause or resume writes `modifiedTime`. */
export function movesTime({ policies }: World, isChange: boolean): boolean {
  const { pauseMovesModifiedTime } = policies;
  return pauseMovesModifiedTime === 'always' || (isChange && pauseMovesModifiedTime === 'onChange');
}

function paused(report: Report, atMs: number): Report {
  if (report.reportStatus === 'Paused') {
    return report;
  }
  return {
    ...report,
    reportStatus: 'Paused',
    schedule: { ...report.schedule, pausedSinceMs: atMs, missedSincePause: 0 },
  };
}

function resumed(world: World, report: Report, atMs: number): Report {
  if (report.reportStatus !== 'Paused') {
    return report;
  }
  const awake = withMissedRuns(world, report, atMs);
  const exhausted =
    runsLeft(awake, world.policies) === 0 && world.policies.finishedReports === 'becomeInactive';
  const inactive =
    world.policies.resumeOfPaused === 'inactive' || (exhausted && awake.schedule.missedSincePause > 0);
  const schedule = { ...awake.schedule, pausedSinceMs: null, missedSincePause: 0 };
  return { ...awake, schedule, reportStatus: inactive ? 'Inactive' : 'Active' };
}

/** What becomes of the runs that fell into the pause: forgotten, one run now, or the whole schedule moved. */
function withMissedRuns(world: World, report: Report, atMs: number): Report {
  const { schedule } = report;
  const { missedCount, missedSincePause, pausedSinceMs, shiftInMs, generatedCount } = schedule;
  if (world.policies.missedRuns === 'skip' || missedSincePause === 0) {
    return report;
  }
  if (world.policies.missedRuns === 'catchUp') {
    const { tenantId, family, reportId } = report;
    const run = {
      tenantId,
      family,
      reportId,
      executionId: randomUUID(),
      dueMs: atMs,
      heldForMs: 0,
      heldSinceMs: null,
    };
    world.executions.set(reportKey(report), [...(world.executions.get(reportKey(report)) ?? []), run]);
    const caughtUp = {
      ...schedule,
      generatedCount: generatedCount + 1,
      missedCount: missedCount - 1,
      missedSincePause: 0,
    };
    return { ...report, schedule: caughtUp };
  }
  const shifted = {
    ...schedule,
    shiftInMs: shiftInMs + (pausedSinceMs === null ? 0 : atMs - pausedSinceMs),
    missedCount: missedCount - missedSincePause,
    missedSincePause: 0,
  };
  return { ...report, schedule: shifted };
}

/** Under `executionsOnPause: "arePaused"` a run under way stands still while its report is paused. */
function holdExecutions(world: World, report: Report, { action, atMs }: StatusChange): void {
  const key = reportKey(report);
  const runs = world.executions.get(key);
  if (runs === undefined) {
    return;
  }
  const next = runs.map((run) => {
    if (action === 'resume') {
      const heldForMs = run.heldForMs + (run.heldSinceMs === null ? 0 : atMs - run.heldSinceMs);
      return { ...run, heldForMs, heldSinceMs: null };
    }
    const over = executionStatus(run, world.policies, atMs) === 'Completed';
    return over || world.policies.executionsOnPause === 'finish' ? run : { ...run, heldSinceMs: atMs };
  });
  world.executions.set(key, next);
}
