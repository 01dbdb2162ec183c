import { utcText } from '../../../shared/windows/formatInstant.ts';
import type { Occurrence } from '../../../shared/windows/occurrences.ts';
import type { RecurringSchedule, Window, WindowEnd } from '../../../shared/windows/window.ts';

/** A window of one report that only its schedule tells apart. */
export function windowWith(schedule: Window['schedule'], name = 'load'): Window {
  return {
    name,
    account: 'default',
    reports: { kind: 'ids', reportIds: ['00000000-0000-4000-8000-000000000001'] },
    excludeReportIds: [],
    excludeNamePatterns: [],
    schedule,
    onManualResume: 'respect',
    maxReports: 200,
    enabled: true,
  };
}

/** A recurring schedule; its end as a duration in hours, as a time of day such as `06:00`, or null for none. */
export function recurring(
  start: string,
  end: number | string | null,
  timeZone: string,
  dates: Partial<Pick<RecurringSchedule, 'validFrom' | 'validTo' | 'skipDates'>> = {},
): RecurringSchedule {
  const none = { validFrom: null, validTo: null, skipDates: [] };
  return { ...{ kind: 'recurring', start, end: endOf(end), timeZone }, ...none, ...dates };
}

function endOf(end: number | string | null): WindowEnd {
  if (end === null) return { kind: 'untilResumed' };
  if (typeof end === 'number') return { kind: 'afterDuration', durationMs: end * 3_600_000 };
  const [hours = 0, minutes = 0] = end.split(':').map(Number);
  return { kind: 'atWallTime', timeOfDayMs: (hours * 60 + minutes) * 60_000 };
}

/** Epoch milliseconds of an ISO instant. */
export function at(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new Error(`Not an instant: ${instant}`);
  return ms;
}

/** Start and end of an occurrence, in UTC. */
export function range(occurrence: Occurrence | null): string {
  return occurrence === null
    ? 'none'
    : `${utcText(occurrence.fromMs)} ${occurrence.untilMs === null ? 'open' : utcText(occurrence.untilMs)}`;
}
