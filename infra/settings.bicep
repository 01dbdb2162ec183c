// Made by "npm run documents" from the table of settings.

@export()
@description('Settings of Intermission; what is missing or empty keeps its default.')
@sealed()
type appSettings = {
  @description('The reports of the window `default`: a comma list or a JSON array of report ids.')
  REPORT_IDS: string?
  @description('When the window `default` starts: cron with 5 fields, or 6 with seconds first, in the time of `TIME_ZONE`.')
  PAUSE_SCHEDULE: string?
  @description('How long the window `default` lasts, ISO 8601, e.g. `PT4H`. Empty: paused from then on, until resumed.')
  PAUSE_DURATION: string?
  @description('IANA time zone of the window `default`. Default: UTC.')
  TIME_ZONE: string?
  @description('More windows, as a JSON array; see `docs/windows.md`.')
  MAINTENANCE_WINDOWS: string?
  @description('More windows still, in a blob of the app\'s storage: `container/name.json`. For windows that are many, change often or must outlive a redeployment.')
  WINDOWS_BLOB: string?
  @description('`act`; `observe` starts no pause and only tells, but still resumes what is ours; `off` does nothing and alarms for what is owned. Default: act.')
  MODE: ('' | 'act' | 'observe' | 'off')?
  @description('A report that we keep paused for longer is alarmed (never resumed for it), ISO 8601. Default: `P7D`.')
  MAX_HOLD: string?
  @description('When the timer `tick` fires: cron with 6 fields, UTC. Default: `0 * * * * *`.')
  TICK_SCHEDULE: string?
  @description('The Entra tenant of the account `default`. Empty only where `ACCOUNTS` names all there are.')
  TENANT_ID: string?
  @description('How the account `default` signs in: `managedIdentity`, `federatedApp` (cmp) or `secureApp` (mpn); see `docs/sign-in.md`.')
  SIGN_IN: ('managedIdentity' | 'federatedApp' | 'secureApp')?
  @description('Client id of the app registration that `SIGN_IN` federatedApp or secureApp signs in as.')
  APP_CLIENT_ID: string?
  @description('For secureApp without the managed identity as credential: the Key Vault certificate of the app registration.')
  APP_CERTIFICATE_NAME: string?
  @description('For secureApp where neither the managed identity nor a certificate can be used: the Key Vault secret that holds the client secret.')
  APP_SECRET_NAME: string?
  @description('For secureApp: the Key Vault secret that holds the refresh token of the account `default`. Default: `refresh-token-default`.')
  REFRESH_TOKEN_SECRET: string?
  @description('More accounts, or all of them, as a JSON array; see `docs/sign-in.md`.')
  ACCOUNTS: string?
  @description('Where Entra signs in, for a national or private cloud, e.g. `https://login.microsoftonline.us`. Default: `https://login.microsoftonline.com`, or that of an account\'s `cloud`.')
  AUTHORITY_HOST: string?
  @description('`off` where `AUTHORITY_HOST` is a private authority that Microsoft does not know. Default: on.')
  INSTANCE_DISCOVERY: ('' | 'on' | 'off')?
  @description('Everything before `/ScheduledReport`, which also tells the API family (`mpn` or `cmp`). Default: `https://api.partnercenter.microsoft.com/insights/v1/mpn`.')
  INSIGHTS_BASE_URL: string?
  @description('Hosts beside those of Partner Center that may get the token, as `host` or `host:port`; plain http is allowed to loopback ones only. Default: none.')
  EXTRA_API_HOSTS: string?
  @description('Who may send webhooks, as a JSON array of sources; see `docs/webhooks.md`.')
  WEBHOOKS: string?
  @description('How callers of the HTTP doors prove themselves: `keys` (function keys) or `entra` (tokens with an app role, verified by the app); see `docs/callers.md`. Restart the app after a change. Default: keys.')
  AUTH: ('' | 'keys' | 'entra')?
  @description('With `AUTH` entra: the Entra tenant whose apps and users may come in.')
  AUTH_TENANT_ID: string?
  @description('With `AUTH` entra: the client id of the app registration that tokens are for (`api://` with it counts too), and its other identifier URIs, as a comma list.')
  AUTH_AUDIENCE: string?
  @description('Most reports one request may name. Default: 10000.')
  MAX_REPORTS_PER_REQUEST: string?
  @description('Most calls to Partner Center under way at once, per account. Default: 8.')
  MAX_CONCURRENCY: string?
  @description('How long one attempt of a call to Partner Center may take. Default: 30.')
  ATTEMPT_TIMEOUT_SECONDS: string?
  @description('How long one run may work before it stops and leaves the rest to the next tick; under the 230 s after which Azure cuts an HTTP request. Default: 200.')
  RUN_TIME_BUDGET_SECONDS: string?
}
