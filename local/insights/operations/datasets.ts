import type { Family } from '../model/report.ts';

/** A dataset as `GET /ScheduledDataset` shows it. */
export interface Dataset {
  name: string;
  columns: readonly string[];
  metrics: readonly string[];
}

const dateRanges = ['LAST_MONTH', 'LAST_3_MONTHS', 'LAST_6_MONTHS', 'LAST_1_YEAR', 'LIFETIME'];
const hoursBetweenRuns = 24;

const columnsOf = {
  customer: ['CustomerId', 'CustomerName', 'CustomerTenantId', 'CustomerMarket', 'Month'],
  usage: ['UsageDate', 'SubscriptionId', 'CustomerId', 'CustomerName', 'MeterCategory', 'Quantity', 'Month'],
  workload: ['CustomerId', 'CustomerName', 'ProductName', 'WorkloadName', 'Month'],
  learning: ['PartnerId', 'PartnerName', 'Title', 'CompletionDate', 'Month'],
  market: ['OfferName', 'OfferId', 'PlanId', 'CustomerId', 'MarketplaceSubscriptionId', 'OrderId', 'Date'],
};
const metricsOf = {
  count: ['CustomerCount'],
  seats: ['PaidSeats', 'MonthlyActiveUsers'],
  revenue: ['Revenue', 'Quantity'],
};

/** Names are the documented ones; the columns and metrics are a short made-up choice. */
const byFamily: Record<Family, readonly Dataset[]> = {
  mpn: [
    ...named(['CustomersAndTenants', 'ResellerPerformance'], columnsOf.customer, metricsOf.count),
    ...named(['SeatsSubscriptionsAndRevenue', 'AzureUsage'], columnsOf.usage, metricsOf.revenue),
    ...named(
      [
        'OfficeUsage',
        'DynamicsUsage',
        'PowerBIUsage',
        'EMSUsage',
        'TeamsUsage3PApps',
        'TeamsUsageWorkload',
        'TeamsUsageMeetingsAndCalls',
      ],
      columnsOf.workload,
      metricsOf.seats,
    ),
    ...named(
      [
        'MSLearn',
        'Profile',
        'TrainingCompletions',
        'CompetencySummaryHistory',
        'CompetencyPeformanceRequirement',
      ],
      columnsOf.learning,
      metricsOf.count,
    ),
    ...named(
      ['CLASAgreementRenewalsPropensity', 'CLASAzurePropensity', 'CLASD365Propensity', 'CLASM365Propensity'],
      columnsOf.customer,
      metricsOf.count,
    ),
  ],
  cmp: named(
    [
      'ISVCustomer',
      'ISVMarketplaceInsights',
      'ISVUsage',
      'ISVOrder',
      'ISVRevenue',
      'ISVOfferRetention',
      'ISVQualityOfService',
      'ISVLicense',
    ],
    columnsOf.market,
    metricsOf.revenue,
  ),
};

function named(names: readonly string[], columns: readonly string[], metrics: readonly string[]): Dataset[] {
  return names.map((name) => ({ name, columns, metrics }));
}

export function datasetsOf(family: Family): readonly Dataset[] {
  return byFamily[family];
}

/** The wire form; `minimumRecurrenceInterval` is mpn's alone. */
export function wireDataset(dataset: Dataset, family: Family): Record<string, unknown> {
  return {
    datasetName: dataset.name,
    selectableColumns: dataset.columns,
    availableMetrics: dataset.metrics,
    availableDateRanges: dateRanges,
    ...(family === 'mpn' ? { minimumRecurrenceInterval: hoursBetweenRuns } : {}),
  };
}
