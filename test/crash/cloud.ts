import { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { ANY_CALLER } from '../../local/insights/policies/policies.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { createLedger } from '../../shared/ledger/createLedger.ts';
import type { AccountSnapshot } from '../../shared/ledger/snapshot.ts';
import { openTables } from '../../shared/ledger/tables.ts';
import { giveWay } from '../../shared/time/giveWay.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';

/** The partition of the account in the ledger. */
const ACCOUNT_KEY = `mpn.${tenantId}`;

const changeSchema = z.object({
  seq: z.number(),
  reportId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  operation: z.string(),
  by: z.looseObject({ kind: z.string(), clientId: z.string().nullable(), userName: z.string().nullable() }),
});

/** One change of a report's status, as the emulator recorded it. */
export type RecordedChange = z.infer<typeof changeSchema>;

const statusesSchema = z.object({
  reports: z.array(z.object({ reportId: z.string(), reportStatus: z.string() })),
});

/** Storage, Insights API and identity, all on loopback and real, with what tests do to them. */
export type Cloud = Awaited<ReturnType<typeof startCloud>>;

/** Starts them; `clientIds` are the identities that the service's processes have, one endpoint each. */
export async function startCloud(clientIds: readonly string[]) {
  const connectionString = takeStorageAccount();
  const issuer = await createTokenIssuer();
  const emulator = await startInsightsEmulator({
    port: 0,
    issuer,
    seedFile: null,
    stateFile: null,
    policies: ANY_CALLER,
  });
  const identities = await Promise.all(
    clientIds.map((clientId) =>
      startIdentityEndpoint({
        ...{ port: 0, issuer, header: 'the-header', tenantId, clientId, userAssignedClientIds: [] },
        lifetimeInSeconds: 86_400,
        nowMs: () => Date.now(),
      }),
    ),
  );
  const tables = ['IntermissionLive', 'IntermissionHistory'].map((name) =>
    TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true }),
  );
  const ledger = createLedger({
    giveWay,
    tables: () => openTables({ kind: 'connectionString', connectionString }),
    clock: createFakeClock(),
    owner: 'the test',
    leaseTiming: { durationInMs: 0, clockMarginInMs: 0 },
  });

  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = { method, body: body === undefined ? null : JSON.stringify(body) };
    const answer = await fetch(`${emulator.url}/_admin/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const setClock = (nowMs: number) =>
    admin('PUT', 'clock', { nowUtc: new Date(nowMs).toISOString(), frozen: true });

  return {
    storageUrl: /TableEndpoint=(http:\/\/[^/;]+)/.exec(connectionString)?.[1] ?? '',
    insightsUrl: emulator.url,
    admin,
    setClock,
    /** The service's settings, with the addresses of storage and Insights as its process shall see them. */
    environment: (options: { storageUrl?: string; insightsUrl?: string; identity?: number } = {}) => {
      const insightsUrl = options.insightsUrl ?? emulator.url;
      const identity = identities[options.identity ?? 0];
      const tables = `TableEndpoint=${options.storageUrl ?? /TableEndpoint=(http:\/\/[^/;]+)/.exec(connectionString)?.[1]}/`;
      return {
        INSIGHTS_BASE_URL: `${insightsUrl}/insights/v1/mpn`,
        EXTRA_API_HOSTS: new URL(insightsUrl).host,
        TENANT_ID: tenantId,
        AzureWebJobsStorage: connectionString.replace(/TableEndpoint=http:\/\/[^/;]+\//, tables),
        IDENTITY_ENDPOINT: identity?.url ?? '',
        IDENTITY_HEADER: identity?.header ?? '',
      };
    },
    /**
     * Nothing in the ledger, not even tables unless `keepsTables`, and these reports under these policies, at that
     * time by the service's clock.
     */
    reset: async (options: {
      reports: readonly object[];
      policies: object;
      serviceNowMs: number;
      keepsTables: boolean;
    }) => {
      const { reports, policies, serviceNowMs, keepsTables } = options;
      for (const table of tables) await (keepsTables ? empty(table) : table.deleteTable());
      await admin('PUT', 'state', { policies, reports });
      await setClock(serviceNowMs);
      await admin('DELETE', 'requests');
    },
    asHuman: (reportId: string, action: 'pause' | 'resume') =>
      admin('PATCH', 'state', { reportId, by: 'kim', action }),
    changes: async (): Promise<readonly RecordedChange[]> =>
      z.array(changeSchema).parse(await admin('GET', 'changes')),
    statuses: async (): Promise<ReadonlyMap<string, string>> => {
      const { reports } = statusesSchema.parse(await admin('GET', 'state'));
      return new Map(reports.map(({ reportId, reportStatus }) => [reportId, reportStatus]));
    },
    readLedger: (): Promise<AccountSnapshot> => ledger.read(ACCOUNT_KEY),
    close: async () => {
      await Promise.all(identities.map((identity) => identity.close()));
      await emulator.close();
    },
  };
}

async function empty(table: TableClient): Promise<void> {
  for await (const { partitionKey, rowKey } of table.listEntities()) {
    if (partitionKey !== undefined && rowKey !== undefined) await table.deleteEntity(partitionKey, rowKey);
  }
}
