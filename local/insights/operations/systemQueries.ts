import type { Family } from '../model/report.ts';

/** A query that every partner has and nobody can delete. */
export interface SystemQuery {
  queryId: string;
  name: string;
  query: string;
}

const customers = 'CustomerId,CustomerName,CustomerMarket,Month';
const workload = 'CustomerId,CustomerName,ProductName,WorkloadName,Month';

/** Ids and subjects are the documented ones (page "System queries"); the texts are short stand-ins. */
const mpn: readonly SystemQuery[] = [
  systemQuery(
    'd1a4d75e-5ca8-4847-845f-ee0a9be6f07b',
    'AzureUsage',
    'UsageDate,SubscriptionId,MeterCategory,Quantity',
  ),
  systemQuery('6664daf3-c161-423a-92a1-0ea6db2c0384', 'CustomersAndTenants', customers),
  systemQuery(
    'c9fc1c79-4408-49ff-97f9-e1aa3f155804',
    'SeatsSubscriptionsAndRevenue',
    'SubscriptionId,CustomerName,Revenue,Month',
  ),
  systemQuery('e65f3a4f-fb99-4319-97ff-59e57566a871', 'Profile', 'PartnerId,PartnerName'),
  systemQuery('d8349f7b-a7d1-467e-b26d-434d4a50f26a', 'OfficeUsage', workload),
  systemQuery('6209a8fd-93af-442e-8b3f-3df0f77e8463', 'DynamicsUsage', workload),
  systemQuery('40ebfe2f-7183-4427-a911-5c9b45b6df15', 'PowerBIUsage', workload),
  systemQuery('d7f20ea4-8751-4d6b-b1d7-821c316acd6a', 'EMSUsage', workload),
  systemQuery('c09c2eda-861b-4664-8ee8-48a14745a26a', 'ResellerPerformance', customers),
];
/** No id of a cmp system query was found in the documents; this one is the emulator's own. */
const cmp: readonly SystemQuery[] = [
  systemQuery('c0000000-0000-4000-8000-00000000c0de', 'ISVOrder', 'OfferName,PlanId,OrderId,Quantity'),
];

function systemQuery(queryId: string, table: string, columns: string): SystemQuery {
  return { queryId, name: `${table} 6M`, query: `SELECT ${columns} FROM ${table} TIMESPAN LAST_6_MONTHS` };
}

export function systemQueriesOf(family: Family): readonly SystemQuery[] {
  return family === 'mpn' ? mpn : cmp;
}
