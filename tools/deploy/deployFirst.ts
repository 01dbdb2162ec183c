// `npm run deploy:first`, which azd runs before it deploys: waits until the roles of a new app work.
import { setTimeout as sleep } from 'node:timers/promises';
import { sendOnce } from '../../ctl/connection/sendOnce.ts';
import { programRunner } from '../azure/runProgram.ts';
import { bringFirstPackage } from './firstDeployment.ts';

const {
  AZURE_SUBSCRIPTION_ID = '',
  AZURE_RESOURCE_GROUP = '',
  SERVICE_API_NAME = '',
  SERVICE_API_URI = '',
} = process.env;

/** Null from an app without a package, which answers with a page of the platform. */
async function health(): Promise<unknown> {
  const answer = await sendOnce(`${SERVICE_API_URI}/api/health`, { method: 'GET', headers: {}, body: null });
  return answer.kind === 'answered' ? (answer.json ?? null) : null;
}

if ([AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP, SERVICE_API_NAME, SERVICE_API_URI].includes('')) {
  console.error('azd knows no app yet: run "azd provision" or "azd up" first.');
  process.exitCode = 1;
} else {
  const isThere = await bringFirstPackage(
    {
      ...{ subscription: AZURE_SUBSCRIPTION_ID, resourceGroup: AZURE_RESOURCE_GROUP },
      ...{ appName: SERVICE_API_NAME, zip: 'dist/intermission.zip' },
    },
    {
      ...{ run: programRunner(process.env), health, say: console.error, nowMs: Date.now },
      sleep: (durationInMs) => sleep(durationInMs),
    },
  );
  process.exitCode = isThere ? 0 : 1;
}
