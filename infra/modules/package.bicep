// Brings the app's package: the platform fetches the zip once and keeps it in the app's own container.

@description('Name of the function app.')
param appName string

@description('Address of intermission.zip, which the platform can fetch. A SAS link is a secret, so it is treated as one.')
@secure()
param packageUri string

// By its full name: the published type of this child knows no properties.
resource package 'Microsoft.Web/sites/extensions@2025-03-01' = {
  name: '${appName}/onedeploy'
  properties: {
    packageUri: packageUri
    remoteBuild: false
  }
}
