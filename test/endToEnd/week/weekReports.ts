import { reportId } from '../emulatorDoor.ts';

/** The reports of the week: each runs daily from the time of its `startTime`, the close weekly. */
export const weekReports = [
  daily(1, 'AzureUsage-daily', '2026-11-30T01:00:00Z'),
  daily(2, 'Billing-daily', '2026-11-30T22:30:00Z'),
  daily(3, 'Sales-daily', '2026-11-30T02:00:00Z'),
  daily(4, 'Sales-partners-daily', '2026-11-30T20:58:00Z'),
  daily(5, 'Seats-daily', '2026-11-30T17:30:00Z'),
  { ...daily(6, 'Finance-close', '2026-12-05T08:00:00Z'), recurrenceInterval: 168 },
  { ...daily(7, 'Marketplace-orders', '2026-11-30T11:00:00Z'), family: 'cmp' },
  { ...daily(8, 'Marketplace-usage', '2026-11-30T12:00:00Z'), family: 'cmp' },
];

function daily(number: number, reportName: string, startTime: string) {
  return { reportId: reportId(number), reportName, startTime, family: 'mpn', recurrenceInterval: 24 };
}

/** Their ids, which are the same in every run. */
export const seededIds: ReadonlySet<string> = new Set(weekReports.map((report) => report.reportId));
