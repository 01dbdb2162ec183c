// What the button "Deploy to Azure" deploys into a resource group: everything, the app's package included.
// azuredeploy.json is compiled from this (npm run infra:check -- --write).

import { appNameOf } from 'names.bicep'
import { appSettings } from 'settings.bicep'

@description('Address of intermission.zip (npm run package makes it, a release has it), which Azure can fetch; a SAS link will do.')
@secure()
param packageUri string

@description('Names the resources together with a hash of the resource group.')
@minLength(1)
@maxLength(40)
param name string = 'intermission'

@description('Azure region; one that has Flex Consumption.')
param location string = resourceGroup().location

@description('The Entra tenant whose reports these are.')
@minLength(36)
@maxLength(36)
param tenantId string

@description('How the app signs in to Partner Center: secureApp for Partner Insights (mpn), federatedApp for the commercial marketplace (cmp); managedIdentity only for an API that lets a managed identity in. See docs/sign-in.md.')
@allowed(['secureApp', 'federatedApp', 'managedIdentity'])
param signIn string

@description('Client id of the app registration that secureApp and federatedApp sign in as (npm run register makes it).')
param appClientId string = ''

@description('The reports of the simple window: a comma list of report ids.')
param reportIds string = ''

@description('When the simple window starts: cron with 5 fields, or 6 with seconds first, in the time of timeZone.')
param pauseSchedule string = ''

@description('How long the simple window lasts, ISO 8601, for example PT4H.')
param pauseDuration string = ''

@description('IANA time zone of the simple window.')
param timeZone string = 'UTC'

@description('All other settings, by name; see the README.')
param moreSettings appSettings = {}

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

module intermission 'intermission.bicep' = {
  params: {
    name: name
    location: location
    tags: {}
    settings: union(moreSettings, {
      TENANT_ID: tenantId
      SIGN_IN: signIn
      APP_CLIENT_ID: appClientId
      REPORT_IDS: reportIds
      PAUSE_SCHEDULE: pauseSchedule
      PAUSE_DURATION: pauseDuration
      TIME_ZONE: timeZone
    })
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

module package 'modules/package.bicep' = {
  params: {
    appName: appNameOf(resourceGroup().id, name)
    packageUri: packageUri
  }
  dependsOn: [intermission]
}

@description('Address of the function app.')
output appUrl string = intermission.outputs.appUrl

@description('Key Vault, for secrets of sign-in.')
output keyVaultName string = intermission.outputs.vaultName

@description('Key Vault, for secrets of webhooks.')
output webhookVaultName string = intermission.outputs.webhookVaultName

@description('Storage account, which has the container of the blob of windows.')
output storageAccountName string = intermission.outputs.storageAccountName

@description('Application Insights, where telemetry is.')
output applicationInsightsName string = intermission.outputs.applicationInsightsName

@description('Where the workbook opens in the portal.')
output workbookUrl string = intermission.outputs.workbookUrl

@description('Client id of the managed identity.')
output managedIdentityClientId string = intermission.outputs.identityClientId

@description('Issuer to enter in the app registration\'s federated credential.')
output federatedCredentialIssuer string = intermission.outputs.federatedCredentialIssuer

@description('Subject to enter in the app registration\'s federated credential.')
output federatedCredentialSubject string = intermission.outputs.federatedCredentialSubject

@description('Audience to enter in the app registration\'s federated credential.')
output federatedCredentialAudience string = intermission.outputs.federatedCredentialAudience

@description('Object id of the identity of the sample Logic App, which gets an app role; empty where there is none.')
output sampleLogicAppPrincipalId string = intermission.outputs.sampleLogicAppPrincipalId
