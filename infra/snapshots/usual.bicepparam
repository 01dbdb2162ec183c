using '../main.bicep'

// What most will have: Partner Insights by a consented user, windows in a blob, e-mails, an operator.
param environmentName = 'usual'
param location = 'westeurope'
param alertEmails = ['operations@contoso.example', 'data@contoso.example']
param operatorPrincipalId = '33333333-3333-4333-8333-333333333333'
param settings = {
  TENANT_ID: '11111111-1111-4111-8111-111111111111'
  SIGN_IN: 'secureApp'
  APP_CLIENT_ID: '44444444-4444-4444-8444-444444444444'
  TIME_ZONE: 'Europe/Berlin'
  WINDOWS_BLOB: 'windows/windows.json'
  MODE: ''
}
