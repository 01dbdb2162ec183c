// What lets a designer offer a choice in place of a field to type into. Source: "OpenAPI extensions for custom connectors".

/** The reports, by name. */
export const PICKED_FROM_REPORTS = {
  'x-ms-dynamic-values': {
    operationId: 'ListReports',
    'value-collection': 'reports',
    'value-path': 'reportId',
    'value-title': 'label',
  },
};

/** The accounts, by name. */
export const PICKED_FROM_ACCOUNTS = {
  'x-ms-dynamic-values': {
    operationId: 'ListAccounts',
    'value-collection': 'accounts',
    'value-path': 'name',
    'value-title': 'name',
  },
};

/** The windows, by name. */
export const PICKED_FROM_WINDOWS = {
  'x-ms-dynamic-values': {
    operationId: 'ListWindows',
    'value-collection': 'windows',
    'value-path': 'name',
    'value-title': 'name',
  },
};
