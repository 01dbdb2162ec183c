// The custom connector for Logic Apps, made for this app: its address is known here, so that only a key is asked for.

@description('Name of the connector.')
param name string

@description('Azure region; that of the logic apps that use it.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('Address of the function app, without a path.')
param appUrl string

var definition = loadJsonContent('../connector/apiDefinition.swagger.json')
var properties = loadJsonContent('../connector/apiProperties.json').properties

resource connector 'Microsoft.Web/customApis@2016-06-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    apiType: 'Rest'
    displayName: definition.info.title
    description: definition.info.description
    brandColor: properties.iconBrandColor
    capabilities: properties.capabilities
    backendService: {
      serviceUrl: appUrl
    }
    // `any`: the published type of a connection parameter lacks what the portal shows of it.
    connectionParameters: {
      api_key: any(properties.connectionParameters.api_key)
    }
    swagger: union(definition, { host: replace(appUrl, 'https://', '') })
  }
}
