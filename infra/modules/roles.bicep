// Who may do what. Each assignment names one resource and one built-in role, the smallest that has the actions; a test
// holds them beside the calls that the code makes. Nobody gets Owner, Contributor or a key.

@description('Storage account of the app.')
param storageAccountName string

@description('Container for the blob of windows.')
param windowsContainer string

@description('Key Vault of sign-in.')
param vaultName string

@description('Key Vault of the webhooks\' secrets.')
param webhookVaultName string

@description('Application Insights of the app.')
param applicationInsightsName string

@description('Name of the app\'s managed identity.')
param identityName string

@description('True where the app writes secrets: accounts that sign in as `secureApp` write their rotated refresh token back.')
param appWritesSecrets bool

@description('Object id of who operates the app: may put secrets into the vaults and the blob of windows into storage. Nobody where empty.')
param operatorPrincipalId string

@description('What the operator is. A pipeline is a service principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

var appVaultRole = appWritesSecrets ? secretsOfficer : secretsUser

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource windows 'containers' existing = {
      name: windowsContainer
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
}

resource webhookVault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: webhookVaultName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

// The Functions host: makes its containers, leases blobs for its locks and timers, keeps the function keys, reads the
// package. Microsoft names this role for it ("Connecting to host storage with an identity"). Our code: reads the blob
// that WINDOWS_BLOB names; makes the container intermission-seen, reads and writes what was last seen of each account.
resource appOnBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, identity.id, blobDataOwner)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataOwner)
  }
}

// Our code: makes the queue intermission-runs and adds messages (a long request goes on). The host: takes them out,
// moves one that failed five times to intermission-runs-poison; its scale controller reads the length.
resource appOnQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, identity.id, queueDataContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataContributor)
  }
}

// Our code: makes the tables of the ledger, reads, writes and deletes their rows. On the account and not on each table,
// because "Create Table" is allowed on the account alone.
resource appOnTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, identity.id, tableDataContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
  }
}

// Our code: reads the secrets of sign-in. With an account that signs in as `secureApp` it also writes
// the rotated refresh token back and disables old versions, which only Secrets Officer may. On the vault, because a
// secret can be a scope only once it exists, and the app itself makes the refresh token's at consent.
resource appOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, appVaultRole)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', appVaultRole)
  }
}

// Our code: reads the secrets of webhooks. They stand in a vault of their own, so that whoever gets hold of the app
// cannot replace the secret by which a sender proves itself.
resource appOnWebhookVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: webhookVault
  name: guid(webhookVault.id, identity.id, secretsUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

// The host and our code: send telemetry, where ingestion with a key is off.
resource appOnTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: applicationInsights
  name: guid(applicationInsights.id, identity.id, monitoringMetricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

// The operator: puts the secrets of webhooks and of sign-in into the vaults (`az keyvault secret set`).
resource operatorOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: vault
  name: guid(vault.id, operatorPrincipalId, secretsOfficer)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

resource operatorOnWebhookVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: webhookVault
  name: guid(webhookVault.id, operatorPrincipalId, secretsOfficer)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

// The operator: uploads the list of windows (`az storage blob upload --auth-mode login`).
resource operatorOnWindows 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: storage::blobs::windows
  name: guid(storage::blobs::windows.id, operatorPrincipalId, blobDataContributor)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}
