import { windowMinutes } from './demoNight.ts';

/** Who acts: the product, or a person with a token of their own. */
export type Actor = 'Intermission' | 'Dana' | 'Sam';

/** One change that the Insights API's record must show. Minutes count from the window's start. */
export interface ExpectedChange {
  readonly by: Actor;
  readonly to: 'Active' | 'Paused';
  readonly fromMinute: number;
  /** Exclusive. */
  readonly beforeMinute: number;
}

/** A report of the demo and all that may happen to it. */
export interface CastReport {
  readonly reportId: string;
  readonly reportName: string;
  readonly recurrenceInHours: number;
  /** What makes it special; empty for the others. */
  readonly part: string;
  /** In this order, and nothing else. */
  readonly course: readonly ExpectedChange[];
  /** The event by which the operator learns of it; null where none is needed. */
  readonly event: string | null;
}

const afterWindow = windowMinutes + 5;
const pausedAtStart = change('Intermission', 'Paused', 0, 5);
const resumedAtEnd = change('Intermission', 'Active', windowMinutes, afterWindow);

/** The seed: every report is Active when the demo begins. */
export const cast = {
  azureUsage: report(1, 'AzureUsage-daily'),
  seats: report(2, 'Seats-daily'),
  customers: report(3, 'Customers-daily'),
  officeUsage: report(4, 'OfficeUsage-daily'),
  resellers: report(5, 'Resellers-daily', {
    part: 'its first pause fails',
    // Without an answer it is not sent again before it can have no effect any more.
    course: [change('Intermission', 'Paused', 10, 15), resumedAtEnd],
  }),
  oldExport: report(6, 'OldExport-daily', {
    part: 'Dana had paused it before',
    course: [change('Dana', 'Paused', -10, 0)],
    event: 'ForeignPauseFound',
  }),
  invoices: report(7, 'Invoices-daily', {
    part: 'Sam resumes it during the window',
    course: [pausedAtStart, change('Sam', 'Active', 10, 15)],
    event: 'ManualResumeRespected',
  }),
  licences: report(8, 'Licences-daily', {
    part: 'Dana pauses it by hand during the window',
    course: [pausedAtStart, change('Dana', 'Active', 5, 10), change('Dana', 'Paused', 5, 10)],
    event: 'ReportDoubtful',
  }),
  profile: report(9, 'Profile-weekly', { part: 'not in the window', recurrenceInHours: 168, course: [] }),
};

/** The same in the order of the table. */
export const castList: readonly CastReport[] = Object.values(cast);

function change(
  by: Actor,
  to: ExpectedChange['to'],
  fromMinute: number,
  beforeMinute: number,
): ExpectedChange {
  return { by, to, fromMinute, beforeMinute };
}

function report(number: number, reportName: string, special: Partial<CastReport> = {}): CastReport {
  return {
    reportId: `d0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    reportName,
    recurrenceInHours: 24,
    part: '',
    course: [pausedAtStart, resumedAtEnd],
    event: null,
    ...special,
  };
}
