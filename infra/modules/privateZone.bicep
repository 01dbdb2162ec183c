// The names of one service, as the network resolves them.

@description('Name of the private DNS zone.')
param name string

@description('Name of its link to the network.')
param linkName string

@description('Tags of the resources.')
param tags { *: string }

@description('The network that resolves the names.')
param networkId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: linkName
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
}

@description('The zone, once the network is linked to it.')
output id string = zone.id
