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
  const { firstMs, intervalMs, count } = executionsIn(report, fromMs, untilMs);
  const instants: number[] = [];
  for (let k = 0; k < Math.min(count, limit); k += 1) instants.push(firstMs + k * intervalMs);
  return instants;
}

/** How many instants {@link executionsWithin} would give without a limit; none of them is computed. */
export function countExecutionsWithin(report: Report, fromMs: number, untilMs: number): number {
  return executionsIn(report, fromMs, untilMs).count;
}

function executionsIn(
  { executeNow, startTimeMs, recurrenceIntervalInHours, recurrenceCount }: Report,
  fromMs: number,
  untilMs: number,
): { readonly firstMs: number; readonly intervalMs: number; readonly count: number } {
  const intervalMs = (recurrenceIntervalInHours ?? 0) * HOUR_IN_MS;
  if (executeNow || startTimeMs === null || untilMs <= startTimeMs) {
    return { firstMs: 0, intervalMs, count: 0 };
  }
  if (intervalMs <= 0) {
    return { firstMs: startTimeMs, intervalMs, count: startTimeMs >= fromMs ? 1 : 0 };
  }
  const first = Math.max(0, Math.ceil((fromMs - startTimeMs) / intervalMs));
  const end = Math.min(
    recurrenceCount ?? Number.POSITIVE_INFINITY,
    Math.ceil((untilMs - startTimeMs) / intervalMs),
  );
  return { firstMs: startTimeMs + first * intervalMs, intervalMs, count: Math.max(0, end - first) };
}
