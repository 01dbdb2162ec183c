import type { Exemption } from '../model/exemption.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { ReportSelector } from '../model/reportSelector.ts';

/** A named maintenance window of one account: when it is, and which reports it holds paused. */
export interface Window {
  /** `[a-z0-9-]{1,63}`, unique among all windows. */
  readonly name: string;
  /** Name of the account whose reports are meant. */
  readonly account: string;
  readonly reports: ReportSelector;
  /** UUIDs in lower case. An exclusion always wins over the selector. */
  readonly excludeReportIds: readonly string[];
  /** Name patterns as in {@link MatchSelector}; a report that any of them matches is excluded. */
  readonly excludeNamePatterns: readonly string[];
  readonly schedule: Schedule;
  /** What happens to a report that a person resumes inside the window: leave it alone, or pause it again. */
  readonly onManualResume: 'respect' | 'reassert';
  /** Above this many selected reports the window pauses none. */
  readonly maxReports: number;
  readonly enabled: boolean;
  /** What people said of single occurrences of it, each of one; see `asSaid`. Missing: nobody said anything. */
  readonly said?: readonly OccurrenceEnd[];
  /** What people left out of it that is not over; see `leavingOut`. Missing: nothing. */
  readonly exemptions?: readonly Exemption[];
}

export type Schedule = RecurringSchedule | OneOffSchedule;

/** Starts by a cron expression in local wall time. Its dates are `YYYY-MM-DD`, of the wall time that the cron names. */
export interface RecurringSchedule {
  readonly kind: 'recurring';
  /** Cron of the start: five fields, or six with seconds first. */
  readonly start: string;
  readonly end: WindowEnd;
  /** IANA name. */
  readonly timeZone: string;
  /** The first date on which it may start; null has none. */
  readonly validFrom: string | null;
  /** The last date on which it may start; null has none. */
  readonly validTo: string | null;
  /** Dates on which it does not start. */
  readonly skipDates: readonly string[];
}

/**
 * When what started ends.
 * - `afterDuration`: so much elapsed time later.
 * - `atWallTime`: at the next such time of day, counted from midnight, above 0 and at most 24 hours.
 * - `untilResumed`: never by itself; it lasts until the next start, which goes on with it.
 */
export type WindowEnd =
  | { readonly kind: 'afterDuration'; readonly durationMs: number }
  | { readonly kind: 'atWallTime'; readonly timeOfDayMs: number }
  | { readonly kind: 'untilResumed' };

/** Happens once. */
export interface OneOffSchedule {
  readonly kind: 'oneOff';
  readonly fromMs: number;
  readonly untilMs: number;
  /** IANA name in which people are shown the two instants. */
  readonly timeZone: string;
}
