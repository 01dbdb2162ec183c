import { completedAtMs, type Execution } from '../model/execution.ts';
import { parseInstant } from '../model/instant.ts';
import type { Report } from '../model/report.ts';
import type { Policies } from '../policies/policies.ts';

const hourInMs = 3_600_000;
/** The service shows the executions of the last 90 days. Source: "Get report executions". */
export const historyInMs = 90 * 24 * hourInMs;
/** Stands for "never again": the one run of an ExecuteNow report has no successor. */
const noIntervalInMs = 1e15;
/** How many runs from before the emulator's time a report of a seed is given, lest ten thousand reports drown it. */
const runsOfThePast = 10;

interface Progress {
  report: Report;
  /** When each new run was due, oldest first; runs older than the history are counted, not listed. */
  dueMs: number[];
}

/** What the schedule has done by `nowMs`: start + k * interval, not while paused. Pure. */
export function runSchedule(report: Report, policies: Policies, nowMs: number): Progress {
  if (report.schedule.consideredUntilMs !== null) {
    return advance(report, policies, nowMs);
  }
  const first = firstLook(report, policies, nowMs);
  return { ...first, dueMs: first.dueMs.slice(-runsOfThePast) };
}

/** A report that does not run now is taken to have run until its last change. */
function firstLook(report: Report, policies: Policies, nowMs: number): Progress {
  if (report.reportStatus !== 'Active') {
    const stoppedMs = Math.min(parseInstant(report.modifiedTime ?? report.createdTime) ?? nowMs, nowMs);
    const before = advance({ ...report, reportStatus: 'Active' }, policies, stoppedMs);
    const stopped = { ...before.report, reportStatus: report.reportStatus };
    return { report: advance(stopped, policies, nowMs).report, dueMs: before.dueMs };
  }
  return advance(report, policies, nowMs);
}

function advance(report: Report, policies: Policies, nowMs: number): Progress {
  const { schedule } = report;
  const fromMs = schedule.consideredUntilMs ?? Number.NEGATIVE_INFINITY;
  if (nowMs <= fromMs) {
    return { report, dueMs: [] };
  }
  const { firstMs, intervalInMs } = gridOf(report);
  const firstIndex = Math.max(0, Math.floor((fromMs - firstMs) / intervalInMs) + 1);
  const dueCount = Math.max(0, Math.floor((nowMs - firstMs) / intervalInMs) - firstIndex + 1);
  const seen = { ...schedule, consideredUntilMs: nowMs };
  if (report.reportStatus === 'Active') {
    const runCount = Math.min(dueCount, runsLeft(report, policies));
    const dueMs = Array.from({ length: runCount }, (_, k) => firstMs + (firstIndex + k) * intervalInMs);
    const next = { ...seen, generatedCount: seen.generatedCount + runCount };
    return { report: { ...report, schedule: next }, dueMs: dueMs.filter((due) => due > nowMs - historyInMs) };
  }
  const missed = report.reportStatus === 'Paused' ? dueCount : 0;
  const next = {
    ...seen,
    missedCount: seen.missedCount + missed,
    missedSincePause: seen.missedSincePause + missed,
  };
  return { report: { ...report, schedule: next }, dueMs: [] };
}

function gridOf(report: Report): { firstMs: number; intervalInMs: number } {
  if (report.executeNow) {
    return { firstMs: parseInstant(report.createdTime) ?? 0, intervalInMs: noIntervalInMs };
  }
  const startMs = parseInstant(report.startTime) ?? 0;
  return { firstMs: startMs + report.schedule.shiftInMs, intervalInMs: report.recurrenceInterval * hourInMs };
}

/** How many runs are still to come; infinite without a recurrence count. Pure. */
export function runsLeft(report: Report, policies: Policies): number {
  const { generatedCount, missedCount } = report.schedule;
  const total = report.executeNow ? 1 : (report.recurrenceCount ?? Number.POSITIVE_INFINITY);
  return Math.max(0, total - generatedCount - (policies.missedRunsCount ? missedCount : 0));
}

/** When the last run of an Active report was over, or null while it is not. Pure. */
export function finishedAtMs(
  report: Report,
  executions: readonly Execution[],
  policies: Policies,
  nowMs: number,
): number | null {
  if (report.reportStatus !== 'Active' || runsLeft(report, policies) > 0) {
    return null;
  }
  const last = executions.at(-1);
  if (last === undefined) {
    return nowMs;
  }
  const endMs = completedAtMs(last, policies);
  return last.heldSinceMs === null && endMs <= nowMs ? endMs : null;
}
