// One rule per query of infra/queries/alerts. Every query gives one row per thing to tell, and says its own time span:
// a rule fires when there is a row, once for each account and cause, so that what stands on one account hides nothing of another.
// Not once for each report: Azure fires 300 alerts of a rule at a time, and sends 100 mails an hour. What each alert means, and what to do, is in docs/operations.md.

@description('Start of the rules\' names.')
param namePrefix string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags { *: string }

@description('Name of the Application Insights that is asked.')
param applicationInsightsName string

@description('Who is told, by e-mail. Nobody where empty: the alerts still show in the portal.')
param emails string[]

@description('Turns the rules on. Off while the app is being set up.')
param isEnabled bool

type alert = {
  name: string
  title: string
  query: string
  @description('0 is the most severe.')
  severity: 0 | 1 | 2 | 3 | 4
  @description('How often it is asked, ISO 8601.')
  every: string
  @description('At least the span that the query looks at, ISO 8601.')
  over: string
  @description('Columns of the query, six at most: each combination of their values is an alert of its own, so that none hides another. Empty: one for all.')
  splitBy: string[]
}

var alerts alert[] = [
  {
    name: 'stranded'
    title: 'A report is paused by us and could not be resumed, or it cannot be told whose pause it is'
    query: loadTextContent('../queries/alerts/stranded.kql')
    severity: 1
    every: 'PT5M'
    over: 'P2D'
    splitBy: ['account', 'name']
  }
  {
    name: 'dailyDigest'
    title: 'Reports stand that wait for somebody: the digest of the day'
    query: loadTextContent('../queries/alerts/dailyDigest.kql')
    severity: 3
    every: 'PT1H'
    over: 'P2D'
    splitBy: ['account']
  }
  {
    name: 'failedRun'
    title: 'A run did not do all that it should'
    query: loadTextContent('../queries/alerts/failedRun.kql')
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    splitBy: ['account', 'code', 'door']
  }
  {
    name: 'accountStarved'
    title: 'Something is due on an account, and no tick has its turn on it'
    query: loadTextContent('../queries/alerts/accountStarved.kql')
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    splitBy: ['account', 'code']
  }
  {
    name: 'lateWindow'
    title: 'A maintenance window was begun or ended more than two minutes late'
    query: loadTextContent('../queries/alerts/lateWindow.kql')
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    splitBy: ['account', 'window', 'boundary']
  }
  {
    name: 'missedWindow'
    title: 'A maintenance window passed and its reports were not paused'
    query: loadTextContent('../queries/alerts/missedWindow.kql')
    severity: 1
    every: 'PT15M'
    over: 'PT1H'
    splitBy: ['window']
  }
  {
    name: 'authFailing'
    title: 'Sign-in to Partner Center fails'
    query: loadTextContent('../queries/alerts/authFailing.kql')
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    splitBy: ['account', 'name']
  }
  {
    name: 'refreshTokenAging'
    title: 'A refresh token, certificate or secret is near its end'
    query: loadTextContent('../queries/alerts/refreshTokenAging.kql')
    severity: 2
    every: 'PT1H'
    over: 'P2D'
    splitBy: ['account', 'name']
  }
  {
    name: 'noTick10Minutes'
    title: 'No tick for ten minutes: the timer stands still'
    query: loadTextContent('../queries/alerts/noTick10Minutes.kql')
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    splitBy: []
  }
  {
    name: 'consentReplaced'
    title: 'A consent has another user than before: the account signs in as somebody else'
    query: loadTextContent('../queries/alerts/consentReplaced.kql')
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    splitBy: ['account']
  }
  {
    name: 'refusals'
    title: 'Many callers are refused'
    query: loadTextContent('../queries/alerts/refusals.kql')
    severity: 3
    every: 'PT15M'
    over: 'PT15M'
    splitBy: ['name', 'because', 'source']
  }
  {
    name: 'poisonMessage'
    title: 'A long request failed five times and stands still'
    query: loadTextContent('../queries/alerts/poisonMessage.kql')
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    splitBy: ['name', 'runId']
  }
]

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${namePrefix}-alerts'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'Intermission'
    emailReceivers: [
      for (email, index) in emails: {
        name: 'email-${index}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for one in alerts: {
    name: '${namePrefix}-${one.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Intermission: ${one.title}'
      description: '${one.title}. See docs/operations.md, "${one.name}".'
      enabled: isEnabled
      severity: one.severity
      scopes: [applicationInsights.id]
      evaluationFrequency: one.every
      windowSize: one.over
      autoMitigate: true
      // The queries are bound by a KQL parser in the tests; a component without telemetry yet would refuse them.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: one.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: map(one.splitBy, column => { name: column, operator: 'Include', values: ['*'] })
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [actionGroup.id]
      }
    }
  }
]
