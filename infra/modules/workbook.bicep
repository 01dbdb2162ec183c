// One page in Application Insights: what is paused now, by whom, until when; what stands; runs and failures; throttling; sign-in.

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('Name of the Application Insights that is asked.')
param applicationInsightsName string

var title = 'Intermission'

var sections = [
  {
    name: 'pausedNow'
    title: 'Paused now, by whom, until when'
    query: loadTextContent('../queries/workbook/pausedNow.kql')
    view: 'table'
    isOfAllTime: true
  }
  {
    name: 'standing'
    title: 'What stands and waits for somebody'
    query: loadTextContent('../queries/workbook/standing.kql')
    view: 'table'
    isOfAllTime: true
  }
  {
    name: 'runs'
    title: 'Runs'
    query: loadTextContent('../queries/workbook/runs.kql')
    view: 'table'
    isOfAllTime: false
  }
  {
    name: 'warnings'
    title: 'What a person should look at'
    query: loadTextContent('../queries/workbook/warnings.kql')
    view: 'table'
    isOfAllTime: false
  }
  {
    name: 'history'
    title: 'What was done to reports'
    query: loadTextContent('../queries/workbook/history.kql')
    view: 'table'
    isOfAllTime: false
  }
  {
    name: 'lateness'
    title: 'How late windows were begun and ended, in seconds'
    query: loadTextContent('../queries/workbook/lateness.kql')
    view: 'timechart'
    isOfAllTime: false
  }
  {
    name: 'failures'
    title: 'What failed'
    query: loadTextContent('../queries/workbook/failures.kql')
    view: 'table'
    isOfAllTime: false
  }
  {
    name: 'throttling'
    title: 'Throttling by Partner Center'
    query: loadTextContent('../queries/workbook/throttling.kql')
    view: 'timechart'
    isOfAllTime: false
  }
  {
    name: 'signIn'
    title: 'Sign-in'
    query: loadTextContent('../queries/workbook/signIn.kql')
    view: 'table'
    isOfAllTime: false
  }
]

// The time picker bounds from outside the queries that are not about all that is kept.
var timePicker = {
  type: 9
  name: 'time range'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.insights/components'
    parameters: [
      {
        id: guid('time range')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        label: 'Time range'
        type: 4
        isRequired: true
        value: {
          durationMs: 86400000
        }
        typeSettings: {
          allowCustom: true
          selectableValues: map([3600000, 14400000, 86400000, 604800000, 2592000000], milliseconds => {
            durationMs: milliseconds
          })
        }
      }
    ]
  }
}

var queries = map(sections, section => {
  type: 3
  name: section.name
  content: {
    version: 'KqlItem/1.0'
    title: section.title
    query: section.query
    size: 0
    queryType: 0
    resourceType: 'microsoft.insights/components'
    timeContext: {
      durationMs: 7776000000
    }
    timeContextFromParameter: section.isOfAllTime ? null : 'TimeRange'
    visualization: section.view
    noDataMessage: 'Nothing in this time range.'
  }
})

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name must be a GUID.
  name: guid(applicationInsights.id, title)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: title
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: applicationInsights.id
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([timePicker], queries)
      fallbackResourceIds: [applicationInsights.id]
    })
  }
}

@description('Where the workbook opens in the portal.')
output url string = '${environment().portal}/#@${tenant().tenantId}/resource${workbook.id}/workbook'
