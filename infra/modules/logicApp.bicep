// The sample workflow: pauses, does its work, resumes whatever came of it. It calls the app with its own identity, which
// needs an app role of the app registration (docs/callers.md); no template can give that.

@description('Name of the logic app.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('Address of the function app, without a path.')
param appUrl string

@description('What the identity asks a token for: an identifier URI or the client id in AUTH_AUDIENCE.')
param audience string

@description('The reports that are paused while the work is done.')
param reportIds string[]

resource logicApp 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('../logicApp/workflow.json')
    parameters: {
      functionAppUrl: {
        value: appUrl
      }
      audience: {
        value: audience
      }
      reportIds: {
        value: reportIds
      }
    }
    accessControl: {
      // The trigger's own address has a key in it: it is for other logic apps and for the portal, not for the internet.
      triggers: {
        allowedCallerIpAddresses: []
      }
    }
  }
}

@description('Object id of the logic app\'s identity, which gets the app role.')
output principalId string = logicApp.identity.principalId
