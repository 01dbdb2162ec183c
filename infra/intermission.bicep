// Everything of one Intermission in one resource group. main.bicep (azd) and azuredeploy.bicep (portal) both use it.

import { appNameOf, hashOf } from 'names.bicep'
import { appSettings } from 'settings.bicep'

@description('Names the resources together with a hash of the resource group, so that a second deployment finds the first.')
@minLength(1)
@maxLength(40)
param name string

@description('Azure region.')
param location string

@description('Tags of all resources.')
param tags { *: string }

@description('Settings of Intermission.')
param settings appSettings

@description('Node.js version.')
@allowed(['24', '22'])
param nodeVersion string

@description('Memory of an instance, MB.')
@allowed([512, 2048, 4096])
param instanceMemoryInMB int

@description('Most instances at once; 40 is the platform\'s lowest.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that are kept warm for HTTP, billed all day; 0 for none.')
@minValue(0)
@maxValue(100)
param alwaysReadyHttpInstances int

@description('How the storage keeps its data.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageRedundancy string

@description('How many days deleted secrets, and the deleted vaults, can be brought back; fixed by the first deployment.')
@minValue(7)
@maxValue(90)
param vaultRetentionInDays int

@description('True brings back the deleted vaults of an earlier deployment of this name.')
param recoverVault bool

@description('How many days telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionInDays int

@description('Most telemetry that is taken in a day, GB; what comes after it is lost until the next day.')
@minValue(1)
param telemetryDailyCapInGB int

@description('Who is told of alerts, by e-mail.')
param alertEmails string[]

@description('Turns the alerts on.')
param alertsEnabled bool

@description('True puts storage and vaults behind private endpoints, in a network of the app\'s own.')
param privateNetwork bool

@description('Addresses of that network, CIDR; at least a /24.')
param networkAddressPrefix string

@description('Who may reach the app: addresses in CIDR notation and service tags. Everybody where empty. Deployments are not held up by it.')
param allowedIpRanges string[]

@description('True keeps storage and vaults from being deleted until the lock is taken away. Takes Owner or User Access Administrator.')
param lockAgainstDeletion bool

@description('Client id of the app registration whose tokens the platform demands (Easy Auth); off where empty.')
param easyAuthClientId string

@description('True makes the custom connector for Logic Apps.')
param deployConnector bool

@description('True makes the sample Logic App; it signs in to the app with AUTH=entra.')
param deploySampleLogicApp bool

@description('The reports that the sample Logic App pauses.')
param sampleReportIds string[]

@description('Object id of who operates the app: may put secrets into the vaults and the blob of windows into storage.')
param operatorPrincipalId string

@description('What the operator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string

var hash = hashOf(resourceGroup().id, name)
var appName = appNameOf(resourceGroup().id, name)
var storageAccountName = 'intermission${take(hash, 12)}'
var vaultName = 'kv-${hash}'
var webhookVaultName = 'kvw-${hash}'
var vaultDns = environment().suffixes.keyvaultDns
var workspaceName = '${appName}-logs'
var applicationInsightsName = '${appName}-insights'
var packageContainer = 'app-package'
var windowsContainer = 'windows'

// SIGN_IN counts for the account of the simple settings, which TENANT_ID makes.
var isSimpleAccount = !empty(settings.?TENANT_ID)
var signIn = settings.?SIGN_IN ?? ''
var problem = !isSimpleAccount
  ? ''
  : empty(signIn)
      ? 'SIGN_IN is missing: secureApp for Partner Insights (mpn), federatedApp for the commercial marketplace (cmp).'
      : signIn != 'managedIdentity' && empty(settings.?APP_CLIENT_ID)
          ? 'APP_CLIENT_ID is missing: SIGN_IN names an app registration to sign in as, and "npm run register" makes one.'
          : ''
var checkedSettings = empty(problem) ? settings : fail('${problem} See docs/deploy.md.')

// Accounts that sign in like this make the app write their rotated refresh tokens into the vault; no others do.
var appWritesSecrets = (isSimpleAccount && signIn == 'secureApp') || contains(settings.?ACCOUNTS ?? '', '"secureApp"')

// What a token of the identity must be made for when it proves the app registration, by cloud.
var tokenExchangeAudiences = {
  AzureCloud: 'api://AzureADTokenExchange'
  AzureUSGovernment: 'api://AzureADTokenExchangeUSGov'
  AzureChinaCloud: 'api://AzureADTokenExchangeChina'
}

// It signs in to storage, Key Vault and Application Insights, and as the federated credential of the app registration
// to Partner Center.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${appName}-identity'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: workspaceName
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    retentionInDays: telemetryRetentionInDays
    dailyCapInGB: telemetryDailyCapInGB
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: storageAccountName
    location: location
    tags: tags
    redundancy: storageRedundancy
    isPrivate: privateNetwork
    packageContainer: packageContainer
    windowsContainer: windowsContainer
    isLocked: lockAgainstDeletion
    workspaceName: workspaceName
  }
  dependsOn: [monitoring]
}

module vault 'modules/vault.bicep' = {
  params: {
    name: vaultName
    location: location
    tags: tags
    retentionInDays: vaultRetentionInDays
    recover: recoverVault
    isPrivate: privateNetwork
    isLocked: lockAgainstDeletion
    workspaceName: workspaceName
  }
  dependsOn: [monitoring]
}

module webhookVault 'modules/vault.bicep' = {
  params: {
    name: webhookVaultName
    location: location
    tags: tags
    retentionInDays: vaultRetentionInDays
    recover: recoverVault
    isPrivate: privateNetwork
    isLocked: lockAgainstDeletion
    workspaceName: workspaceName
  }
  dependsOn: [monitoring]
}

module roles 'modules/roles.bicep' = {
  params: {
    storageAccountName: storageAccountName
    windowsContainer: windowsContainer
    vaultName: vaultName
    webhookVaultName: webhookVaultName
    applicationInsightsName: applicationInsightsName
    identityName: identity.name
    appWritesSecrets: appWritesSecrets
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
  dependsOn: [storage, vault, webhookVault, monitoring]
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: {
    namePrefix: appName
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
    storageAccountName: storageAccountName
    vaultName: vaultName
    webhookVaultName: webhookVaultName
  }
  dependsOn: [storage, vault, webhookVault]
}

// Needs the roles: the platform reads the package's container with the identity.
module app 'modules/app.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    nodeVersion: nodeVersion
    instanceMemoryInMB: instanceMemoryInMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    settings: checkedSettings
    identityName: identity.name
    storageAccountName: storageAccountName
    packageContainer: packageContainer
    vaultUrl: 'https://${vaultName}${vaultDns}'
    webhookVaultUrl: 'https://${webhookVaultName}${vaultDns}'
    applicationInsightsName: applicationInsightsName
    subnetId: network.?outputs.appSubnetId ?? ''
    allowedIpRanges: allowedIpRanges
    easyAuthClientId: easyAuthClientId
  }
  dependsOn: [roles, monitoring]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    namePrefix: appName
    location: location
    tags: tags
    applicationInsightsName: applicationInsightsName
    emails: alertEmails
    isEnabled: alertsEnabled
  }
  dependsOn: [monitoring]
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    tags: tags
    applicationInsightsName: applicationInsightsName
  }
  dependsOn: [monitoring]
}

module connector 'modules/connector.bicep' = if (deployConnector) {
  params: {
    name: '${appName}-connector'
    location: location
    tags: tags
    appUrl: app.outputs.url
  }
}

module logicApp 'modules/logicApp.bicep' = if (deploySampleLogicApp) {
  params: {
    name: '${appName}-sample'
    location: location
    tags: tags
    appUrl: app.outputs.url
    audience: trim(first(split(settings.?AUTH_AUDIENCE ?? '', ',')) ?? '')
    reportIds: sampleReportIds
  }
}

@description('Name of the function app.')
output appName string = appName

@description('Address of the function app.')
output appUrl string = app.outputs.url

@description('Name of the Key Vault of sign-in.')
output vaultName string = vaultName

@description('Name of the Key Vault of the webhooks\' secrets.')
output webhookVaultName string = webhookVaultName

@description('Name of the storage account, which has the container of the blob of windows.')
output storageAccountName string = storageAccountName

@description('Name of the Application Insights.')
output applicationInsightsName string = applicationInsightsName

@description('Where the workbook opens in the portal.')
output workbookUrl string = workbook.outputs.url

@description('Client id of the managed identity.')
output identityClientId string = identity.properties.clientId

@description('Issuer of the federated credential that makes the managed identity prove the app registration.')
output federatedCredentialIssuer string = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'

@description('Subject of that federated credential.')
output federatedCredentialSubject string = identity.properties.principalId

@description('Audience of that federated credential.')
output federatedCredentialAudience string = tokenExchangeAudiences[environment().name]

@description('Object id of the identity of the sample Logic App, which gets an app role; empty where there is none.')
output sampleLogicAppPrincipalId string = logicApp.?outputs.principalId ?? ''
