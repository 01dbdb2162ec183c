// One service of one resource, reached from the network by an address of the network.

@description('Name of the private endpoint.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags { *: string }

@description('Which service of the resource.')
@allowed(['blob', 'queue', 'table', 'vault'])
param service string

@description('The resource.')
param targetId string

@description('The subnet that has the address.')
param subnetId string

@description('The private DNS zone of the service, which the network is linked to: the name must resolve as soon as the endpoint is there.')
param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: targetId
          groupIds: [service]
        }
      }
    ]
  }

  resource zoneGroup 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: {
            privateDnsZoneId: zoneId
          }
        }
      ]
    }
  }
}
