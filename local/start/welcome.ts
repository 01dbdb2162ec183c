import type { LocalCloud } from './startLocalCloud.ts';

/** Where everything is, and lines to paste into a shell. Pure. */
export function formatWelcome(
  cloud: Pick<
    LocalCloud,
    | ('host' | 'entra' | 'emulatorUrl' | 'functionKey' | 'masterKey' | 'reportIds' | 'webhookSecret')
    | 'accountName'
  >,
): string {
  const { host, entra, emulatorUrl, functionKey, masterKey, reportIds, webhookSecret } = cloud;
  const [reportId = 'REPORT_ID'] = reportIds;
  const { accountName } = cloud;
  const account = accountName === null ? '' : `"account":"${accountName}",`;
  const ofAccount = accountName === null ? '' : ` --account ${accountName}`;
  const key = `-H 'x-functions-key: ${functionKey}'`;
  const hasTimer = host.functions.some(({ name, type }) => name === 'tick' && type === 'timerTrigger');
  return `
The page       ${host.url}/api/ui   (function key: ${functionKey})
Functions      ${host.url}
Insights API   ${emulatorUrl}/insights/v1/mpn   (emulated; what it holds: ${emulatorUrl}/_admin/state)

For \`npm run ctl\`, here and at the next start too:
  export INTERMISSION_URL=${host.url} INTERMISSION_KEY=${functionKey}
What is paused, and why:
  npm run --silent ctl -- status
  curl -s ${host.url}/api/reports ${key}
Pause a report until you resume it:
  npm run --silent ctl -- pause ${reportId} --reason "trying it out"${ofAccount}
  curl -s -X POST ${host.url}/api/pause ${key} -d '{${account}"reportIds":["${reportId}"],"reason":"trying it out"}'
Pause the sample reports for an hour by a signed webhook (docs/webhooks.md):
  WEBHOOK_SECRET='${webhookSecret}' npm run webhook -- send --url ${host.url}/api/webhooks/sample --data '{"action":"pause","duration":"PT1H"}'
Run the tick by hand:
  curl -s -X POST ${host.url}/api/tick ${key}
${hasTimer ? `Fire the timer, as Azure's portal does:\n  curl -s -X POST ${host.url}/admin/functions/tick -H 'x-functions-key: ${masterKey}' -d '{}'\n` : ''}Let the Insights user sign in again, in a browser (docs/sign-in.md; it warns of the local certificate):
  INTERMISSION_KEY='${masterKey}' npm run consent -- --account default --url ${host.url} --authority ${entra.url}
What the Insights API was asked:
  curl -s ${emulatorUrl}/_admin/requests

Ctrl-C stops everything.`;
}
