// A network of the app's own, in which storage and vault are reached without the internet. Partner Center, Entra and
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

@description('Name of the Key Vault that gets a private endpoint.')
param vaultName string

// The suffix is `.vault.azure.net`, the zone `privatelink.vaultcore.azure.net`.
var vaultZone = 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
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

module storageEndpoint 'privateEndpoint.bicep' = [
  for service in ['blob', 'queue', 'table']: {
    params: {
      name: '${namePrefix}-${service}'
      location: location
      tags: tags
      service: service
      targetId: storage.id
      networkId: network.id
      subnetId: network::privateEndpoints.id
      zoneName: 'privatelink.${service}.${environment().suffixes.storage}'
    }
  }
]

module vaultEndpoint 'privateEndpoint.bicep' = {
  params: {
    name: '${namePrefix}-vault'
    location: location
    tags: tags
    service: 'vault'
    targetId: vault.id
    networkId: network.id
    subnetId: network::privateEndpoints.id
    zoneName: vaultZone
  }
}

@description('Subnet for the function app.')
output appSubnetId string = network::app.id
