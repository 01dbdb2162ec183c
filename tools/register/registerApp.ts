import { z } from 'zod';
import { type AzCall, askAz, doAz } from '../azure/askAz.ts';
import { shellLine } from '../azure/shellLine.ts';
import { ToolFault } from '../azure/toolFault.ts';
import { createApp, createServicePrincipal, type Family, grantPermission } from './calls.ts';
import type { RegisterWorld } from './registerWorld.ts';

/** What is registered, and where. */
export interface AppWanted {
  readonly name: string;
  readonly family: Family;
  readonly tenantId: string;
}

/** A new object is not everywhere in Entra at once. */
const TRIES = 6;
const BETWEEN_TRIES_IN_MS = 10_000;

/** Makes the app registration by the Azure CLI, in the tenant that was named and in no other. @throws ToolFault */
export async function registerApp(wanted: AppWanted, world: RegisterWorld): Promise<void> {
  const { name, family, tenantId } = wanted;
  await inTenant(tenantId, world);
  const known = await askAz(
    world.run,
    { parameters: ['ad', 'app', 'list', '--display-name', name], json: null },
    z.array(z.object({ appId: z.guid(), displayName: z.string() })),
  );
  const same = known.find(({ displayName }) => displayName === name);
  if (same !== undefined) {
    throw new ToolFault(
      `There is an app registration ${name} already (${same.appId}), and nothing was changed. Take it, after "npm run register -- check --client-id ${same.appId}", or give another --name.`,
    );
  }
  const { appId } = await askAz(world.run, createApp(name, family), z.object({ appId: z.guid() }));
  world.say(`Made the app registration ${name}: ${appId}`);
  await patiently(createServicePrincipal(appId), world);
  world.say('Made its enterprise application');
  if (family === 'mpn') {
    await patiently(grantPermission(appId), world);
    world.say('Gave it admin consent for user_impersonation of Microsoft Partner Center');
  }
  world.say(`\n${nextLines(wanted, appId).join('\n')}`);
}

/** The same as lines for a shell. Pure. */
export function registerLines(wanted: AppWanted): readonly string[] {
  const { name, family, tenantId } = wanted;
  const variable = '$APP_CLIENT_ID';
  return [
    `az login --tenant ${tenantId} --allow-no-subscriptions`,
    `APP_CLIENT_ID=$(${shellLine(createApp(name, family))} --query appId --output tsv)`,
    shellLine(createServicePrincipal(variable)),
    ...(family === 'mpn' ? [shellLine(grantPermission(variable))] : []),
    ...nextLines(wanted, `"${variable}"`),
  ];
}

function nextLines({ family, tenantId }: AppWanted, clientId: string): readonly string[] {
  return [
    `azd env set TENANT_ID ${tenantId}`,
    `azd env set SIGN_IN ${family === 'mpn' ? 'secureApp' : 'federatedApp'}`,
    `azd env set APP_CLIENT_ID ${clientId}`,
    ...(family === 'mpn'
      ? []
      : ['azd env set INSIGHTS_BASE_URL https://api.partnercenter.microsoft.com/insights/v1.1/cmp']),
  ];
}

/** The Azure CLI works in one tenant: an app registration in another one would be of no use. @throws ToolFault */
async function inTenant(tenantId: string, { run, say }: RegisterWorld): Promise<void> {
  const shape = z.object({ tenantId: z.guid(), user: z.object({ name: z.string() }) });
  const account = await askAz(run, { parameters: ['account', 'show'], json: null }, shape);
  if (account.tenantId !== tenantId) {
    throw new ToolFault(
      `The Azure CLI is signed in to tenant ${account.tenantId}, and ${tenantId} is wanted: az login --tenant ${tenantId} --allow-no-subscriptions`,
    );
  }
  say(`In tenant ${tenantId}, as ${account.user.name}`);
}

async function patiently(call: AzCall, world: RegisterWorld): Promise<void> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await doAz(world.run, call);
    } catch (error) {
      if (!(error instanceof ToolFault) || left === 0) {
        throw error;
      }
      world.say(`Not yet (${error.message}); again in ${BETWEEN_TRIES_IN_MS / 1000} s`);
      await world.sleep(BETWEEN_TRIES_IN_MS);
    }
  }
}
