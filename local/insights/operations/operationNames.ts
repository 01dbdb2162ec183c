/** The names by which faults, records and changes speak of the twelve operations. */
export const operationNames = [
  'getDatasets',
  'createQuery',
  'getQueries',
  'deleteQuery',
  'testQuery',
  'createReport',
  'getReports',
  'updateReport',
  'deleteReport',
  'pauseReport',
  'resumeReport',
  'getExecutions',
] as const;
export type OperationName = (typeof operationNames)[number];
