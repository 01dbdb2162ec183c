import { reportIdOf } from './reportLetters.ts';

/** The three things an API may do to `modifiedTime` when a report is paused or resumed. */
export const behaviours = ['never', 'onChange', 'always'] as const;
export type Behaviour = (typeof behaviours)[number];

/** A report before anything happens: its status, or more of the emulator's fields. */
type ReportSketch = 'Active' | 'Paused' | 'Inactive' | Readonly<Record<string, unknown>>;

/** The world before anything happens. */
export interface Given {
  /** An instant; by default the midnight at which 20 January 2026 begins. */
  readonly at?: string;
  readonly reports: Readonly<Record<string, ReportSketch>>;
  readonly policies?: object;
}

/** A recurrence as `schedule` has it. */
interface RecurrenceSketch {
  readonly start: string;
  readonly timeZone: string;
  readonly duration?: string;
  /** Wall time, `06:00`. */
  readonly end?: string;
  readonly untilResumed?: boolean;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** A window as `MAINTENANCE_WINDOWS` has it, with letters for report ids. */
export interface WindowSketch {
  readonly name: string;
  /** Letters, or a selector as the setting takes it. */
  readonly reports: readonly string[] | Readonly<Record<string, unknown>>;
  readonly exclude?: readonly string[];
  readonly excludeNamePatterns?: readonly string[];
  /** A one-off, `['2026-01-20T22:00:00Z', '2026-01-21T02:00:00Z']`, or a recurrence. */
  readonly when: readonly [from: string, to: string] | RecurrenceSketch;
  readonly onManualResume?: 'respect' | 'reassert';
  readonly maxReports?: number;
  readonly enabled?: boolean;
}

/** The emulator's reports. */
export function seedOf(reports: Given['reports']): readonly object[] {
  return Object.entries(reports).map(([letter, sketch]) => ({
    reportId: reportIdOf(letter),
    reportName: `Report ${letter}`,
    modifiedTime: '2026-01-05T09:30:00Z',
    ...(typeof sketch === 'string' ? { reportStatus: sketch } : sketch),
  }));
}

/** The window as the setting takes it. */
export function windowJson({ name, reports, exclude, when, ...rest }: WindowSketch): object {
  return {
    name,
    ...rest,
    reports: isLetters(reports) ? { ids: reports.map(reportIdOf) } : reports,
    ...(exclude === undefined ? {} : { excludeReportIds: exclude.map(reportIdOf) }),
    schedule: 'start' in when ? when : { from: when[0], to: when[1] },
  };
}

function isLetters(reports: WindowSketch['reports']): reports is readonly string[] {
  return Array.isArray(reports);
}
