using '../main.bicep'

// Private network, Entra at the door, and everything else that is optional.
param environmentName = 'private'
param location = 'northeurope'
param nodeVersion = '22'
param instanceMemoryInMB = 4096
param maximumInstanceCount = 100
param alwaysReadyHttpInstances = 1
param storageRedundancy = 'Standard_GZRS'
param vaultRetentionInDays = 30
param recoverVault = true
param telemetryRetentionInDays = 365
param alertEmails = ['operations@contoso.example']
param privateNetwork = true
param networkAddressPrefix = '10.20.30.0/24'
param allowedIpRanges = ['203.0.113.0/24', 'AzureEventGrid']
param lockAgainstDeletion = true
param easyAuthClientId = '55555555-5555-4555-8555-555555555555'
param deployConnector = true
param deploySampleLogicApp = true
param sampleReportIds = ['22222222-2222-4222-8222-222222222222']
param operatorPrincipalId = '66666666-6666-4666-8666-666666666666'
param operatorPrincipalType = 'Group'
param settings = {
  ACCOUNTS: '[{"name":"europe","tenantId":"11111111-1111-4111-8111-111111111111","surface":"cmp","signIn":"federatedApp","clientId":"77777777-7777-4777-8777-777777777777"}]'
  AUTH: 'entra'
  AUTH_TENANT_ID: '11111111-1111-4111-8111-111111111111'
  AUTH_AUDIENCE: '55555555-5555-4555-8555-555555555555'
  MODE: 'observe'
}
