// What `azd up` deploys: a resource group and everything in it.
targetScope = 'subscription'

import { appSettings } from 'settings.bicep'

@description('Name of the azd environment; the resource group is named after it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region; one that has Flex Consumption.')
param location string

@description('Settings of Intermission.')
param settings appSettings

@description('Node.js version.')
@allowed(['24', '22'])
param nodeVersion string = '24'

@description('Memory of an instance, MB.')
@allowed([512, 2048, 4096])
param instanceMemoryInMB int = 2048

@description('Most instances at once; 40 is the platform\'s lowest.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that are kept warm for HTTP, billed all day; 0 for none.')
@minValue(0)
@maxValue(100)
param alwaysReadyHttpInstances int = 0

@description('How the storage keeps its data. It holds the ledger: take a zone-redundant one where the region has zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_ZRS'

@description('How many days deleted secrets, and the deleted vaults, can be brought back; fixed by the first deployment.')
@minValue(7)
@maxValue(90)
param vaultRetentionInDays int = 90

@description('True brings back the deleted vaults of an earlier deployment of this name.')
param recoverVault bool = false

@description('How many days telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionInDays int = 90

@description('Most telemetry that is taken in a day, GB; what comes after it is lost until the next day.')
@minValue(1)
param telemetryDailyCapInGB int = 1

@description('Who is told of alerts, by e-mail.')
param alertEmails string[] = []

@description('Turns the alerts on.')
param alertsEnabled bool = true

@description('True puts storage and vaults behind private endpoints, in a network of the app\'s own.')
param privateNetwork bool = false

@description('Addresses of that network, CIDR; at least a /24.')
param networkAddressPrefix string = '10.0.0.0/24'

@description('Who may reach the app: addresses in CIDR notation and service tags. Everybody where empty. Deployments are not held up by it.')
param allowedIpRanges string[] = []

@description('True keeps storage and vaults from being deleted until the lock is taken away. Takes Owner or User Access Administrator.')
param lockAgainstDeletion bool = false

@description('Client id of the app registration whose tokens the platform demands (Easy Auth); off where empty.')
param easyAuthClientId string = ''

@description('True makes the custom connector for Logic Apps.')
param deployConnector bool = false

@description('True makes the sample Logic App; it signs in to the app with AUTH=entra.')
param deploySampleLogicApp bool = false

@description('The reports that the sample Logic App pauses.')
param sampleReportIds string[] = []

@description('Object id of who operates the app: may put secrets into the vaults and the blob of windows into storage. Nobody where empty.')
param operatorPrincipalId string = ''

@description('What the operator is. A pipeline is a service principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

// azd finds by this tag what belongs to the environment.
var tags = {
  'azd-env-name': environmentName
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module intermission 'intermission.bicep' = {
  scope: group
  params: {
    name: environmentName
    location: location
    tags: tags
    settings: settings
    nodeVersion: nodeVersion
    instanceMemoryInMB: instanceMemoryInMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    storageRedundancy: storageRedundancy
    vaultRetentionInDays: vaultRetentionInDays
    recoverVault: recoverVault
    telemetryRetentionInDays: telemetryRetentionInDays
    telemetryDailyCapInGB: telemetryDailyCapInGB
    alertEmails: alertEmails
    alertsEnabled: alertsEnabled
    privateNetwork: privateNetwork
    networkAddressPrefix: networkAddressPrefix
    allowedIpRanges: allowedIpRanges
    lockAgainstDeletion: lockAgainstDeletion
    easyAuthClientId: easyAuthClientId
    deployConnector: deployConnector
    deploySampleLogicApp: deploySampleLogicApp
    sampleReportIds: sampleReportIds
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

// azd keeps these in the environment: `azd env get-values` shows them.
@description('Resource group, where azd looks for the service.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Azure region.')
output AZURE_LOCATION string = location

@description('Entra tenant of the deployment.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Name of the function app.')
output SERVICE_API_NAME string = intermission.outputs.appName

@description('Address of the function app.')
output SERVICE_API_URI string = intermission.outputs.appUrl

@description('Key Vault, for secrets of sign-in.')
output AZURE_KEY_VAULT_NAME string = intermission.outputs.vaultName

@description('Key Vault, for secrets of webhooks.')
output AZURE_WEBHOOK_VAULT_NAME string = intermission.outputs.webhookVaultName

@description('Storage account, which has the container of the blob of windows.')
output AZURE_STORAGE_ACCOUNT_NAME string = intermission.outputs.storageAccountName

@description('Application Insights, where telemetry is.')
output APPLICATION_INSIGHTS_NAME string = intermission.outputs.applicationInsightsName

@description('Where the workbook opens in the portal.')
output WORKBOOK_URL string = intermission.outputs.workbookUrl

@description('Client id of the managed identity.')
output MANAGED_IDENTITY_CLIENT_ID string = intermission.outputs.identityClientId

@description('Issuer to enter in the app registration\'s federated credential.')
output FEDERATED_CREDENTIAL_ISSUER string = intermission.outputs.federatedCredentialIssuer

@description('Subject to enter in the app registration\'s federated credential.')
output FEDERATED_CREDENTIAL_SUBJECT string = intermission.outputs.federatedCredentialSubject

@description('Audience to enter in the app registration\'s federated credential.')
output FEDERATED_CREDENTIAL_AUDIENCE string = intermission.outputs.federatedCredentialAudience

@description('Object id of the identity of the sample Logic App, which gets an app role; empty where there is none.')
output SAMPLE_LOGIC_APP_PRINCIPAL_ID string = intermission.outputs.sampleLogicAppPrincipalId
