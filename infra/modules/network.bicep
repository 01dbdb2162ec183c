// A network of the app's own, in which storage and vaults are reached without the internet. Partner Center, Entra and
// Application Insights are still reached over it.

@description('Start of the resources\' names.')
param namePrefix string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags { *: string }

@description('Addresses of the network, CIDR; it takes at least a /24.')
param addressPrefix string

@description('Name of the storage account that gets private endpoints.')
param storageAccountName string

@description('Name of the Key Vault of sign-in, which gets a private endpoint.')
param vaultName string

@description('Name of the Key Vault of the webhooks, which gets a private endpoint.')
param webhookVaultName string

// The suffix is `.vault.azure.net`, the zone `privatelink.vaultcore.azure.net`.
var vaultZoneName = 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
}

resource webhookVault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: webhookVaultName
}

resource network 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: '${namePrefix}-network'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    // Inline: subnets as resources of their own would be taken away by each deployment of the network.
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              // Flex Consumption runs in Container Apps' environments; the provider Microsoft.App must be registered.
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'private-endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource privateEndpoints 'subnets' existing = {
    name: 'private-endpoints'
  }
}

var storageServices = ['blob', 'queue', 'table']

module storageZones 'privateZone.bicep' = [
  for service in storageServices: {
    params: {
      name: 'privatelink.${service}.${environment().suffixes.storage}'
      linkName: '${namePrefix}-${service}'
      tags: tags
      networkId: network.id
    }
  }
]

module storageEndpoints 'privateEndpoint.bicep' = [
  for (service, index) in storageServices: {
    params: {
      name: '${namePrefix}-${service}'
      location: location
      tags: tags
      service: service
      targetId: storage.id
      subnetId: network::privateEndpoints.id
      zoneId: storageZones[index].outputs.id
    }
  }
]

module vaultZone 'privateZone.bicep' = {
  params: {
    name: vaultZoneName
    linkName: '${namePrefix}-vault'
    tags: tags
    networkId: network.id
  }
}

module vaultEndpoint 'privateEndpoint.bicep' = {
  params: {
    name: '${namePrefix}-vault'
    location: location
    tags: tags
    service: 'vault'
    targetId: vault.id
    subnetId: network::privateEndpoints.id
    zoneId: vaultZone.outputs.id
  }
}

module webhookVaultEndpoint 'privateEndpoint.bicep' = {
  params: {
    name: '${namePrefix}-webhook-vault'
    location: location
    tags: tags
    service: 'vault'
    targetId: webhookVault.id
    subnetId: network::privateEndpoints.id
    zoneId: vaultZone.outputs.id
  }
}

@description('Subnet for the function app.')
output appSubnetId string = network::app.id
