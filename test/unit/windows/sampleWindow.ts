import { utcText } from '../../../shared/windows/formatInstant.ts';
import type { Occurrence } from '../../../shared/windows/occurrences.ts';
import type { RecurringSchedule, Window } from '../../../shared/windows/window.ts';

/** A window of one report that only its schedule tells apart. */
export function windowWith(schedule: Window['schedule'], name = 'load'): Window {
  return {
    name,
    account: 'default',
    reports: { kind: 'ids', reportIds: ['00000000-0000-4000-8000-000000000001'] },
    excludeReportIds: [],
    excludeNamePattern: null,
    schedule,
    onManualResume: 'respect',
    maxReports: 200,
    enabled: true,
  };
}

/** A recurring schedule; the duration in hours, null for none. */
export function recurring(
  start: string,
  durationInHours: number | null,
  timeZone: string,
  skipDates: readonly string[] = [],
): RecurringSchedule {
  const durationMs = durationInHours === null ? null : durationInHours * 3_600_000;
  return { kind: 'recurring', start, durationMs, timeZone, skipDates };
}

/** Epoch milliseconds of an ISO instant. */
export function at(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new Error(`Not an instant: ${instant}`);
  return ms;
}

/** Start and end of an occurrence, in UTC. */
export function range(occurrence: Occurrence | null): string {
  return occurrence === null ? 'none' : `${utcText(occurrence.fromMs)} ${utcText(occurrence.untilMs)}`;
}
