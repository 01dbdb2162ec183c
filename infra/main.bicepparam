using 'main.bicep'

// azd fills its own variables; `azd env set NAME VALUE` sets the others.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param nodeVersion = readEnvironmentVariable('NODE_VERSION', '24')
param instanceMemoryInMB = any(int(readEnvironmentVariable('INSTANCE_MEMORY_MB', '2048')))
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '40'))
param alwaysReadyHttpInstances = int(readEnvironmentVariable('ALWAYS_READY_HTTP_INSTANCES', '0'))
param storageRedundancy = readEnvironmentVariable('STORAGE_REDUNDANCY', 'Standard_ZRS')
param vaultRetentionInDays = int(readEnvironmentVariable('VAULT_RETENTION_DAYS', '90'))
param recoverVault = bool(readEnvironmentVariable('RECOVER_VAULT', 'false'))
param telemetryRetentionInDays = int(readEnvironmentVariable('TELEMETRY_RETENTION_DAYS', '90'))
param telemetryDailyCapInGB = int(readEnvironmentVariable('TELEMETRY_DAILY_CAP_GB', '1'))
param alertEmails = filter(
  map(split(readEnvironmentVariable('ALERT_EMAILS', ''), ','), email => trim(email)),
  email => !empty(email)
)
param alertsEnabled = bool(readEnvironmentVariable('ALERTS_ENABLED', 'true'))
param privateNetwork = bool(readEnvironmentVariable('PRIVATE_NETWORK', 'false'))
param networkAddressPrefix = readEnvironmentVariable('NETWORK_ADDRESS_PREFIX', '10.0.0.0/24')
param allowedIpRanges = filter(
  map(split(readEnvironmentVariable('ALLOWED_IP_RANGES', ''), ','), range => trim(range)),
  range => !empty(range)
)
param lockAgainstDeletion = bool(readEnvironmentVariable('LOCK_AGAINST_DELETION', 'false'))
param easyAuthClientId = readEnvironmentVariable('EASY_AUTH_CLIENT_ID', '')
param deployConnector = bool(readEnvironmentVariable('DEPLOY_CONNECTOR', 'false'))
param deploySampleLogicApp = bool(readEnvironmentVariable('DEPLOY_SAMPLE_LOGIC_APP', 'false'))
param sampleReportIds = filter(
  map(split(readEnvironmentVariable('SAMPLE_REPORT_IDS', ''), ','), id => trim(id)),
  id => !empty(id)
)
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param operatorPrincipalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')

// Settings of Intermission, made by "npm run documents" from their table.
param settings = {
  REPORT_IDS: readEnvironmentVariable('REPORT_IDS', '')
  PAUSE_SCHEDULE: readEnvironmentVariable('PAUSE_SCHEDULE', '')
  PAUSE_DURATION: readEnvironmentVariable('PAUSE_DURATION', '')
  TIME_ZONE: readEnvironmentVariable('TIME_ZONE', '')
  MAINTENANCE_WINDOWS: readEnvironmentVariable('MAINTENANCE_WINDOWS', '')
  WINDOWS_BLOB: readEnvironmentVariable('WINDOWS_BLOB', '')
  MODE: readEnvironmentVariable('MODE', '')
  MAX_HOLD: readEnvironmentVariable('MAX_HOLD', '')
  TICK_SCHEDULE: readEnvironmentVariable('TICK_SCHEDULE', '')
  TENANT_ID: readEnvironmentVariable('TENANT_ID', '')
  SIGN_IN: readEnvironmentVariable('SIGN_IN')
  APP_CLIENT_ID: readEnvironmentVariable('APP_CLIENT_ID', '')
  APP_CERTIFICATE_NAME: readEnvironmentVariable('APP_CERTIFICATE_NAME', '')
  APP_SECRET_NAME: readEnvironmentVariable('APP_SECRET_NAME', '')
  REFRESH_TOKEN_SECRET: readEnvironmentVariable('REFRESH_TOKEN_SECRET', '')
  ACCOUNTS: readEnvironmentVariable('ACCOUNTS', '')
  AUTHORITY_HOST: readEnvironmentVariable('AUTHORITY_HOST', '')
  INSTANCE_DISCOVERY: readEnvironmentVariable('INSTANCE_DISCOVERY', '')
  INSIGHTS_BASE_URL: readEnvironmentVariable('INSIGHTS_BASE_URL', '')
  EXTRA_API_HOSTS: readEnvironmentVariable('EXTRA_API_HOSTS', '')
  WEBHOOKS: readEnvironmentVariable('WEBHOOKS', '')
  AUTH: readEnvironmentVariable('AUTH', '')
  AUTH_TENANT_ID: readEnvironmentVariable('AUTH_TENANT_ID', '')
  AUTH_AUDIENCE: readEnvironmentVariable('AUTH_AUDIENCE', '')
  MAX_REPORTS_PER_REQUEST: readEnvironmentVariable('MAX_REPORTS_PER_REQUEST', '')
  MAX_CONCURRENCY: readEnvironmentVariable('MAX_CONCURRENCY', '')
  ATTEMPT_TIMEOUT_SECONDS: readEnvironmentVariable('ATTEMPT_TIMEOUT_SECONDS', '')
  RUN_TIME_BUDGET_SECONDS: readEnvironmentVariable('RUN_TIME_BUDGET_SECONDS', '')
}
