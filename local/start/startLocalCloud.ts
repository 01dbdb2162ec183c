import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createCertificateAuthority } from '../certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../certificates/hostNames.ts';
import {
  defaultEntraSeed,
  ENTRA_APP_ID,
  IDENTITY_CLIENT_ID,
  REPORTS_USER,
} from '../entra/directory/entraSeed.ts';
import { type Entra, startEntra } from '../entra/startEntra.ts';
import { type FunctionsHost, startFunctionsHost } from '../functionsHost/startFunctionsHost.ts';
import { startIdentityEndpoint } from '../identity/startIdentityEndpoint.ts';
import { DEFAULT_TENANT_ID } from '../insights/model/report.ts';
import { startInsightsEmulator } from '../insights/startInsightsEmulator.ts';
import { type KeyVault, startKeyVault } from '../keyVault/startKeyVault.ts';
import { startAzurite } from '../storage/startAzurite.ts';
import { standInRequest } from '../telemetry/standInRequest.ts';
import { type Ingestion, startIngestion } from '../telemetry/startIngestion.ts';
import { createTokenIssuer, type TokenIssuer } from '../tokens/tokenIssuer.ts';
import type { LocalKeys } from './localKeys.ts';
import { type AppSettings, sampleSecretName } from './localSettings.ts';

/** Everything that `npm start` runs, on loopback. */
export interface LocalCloud {
  readonly host: FunctionsHost;
  readonly emulatorUrl: string;
  readonly functionKey: string;
  readonly masterKey: string;
  /** Of the reports on `mpn`. */
  readonly reportIds: readonly string[];
  /** Whose these reports are, where a request has to say so: with several accounts. */
  readonly accountName: string | null;
  readonly vault: KeyVault;
  readonly entra: Entra;
  /** What an operator would see in Application Insights. */
  readonly ingestion: Ingestion;
  /** What a sender of the sample source signs with. */
  readonly webhookSecret: string;
  /** Resolves with a sentence when one of the processes ends by itself. */
  readonly died: Promise<string>;
  /** Functions first, storage last. */
  stop(): Promise<void>;
}

/** The Insights API as it began. */
interface StartedInsights {
  readonly emulatorUrl: string;
  /** Of the reports on `mpn`. */
  readonly seededIds: readonly string[];
}

/** What is to be started. */
export interface LocalCloudPlan {
  /** Where the built functions are; absolute. */
  readonly appDirectory: string;
  /** 0 for any free one. */
  readonly functionsPort: number;
  readonly emulatorPort: number;
  /** The file that the Insights API begins with; null for the built-in reports. */
  readonly seedFile: string | null;
  /** The settings of the functions, made of the addresses of what has been started before them. */
  readonly settings: (
    addresses: AppSettings,
    insights: StartedInsights,
  ) => {
    readonly settings: AppSettings;
    /** See {@link LocalCloud.accountName}. */
    readonly accountName: string | null;
  };
  readonly keys: LocalKeys;
  /** The user-assigned identities that the settings may name. */
  readonly userAssignedClientIds: readonly string[];
  /** The time of the Insights API and of the tokens, epoch milliseconds. */
  readonly nowMs: () => number;
  /** For the process of the functions. */
  readonly nodeArguments: readonly string[];
}

const resolveLocalhost = pathToFileURL(join(process.cwd(), 'local/certificates/resolveLocalhost.mjs')).href;
const tokenLifetimeInSeconds = 86_400;

/**
 * Starts storage, the Insights API, Entra, a vault, the ingestion of telemetry, and the functions of `appDirectory` against them.
 * @throws Error in one sentence; what had been started is stopped by then.
 */
export async function startLocalCloud(plan: LocalCloudPlan): Promise<LocalCloud> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) {
      await stopOne();
    }
  };
  try {
    return await startInOrder(plan, stops, stop);
  } catch (error: unknown) {
    await stop();
    throw error;
  }
}

async function startInOrder(
  plan: LocalCloudPlan,
  stops: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<LocalCloud> {
  const { nowMs } = plan;
  const stateDirectory = mkdtempSync(join(tmpdir(), 'intermission-'));
  stops.push(() => rmSync(stateDirectory, { recursive: true, force: true }));

  const azurite = await startAzurite({ directory: null, nodePath: process.execPath });
  stops.push(azurite.stop);
  const issuer = await createTokenIssuer();
  const emulator = await startEmulator({
    ...{ port: plan.emulatorPort, seedFile: plan.seedFile, issuer, systemNowMs: nowMs },
  });
  stops.push(emulator.close);
  const authority = await createCertificateAuthority(stateDirectory);
  const entra = await startEntra({
    ...{ port: 0, issuer, nowMs, seed: defaultEntraSeed },
    certificate: await authority.issue(HOST_NAMES.login),
  });
  stops.push(entra.close);
  const identity = await startIdentityEndpoint({
    port: 0,
    issuer: entra.identityIssuer,
    header: randomBytes(16).toString('hex'),
    tenantId: DEFAULT_TENANT_ID,
    clientId: IDENTITY_CLIENT_ID,
    userAssignedClientIds: plan.userAssignedClientIds,
    lifetimeInSeconds: tokenLifetimeInSeconds,
    nowMs,
  });
  stops.push(identity.close);

  const vault = await startKeyVault({
    ...{ port: 0, issuer, tenantId: DEFAULT_TENANT_ID, nowMs, vaultName: 'local' },
    certificate: await authority.issue(HOST_NAMES.vault),
    authorityUrl: entra.url,
  });
  stops.push(vault.close);
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
  vault.setSecret(sampleSecretName, webhookSecret);
  letSignIn(entra, vault, plan.userAssignedClientIds);
  const ingestion = await startIngestion({
    ...{ port: 0, issuer, demandsToken: true, nowMs },
    certificate: await authority.issue(HOST_NAMES.ingest),
  });
  stops.push(ingestion.close);

  const addresses = {
    INSIGHTS_BASE_URL: `${emulator.url}/insights/v1/mpn`,
    EXTRA_API_HOSTS: new URL(emulator.url).host,
    TENANT_ID: DEFAULT_TENANT_ID,
    AzureWebJobsStorage: azurite.connectionString,
    IDENTITY_ENDPOINT: identity.url,
    IDENTITY_HEADER: identity.header,
    KEY_VAULT_URL: vault.url,
    ...signInSettings(entra.url),
    APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
    NODE_EXTRA_CA_CERTS: authority.certificateFile,
  };
  const insights = { emulatorUrl: emulator.url, seededIds: await seededIds(emulator.url) };
  const { settings, accountName } = plan.settings(addresses, insights);
  const { keys } = plan;
  const host = await startFunctionsHost({
    appDirectory: plan.appDirectory,
    settings,
    keys,
    port: plan.functionsPort,
    stateDirectory,
    nodePath: process.execPath,
    nodeArguments: ['--import', resolveLocalhost, ...plan.nodeArguments],
  });
  stops.push(host.stop);
  host.onInvoked((invocation) => ingestion.take(standInRequest(invocation, ingestion.instrumentationKey)));
  return {
    host,
    emulatorUrl: emulator.url,
    functionKey: keys.function,
    masterKey: keys.master,
    reportIds: insights.seededIds,
    accountName,
    vault,
    entra,
    ingestion,
    webhookSecret,
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

const stateShape = z.object({ reports: z.array(z.object({ reportId: z.string(), family: z.string() })) });

async function seededIds(emulatorUrl: string): Promise<readonly string[]> {
  const response = await fetch(`${emulatorUrl}/_admin/state`);
  const { reports } = stateShape.parse(await response.json());
  return reports.filter(({ family }) => family === 'mpn').map(({ reportId }) => reportId);
}

/** The user has consented already, and the app registration trusts every identity that the settings may name. */
function letSignIn({ directory }: Entra, vault: KeyVault, userAssignedClientIds: readonly string[]): void {
  for (const identityClientId of userAssignedClientIds) {
    directory.trustIdentity({ clientId: ENTRA_APP_ID, identityClientId });
  }
  const consented = directory.issueRefreshToken({ clientId: ENTRA_APP_ID, userName: REPORTS_USER });
  vault.setSecret('refresh-token-default', consented);
}

/** As against the real Partner Center: app and user, by the managed identity's assertion. */
function signInSettings(authorityHost: string): AppSettings {
  return {
    SIGN_IN: 'secureApp',
    APP_CLIENT_ID: ENTRA_APP_ID,
    AUTHORITY_HOST: authorityHost,
    INSTANCE_DISCOVERY: 'off',
    ...{ APP_CERTIFICATE_NAME: '', APP_SECRET_NAME: '', REFRESH_TOKEN_SECRET: '' },
  };
}

/** Somebody may have taken the port since it was found free. */
async function startEmulator(wanted: {
  readonly port: number;
  readonly seedFile: string | null;
  readonly issuer: TokenIssuer;
  readonly systemNowMs: () => number;
}): ReturnType<typeof startInsightsEmulator> {
  const options = { ...wanted, stateFile: null };
  try {
    return await startInsightsEmulator(options);
  } catch {
    return startInsightsEmulator({ ...options, port: 0 });
  }
}
