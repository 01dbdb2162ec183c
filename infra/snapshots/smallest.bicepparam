using '../main.bicep'

// The least that works: one tenant, one window, nobody who is told.
param environmentName = 'smallest'
param location = 'westeurope'
param storageRedundancy = 'Standard_LRS'
param settings = {
  TENANT_ID: '11111111-1111-4111-8111-111111111111'
  REPORT_IDS: '22222222-2222-4222-8222-222222222222'
  PAUSE_SCHEDULE: '0 0 22 * * Sat'
  PAUSE_DURATION: 'PT4H'
}
