using '../main.bicep'

// The least that works: one tenant, one window, nobody who is told.
param environmentName = 'smallest'
param location = 'westeurope'
param storageRedundancy = 'Standard_LRS'
param settings = {
  TENANT_ID: '11111111-1111-4111-8111-111111111111'
  SIGN_IN: 'federatedApp'
  APP_CLIENT_ID: '44444444-4444-4444-8444-444444444444'
  INSIGHTS_BASE_URL: 'https://api.partnercenter.microsoft.com/insights/v1.1/cmp'
  REPORT_IDS: '22222222-2222-4222-8222-222222222222'
  PAUSE_SCHEDULE: '0 0 22 * * Sat'
  PAUSE_DURATION: 'PT4H'
}
