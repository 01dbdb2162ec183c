// A Key Vault, of which there are two: one for sign-in (refresh tokens, a certificate or secret of the app registration),
// which the app may write to, and one for the secrets of webhooks, which it may only read. They hold nothing after a
// deployment: people and the app put it there.

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('How many days a deleted secret, and the deleted vault, can be brought back. It cannot be changed later.')
@minValue(7)
@maxValue(90)
param retentionInDays int

@description('True brings back the deleted vault of this name, which purge protection keeps for its retention.')
param recover bool

@description('True where the vault is reached by a private endpoint alone.')
param isPrivate bool

@description('True keeps the vault from being deleted.')
param isLocked bool

@description('Name of the Log Analytics workspace that hears who read or changed a secret.')
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    createMode: recover ? 'recover' : 'default'
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: retentionInDays
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  scope: vault
  name: 'secrets'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds secrets of Intermission. See docs/operations.md, Uninstall.'
  }
}
