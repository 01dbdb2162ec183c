import type { Report } from '../model/report.ts';

const HOUR_IN_MS = 3_600_000;

/**
 * The instants in `[fromMs, untilMs)` at which a report is due to run, by start + k x interval with k below the
 * recurrence count; at most `limit`. Empty where the service does not say when the report starts, and for an
 * ExecuteNow report, whose schedule the service ignores. Source: insights API, "Create report".
 */
export function executionsWithin(
  report: Report,
  fromMs: number,
  untilMs: number,
  limit: number,
): readonly number[] {
  const { startTimeMs, recurrenceIntervalInHours, recurrenceCount } = report;
  if (report.executeNow || startTimeMs === null) return [];
  const intervalMs = (recurrenceIntervalInHours ?? 0) * HOUR_IN_MS;
  const count = intervalMs > 0 ? (recurrenceCount ?? Number.POSITIVE_INFINITY) : 1;
  const instants: number[] = [];
  let k = intervalMs > 0 ? Math.max(0, Math.ceil((fromMs - startTimeMs) / intervalMs)) : 0;
  for (; k < count && instants.length < limit; k += 1) {
    const atMs = startTimeMs + k * intervalMs;
    if (atMs >= untilMs) break;
    if (atMs >= fromMs) instants.push(atMs);
  }
  return instants;
}
