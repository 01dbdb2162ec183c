import type { Family } from '../model/report.ts';
import { systemQueriesOf } from '../operations/systemQueries.ts';
import { type StateDocument, stateDocumentSchema } from './stateDocument.ts';

const analyst = 'dana.analyst@partner.example';

const mpnReports = [
  { nr: 1, reportName: 'AzureUsage-daily', table: 'AzureUsage', recurrenceInterval: 24 },
  {
    nr: 2,
    reportName: 'Seats-and-revenue-daily',
    table: 'SeatsSubscriptionsAndRevenue',
    recurrenceInterval: 24,
  },
  { nr: 3, reportName: 'Customers-weekly', table: 'CustomersAndTenants', recurrenceInterval: 168 },
  {
    nr: 4,
    reportName: 'Office-usage-daily',
    table: 'OfficeUsage',
    recurrenceInterval: 24,
    callbackMethod: 'POST',
  },
  { nr: 5, reportName: 'Dynamics-usage-weekly', table: 'DynamicsUsage', recurrenceInterval: 168 },
  {
    nr: 6,
    reportName: 'PowerBI-usage-weekly',
    table: 'PowerBIUsage',
    recurrenceInterval: 168,
    format: 'tsv',
  },
  { nr: 7, reportName: 'EMS-usage-weekly', table: 'EMSUsage', recurrenceInterval: 168 },
  {
    nr: 8,
    reportName: 'Reseller-performance-monthly',
    table: 'ResellerPerformance',
    recurrenceInterval: 720,
    recurrenceCount: 1000,
  },
  {
    nr: 9,
    reportName: 'Profile-daily (paused by Dana)',
    table: 'Profile',
    reportStatus: 'Paused',
    user: analyst,
  },
  {
    nr: 10,
    reportName: 'Old Azure export (paused by Dana)',
    table: 'AzureUsage',
    reportStatus: 'Paused',
    user: analyst,
  },
  {
    nr: 11,
    reportName: 'Pilot Office export',
    table: 'OfficeUsage',
    reportStatus: 'Inactive',
    recurrenceCount: 10,
  },
  { nr: 12, reportName: 'Customers once', table: 'CustomersAndTenants', executeNow: true },
];

const cmpReports = [
  { nr: 1, reportName: 'Marketplace-orders-daily', table: 'ISVOrder', recurrenceInterval: 24 },
  { nr: 2, reportName: 'Marketplace-orders-weekly', table: 'ISVOrder', recurrenceInterval: 168 },
  { nr: 3, reportName: 'Marketplace-orders (paused)', table: 'ISVOrder', reportStatus: 'Paused' },
];

/**
 * What the emulator starts with when nobody gives it a seed: twelve mpn reports and three cmp reports of one partner.
 * Ids are `a0000000-0000-4000-8000-0000000000NN` on mpn and `c0000000-...NN` on cmp.
 */
export function defaultSeed(nowUtc: string): StateDocument {
  return stateDocumentSchema.parse({
    reports: [
      ...mpnReports.map((report) => seedReport('mpn', report, nowUtc)),
      ...cmpReports.map((report) => seedReport('cmp', report, nowUtc)),
    ],
  });
}

function seedReport(
  family: Family,
  { nr, table, ...fields }: { nr: number; table: string; executeNow?: boolean; reportStatus?: string },
  nowUtc: string,
): object {
  const query = systemQueriesOf(family).find(({ name }) => name.startsWith(table));
  const digits = String(nr).padStart(12, '0');
  return {
    family,
    reportId: `${family === 'mpn' ? 'a' : 'c'}0000000-0000-4000-8000-${digits}`,
    description: `Sample: ${table}`,
    queryId: query?.queryId,
    query: query?.query,
    ...(family === 'cmp' ? { user: '142000001' } : {}),
    // One started when the emulator did, so that its single run can be watched.
    ...(fields.executeNow === true ? { createdTime: nowUtc, startTime: nowUtc } : {}),
    ...(fields.reportStatus === undefined ? {} : { modifiedTime: '2026-03-02T09:30:00Z' }),
    ...fields,
  };
}
