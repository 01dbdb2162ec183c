// The app's own storage: the host's locks and keys, the package, the ledger, the queue of long requests, the blob of
// windows. No key works on it: everybody signs in with Entra.

@description('Name of the storage account.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('How the data is kept. The ledger is worth a zone-redundant copy where the region has zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param redundancy string

@description('True where the account is reached by private endpoints alone.')
param isPrivate bool

@description('Container of the app\'s package.')
param packageContainer string

@description('Container for the blob of windows.')
param windowsContainer string

@description('True keeps the account from being deleted; what is in it can be deleted all the same.')
param isLocked bool

@description('Name of the Log Analytics workspace that hears who deleted what.')
param workspaceName string

// The code makes these too where they are missing; made here, a fresh deployment shows what there will be.
var tables = ['IntermissionLive', 'IntermissionHistory', 'IntermissionRuns', 'IntermissionWebhooks']
var queues = ['intermission-runs', 'intermission-runs-poison']

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: account
  name: 'default'
  properties: {
    // An overwritten list of windows can be brought back.
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: 30
    }
  }
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: blobs
  name: packageContainer
}

resource windows 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: blobs
  name: windowsContainer
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = [
  for queueName in queues: {
    parent: queueService
    name: queueName
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' = {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01' = [
  for tableName in tables: {
    parent: tableService
    name: tableName
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  scope: account
  name: 'ledger'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the ledger of Intermission: without it nothing is resumed. See docs/operations.md, Uninstall.'
  }
}

// Deletions alone: the host renews its locks all day, and each of those is a write.
resource auditOfBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'deletions'
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

resource auditOfTables 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tableService
  name: 'deletions'
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}
