// The function app on Flex Consumption. It signs in everywhere with its user-assigned identity.

import { appSettings } from '../settings.bicep'

@description('Name of the function app.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags { *: string }

@description('Node.js version.')
@allowed(['24', '22'])
param nodeVersion string

@description('Memory of an instance, MB.')
@allowed([512, 2048, 4096])
param instanceMemoryInMB int

@description('Most instances at once. Flex Consumption allows no fewer than 40; it limits no rate.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that are kept warm for HTTP, billed all day; 0 for none.')
@minValue(0)
@maxValue(100)
param alwaysReadyHttpInstances int

@description('Settings of Intermission.')
param settings appSettings

@description('Name of the app\'s managed identity.')
param identityName string

@description('Storage account of the app.')
param storageAccountName string

@description('Container of the app\'s package.')
param packageContainer string

@description('Address of the Key Vault of sign-in.')
param vaultUrl string

@description('Address of the Key Vault of the webhooks\' secrets.')
param webhookVaultUrl string

@description('Application Insights of the app.')
param applicationInsightsName string

@description('Subnet for outgoing calls; none where empty.')
param subnetId string

@description('Who may reach the app: addresses in CIDR notation and service tags. Everybody where empty.')
param allowedIpRanges string[]

@description('Client id of the app registration whose tokens the platform demands before our code runs (Easy Auth); off where empty.')
param easyAuthClientId string

var storageAddress = 'https://${storageAccountName}'
var storageSuffix = environment().suffixes.storage

// What the platform and the SDKs need. None of these is a secret: the connection string of Application Insights says
// where to send, and sending takes a role.
var platformSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  AzureWebJobsStorage__blobServiceUri: '${storageAddress}.blob.${storageSuffix}'
  AzureWebJobsStorage__queueServiceUri: '${storageAddress}.queue.${storageSuffix}'
  AzureWebJobsStorage__tableServiceUri: '${storageAddress}.table.${storageSuffix}'
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
  AZURE_CLIENT_ID: identity.properties.clientId
  KEY_VAULT_URL: vaultUrl
  WEBHOOK_VAULT_URL: webhookVaultUrl
  // The host reads a body whole before our code sees it. Twice what the app takes, which says so itself in a problem document.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2097152'
}

// An empty value is a missing one, and a missing one keeps its default.
var ownSettings = toObject(filter(items(settings), one => !empty(one.?value)), one => one.key, one => one.?value)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds by this tag where the service `api` of azure.yaml goes.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storageAddress}.blob.${storageSuffix}/${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'node'
        version: nodeVersion
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryInMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyHttpInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyHttpInstances
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: 16
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: empty(allowedIpRanges) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: map(range(0, length(allowedIpRanges)), index => {
        name: 'allowed-${index}'
        priority: 100 + index
        action: 'Allow'
        tag: contains(allowedIpRanges[index], '/') ? 'Default' : 'ServiceTag'
        ipAddress: allowedIpRanges[index]
      })
      // Deployments come from elsewhere, and are let in by Entra.
      scmIpSecurityRestrictionsUseMain: false
      appSettings: map(items(union(ownSettings, platformSettings)), one => {
        name: one.key
        value: one.value
      })
    }
  }

  // No publishing by user name and password: azd and pipelines sign in with Entra.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }
}

// The platform turns away who has no token of our app registration, before our code sees the request; our code checks
// again with AUTH=entra. The paths let in are those that bring a proof of their own, or need none.
resource easyAuth 'Microsoft.Web/sites/config@2025-03-01' = if (!empty(easyAuthClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: [
        '/api/health'
        '/api/openapi.json'
        '/api/ui'
        '/api/ui/*'
        '/api/webhooks/*'
        '/api/runs/*'
      ]
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: easyAuthClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [easyAuthClientId, 'api://${easyAuthClientId}']
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
}

@description('Address of the app.')
output url string = 'https://${app.properties.defaultHostName}'
