import type { Report } from '../../../shared/model/report.ts';

/** An active daily report; `number` makes its id. */
export function reportWith(number: number, fields: Partial<Report> = {}): Report {
  return {
    reportId: reportIdOf(number),
    reportName: `Report ${number}`,
    queryId: 'aaaaaaaa-0000-4000-8000-000000000001',
    user: 'someone@example.com',
    reportStatus: 'Active',
    executeNow: false,
    modifiedMs: null,
    startTimeMs: Date.UTC(2026, 0, 1, 6),
    recurrenceIntervalInHours: 24,
    recurrenceCount: null,
    contents: '',
    ...fields,
  };
}

/** A UUID that ends in a number. */
export function reportIdOf(number: number): string {
  return `abcdef00-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
