// The service's texts. All but the last group are from the error tables of Microsoft's FAQ pages
// ("Programmatic access FAQ", mpn and cmp) and its worked examples; the last group is the emulator's own wording.

export const messages = {
  reportCreated: 'Report created successfully',
  queryCreated: 'Query created successfully',
  datasetsFetched: 'Dataset fetched successfully',

  nothingFound: 'No item found with given filters.',
  noExecutions: (verb: string) =>
    `There are no executions that have occurred for the given filter conditions. ${verb} the reportId or executionId and retry the API after the report's scheduled execution time`,
  unauthorized: 'Unauthorized',
  invalidTable: 'Invalid table name',
  incorrectColumn: 'Incorrect column name',
  missingValue: 'Null or missing value',
  invalidReport: 'Invalid report parameters',
  invalidInterval: 'Recurrence Interval must be between 4 and 2160',
  invalidQueryId: 'Invalid QueryId',
  startsTooSoon:
    'Invalid report parameters for creation - Start time of report should at least be 4 hours from current UTC time',
  unknownValue: (value: string) => `Requested value '${value}' not found`,
  invalidCreation: (problem: string) => `Invalid report parameters for creation - ${problem}`,
  reportQuota: (quota: number) => `User has exceeded its report creation quota of ${quota} active reports`,
  executeNowQuota: (quota: number) =>
    `User has exceeded its ExecuteNow report creation quota of ${quota} reports/60 mins`,
  queryQuota: 'Number of queries exceeded. Delete few queries before creating new queries',
  internalError: (correlationId: string) =>
    `Internal error encountered while creating report. Correlation ID <${correlationId}>`,
  unavailable: 'Service unavailable',
  throttled: (seconds: number) => `Rate limit is exceeded. Try again in ${seconds} seconds.`,
  wrongAudience: 'Unauthorized: Invalid Authorization header, incorrect audience',
  resourceNotFound: 'Resource not found',

  reportsFetched: 'Report fetched successfully',
  reportUpdated: 'Report updated successfully',
  reportDeleted: 'Report deleted successfully',
  reportPaused: 'Report paused successfully',
  reportResumed: 'Report resumed successfully',
  queriesFetched: 'Query fetched successfully',
  queryDeleted: 'Query deleted successfully',
  cannotPause: (status: string) => `Report cannot be paused as its status is ${status}`,
  cannotResume: (status: string) => `Report cannot be resumed as its status is ${status}`,
  malformedId: 'Invalid ReportId',
  forbidden: 'Forbidden',
  expiredToken: 'Unauthorized: Invalid Authorization header, access token has expired',
  missingToken: 'Unauthorized: Missing Authorization header',
  invalidToken: 'Unauthorized: Invalid Authorization header',
};
