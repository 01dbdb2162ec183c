import { TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { type IdentityEndpoint, startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { DEFAULT_TENANT_ID } from '../../local/insights/model/report.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { type InsightsWorld, startInsightsWorld } from './insightsWorld.ts';
import { type StorageGate, startStorageGate } from './storageGate.ts';

/** The client id by which the emulator's record tells the service's deeds from all others. */
export const SERVICE_CLIENT_ID = '33333333-3333-4333-8333-333333333333';

/** What the service under test talks to; one for all scenarios of a test file. */
export interface ScenarioCloud {
  readonly insights: InsightsWorld;
  readonly identity: IdentityEndpoint;
  readonly storage: StorageGate;
  /** App settings that lead there. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Forgets everything that earlier scenarios left in the ledger. */
  emptyLedger(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Below what the identity SDK takes for a token worth keeping: so each new composition really signs in, and a
 * scenario can let that fail.
 */
const TOKEN_LIFETIME_IN_SECONDS = 240;

/** Starts the emulator, storage and the identity endpoint, and points the identity SDK at it. */
export async function startScenarioCloud(
  options: { readonly tokenLifetimeInSeconds?: number } = {},
): Promise<ScenarioCloud> {
  const issuer = await createTokenIssuer();
  const connectionString = takeStorageAccount();
  const storage = await startStorageGate(connectionString);
  const insights = await startInsightsWorld(issuer);
  const identity = await startIdentityEndpoint({
    port: 0,
    issuer,
    header: 'scenario',
    tenantId: DEFAULT_TENANT_ID,
    clientId: SERVICE_CLIENT_ID,
    userAssignedClientIds: [],
    lifetimeInSeconds: options.tokenLifetimeInSeconds ?? TOKEN_LIFETIME_IN_SECONDS,
    nowMs: () => Date.now(),
  });
  const restore = setEnvironment({ IDENTITY_ENDPOINT: identity.url, IDENTITY_HEADER: identity.header });
  const tables = TableServiceClient.fromConnectionString(connectionString, {
    allowInsecureConnection: true,
  });
  const seen =
    BlobServiceClient.fromConnectionString(connectionString).getContainerClient('intermission-seen');
  return {
    insights,
    identity,
    storage,
    addresses: {
      TENANT_ID: DEFAULT_TENANT_ID,
      INSIGHTS_BASE_URL: `${insights.url}/insights/v1/mpn`,
      EXTRA_API_HOSTS: new URL(insights.url).host,
      AzureWebJobsStorage: storage.connectionString,
    },
    emptyLedger: async () => {
      for await (const { name } of tables.listTables()) {
        if (name !== undefined) {
          await tables.deleteTable(name);
        }
      }
      // What was last seen of the accounts: as far as scenarios go, at the same time as theirs.
      if (await seen.exists()) {
        for await (const { name } of seen.listBlobsFlat()) {
          await seen.deleteBlob(name);
        }
      }
    },
    stop: async () => {
      restore();
      await identity.close();
      await insights.close();
      await storage.close();
    },
  };
}

/** The identity SDK reads its own two variables from the process, and nothing else here does. */
function setEnvironment(values: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  };
}
