import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionsHost, startFunctionsHost } from '../functionsHost/startFunctionsHost.ts';
import { startIdentityEndpoint } from '../identity/startIdentityEndpoint.ts';
import { DEFAULT_TENANT_ID } from '../insights/model/report.ts';
import { startInsightsEmulator } from '../insights/startInsightsEmulator.ts';
import { startAzurite } from '../storage/startAzurite.ts';
import { createTokenIssuer, type TokenIssuer } from '../tokens/tokenIssuer.ts';
import { composeSettings, readSettingsFile } from './localSettings.ts';

/** Everything that `npm start` runs, on loopback. */
export interface LocalCloud {
  readonly host: FunctionsHost;
  readonly emulatorUrl: string;
  readonly functionKey: string;
  readonly masterKey: string;
  readonly reportIds: readonly string[];
  /** Resolves with a sentence when one of the processes ends by itself. */
  readonly died: Promise<string>;
  /** Functions first, storage last. */
  stop(): Promise<void>;
}

const identityClientId = '33333333-3333-4333-8333-333333333333';
const tokenLifetimeInSeconds = 86_400;

/**
 * Starts storage, the Insights API, the identity endpoint, and the functions of `appDirectory` against them.
 * @throws Error in one sentence; what had been started is stopped by then.
 */
export async function startLocalCloud(options: {
  appDirectory: string;
  functionsPort: number;
  emulatorPort: number;
}): Promise<LocalCloud> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) {
      await stopOne();
    }
  };
  try {
    return await startInOrder(options, stops, stop);
  } catch (error: unknown) {
    await stop();
    throw error;
  }
}

async function startInOrder(
  options: { appDirectory: string; functionsPort: number; emulatorPort: number },
  stops: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<LocalCloud> {
  const { appDirectory } = options;
  const sample = readSettingsFile(appDirectory, 'local.settings.sample.json');
  const own = readSettingsFile(appDirectory, 'local.settings.json');
  const { AZURE_CLIENT_ID } = own;
  const stateDirectory = mkdtempSync(join(tmpdir(), 'intermission-'));
  stops.push(() => rmSync(stateDirectory, { recursive: true, force: true }));

  const azurite = await startAzurite({ directory: null, nodePath: process.execPath });
  stops.push(azurite.stop);
  const issuer = await createTokenIssuer();
  const emulator = await startEmulator(options.emulatorPort, issuer);
  stops.push(emulator.close);
  const identity = await startIdentityEndpoint({
    port: 0,
    issuer,
    header: randomBytes(16).toString('hex'),
    tenantId: DEFAULT_TENANT_ID,
    clientId: identityClientId,
    userAssignedClientIds: AZURE_CLIENT_ID === undefined ? [] : [AZURE_CLIENT_ID],
    lifetimeInSeconds: tokenLifetimeInSeconds,
    nowMs: () => Date.now(),
  });
  stops.push(identity.close);

  const addresses = {
    INSIGHTS_BASE_URL: `${emulator.url}/insights/v1/mpn`,
    EXTRA_API_HOSTS: new URL(emulator.url).host,
    TENANT_ID: DEFAULT_TENANT_ID,
    AzureWebJobsStorage: azurite.connectionString,
    IDENTITY_ENDPOINT: identity.url,
    IDENTITY_HEADER: identity.header,
  };
  const settings = composeSettings({ sample, own, addresses, nowMs: Date.now() });
  const { REPORT_IDS = '' } = settings;
  const keys = { master: randomBytes(16).toString('hex'), function: randomBytes(16).toString('hex') };
  const host = await startFunctionsHost({
    appDirectory,
    settings,
    keys,
    port: options.functionsPort,
    stateDirectory,
    nodePath: process.execPath,
    nodeArguments: [],
  });
  stops.push(host.stop);
  return {
    host,
    emulatorUrl: emulator.url,
    functionKey: keys.function,
    masterKey: keys.master,
    reportIds: REPORT_IDS.split(','),
    died: Promise.race([
      host.exited.then(
        ({ exitCode, signal }) =>
          `The functions ended by themselves (exit code ${exitCode}, signal ${signal}).`,
      ),
      azurite.exited.then(() => 'Azurite, the storage, ended by itself.'),
    ]),
    stop,
  };
}

/** Somebody may have taken the port since it was found free. */
async function startEmulator(port: number, issuer: TokenIssuer): ReturnType<typeof startInsightsEmulator> {
  const options = { issuer, seedFile: null, stateFile: null };
  try {
    return await startInsightsEmulator({ ...options, port });
  } catch {
    return startInsightsEmulator({ ...options, port: 0 });
  }
}
