import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableServiceClient } from '@azure/data-tables';
import { HOST_BODY_LIMIT_IN_BYTES } from '../../build/settingsDocuments.ts';
import { startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { DEFAULT_TENANT_ID } from '../../local/insights/model/report.ts';
import { ANY_CALLER } from '../../local/insights/policies/policies.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { type AppUnderTest, hostKeys, startApp } from './appUnderTest.ts';
import { buildApp } from './buildApp.ts';
import { openEmulatorDoor } from './emulatorDoor.ts';

/** The client id of the app's identity, by which the emulator knows whose change it was. */
export const IDENTITY_CLIENT_ID = '33333333-3333-4333-8333-333333333333';

/** Fires half an hour from now, so that only the ticks that a test fires happen. */
function scheduleFarFromNow(): string {
  return `0 ${(new Date().getUTCMinutes() + 30) % 60} * * * *`;
}

/** A simple window that began a few minutes ago and lasts an hour. */
export function windowThatIsOn(reportIds: readonly string[]): Readonly<Record<string, string>> {
  const start = new Date(Date.now() - 5 * 60_000);
  return {
    REPORT_IDS: reportIds.join(','),
    PAUSE_SCHEDULE: `${start.getUTCMinutes()} ${start.getUTCHours()} * * *`,
    PAUSE_DURATION: 'PT1H',
    TIME_ZONE: 'UTC',
  };
}

/**
 * Storage, emulator and identity on loopback, the latter two by the clock `nowMs`, and the built app as often as it is
 * asked for; `stop` removes its folder.
 */
export async function startCloud(
  appDirectory = buildApp(),
  nowMs: () => number = Date.now,
  connectionString = takeStorageAccount(),
) {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'intermission-state-'));
  const issuer = await createTokenIssuer();
  const secrets: string[] = [];
  const identityHeader = 'the-header-of-the-identity-endpoint';
  const [emulator, identity] = await Promise.all([
    startInsightsEmulator({
      ...{ port: 0, issuer, seedFile: null, stateFile: null, policies: ANY_CALLER },
      systemNowMs: nowMs,
    }),
    startIdentityEndpoint({
      port: 0,
      issuer: {
        issue: async (request) => {
          const token = await issuer.issue(request);
          secrets.push(token);
          return token;
        },
      },
      header: identityHeader,
      tenantId: DEFAULT_TENANT_ID,
      clientId: IDENTITY_CLIENT_ID,
      userAssignedClientIds: [],
      lifetimeInSeconds: 86_400,
      nowMs,
    }),
  ]);
  const door = openEmulatorDoor(emulator.url);
  await door.seed();
  const apps: AppUnderTest[] = [];
  let isStopped = false;
  const answers: string[] = [];
  return {
    emulator: door,
    identity,
    issuer,
    /** Scheme and authority of the emulator. */
    insightsUrl: emulator.url,
    /** The connection string of the storage. */
    storage: connectionString,
    /** Starts the app with the addresses of this cloud and these settings, the latter winning. */
    start: async (settings: Readonly<Record<string, string>> = {}, nodeArguments: readonly string[] = []) => {
      const app = await startApp({
        ...{ appDirectory, stateDirectory, nodeArguments },
        settings: {
          TENANT_ID: DEFAULT_TENANT_ID,
          INSIGHTS_BASE_URL: `${emulator.url}/insights/v1/mpn`,
          EXTRA_API_HOSTS: new URL(emulator.url).host,
          AzureWebJobsStorage: connectionString,
          IDENTITY_ENDPOINT: identity.url,
          IDENTITY_HEADER: identity.header,
          FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(HOST_BODY_LIMIT_IN_BYTES),
          TICK_SCHEDULE: scheduleFarFromNow(),
          ...settings,
        },
        listen: (text) => answers.push(text),
      });
      apps.push(app);
      if (isStopped) {
        await app.kill();
        throw new Error('the cloud was stopped meanwhile');
      }
      return app;
    },
    /** Fails where a token or a key stands in a line or an answer of any app of this cloud. */
    expectNothingSecret: () => {
      const accountKey = /AccountKey=([^;]+)/.exec(connectionString)?.[1] ?? '';
      const hidden = [...secrets, ...Object.values(hostKeys), identityHeader, accountKey];
      const texts = [...answers, ...apps.flatMap(({ host }) => host.logs.map(({ message }) => message))];
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => hidden.some((secret) => text.includes(secret)))).toEqual([]);
      // A token that was cut short is as bad.
      expect(texts.filter((text) => /eyJ[\w-]{10}|Bearer /.test(text))).toEqual([]);
    },
    /** The ledger's table is gone, as where storage was restored empty; an app must be started after it. */
    loseLedger: () =>
      TableServiceClient.fromConnectionString(connectionString, {
        allowInsecureConnection: true,
      }).deleteTable('IntermissionLive'),
    issuedTokens: (): readonly string[] => secrets,
    stop: async () => {
      isStopped = true;
      await Promise.all(apps.map((app) => app.kill()));
      await Promise.all([emulator.close(), identity.close()]);
      rmSync(appDirectory, { recursive: true });
      rmSync(stateDirectory, { recursive: true });
    },
  };
}

export type CloudUnderTest = Awaited<ReturnType<typeof startCloud>>;
