import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { z } from 'zod';
import { type FunctionsHost, startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';
import { startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { DEFAULT_TENANT_ID } from '../../local/insights/model/report.ts';
import { ANY_CALLER } from '../../local/insights/policies/policies.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { hostKeys } from './appUnderTest.ts';
import { buildApp } from './buildApp.ts';
import { openEmulatorDoor, reportId } from './emulatorDoor.ts';
import { expectDocumented } from './expectDocumented.ts';

/** An answer of a door, its body read. */
export interface DoorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

/** The app in a host whose queue's messages come back at once after a failure. */
export interface RunsApp {
  readonly host: FunctionsHost;
  /** With the function key. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<DoorAnswer>;
  get(path: string): Promise<DoorAnswer>;
}

const REPORTS = 600;
const A_WEEK_IN_SECONDS = 604_800;
const MOST_WAIT_IN_MS = 30_000;
/** Another process does the work: whoever asks without a break takes its time away. */
const BETWEEN_ASKS_IN_MS = 25;

const hostJson = z.looseObject({ extensions: z.looseObject({ queues: z.looseObject({}) }) });

/** The cloud with 600 active reports, its queues and its table of runs in the test's hand. */
export async function startRunsCloud() {
  const appDirectory = buildApp();
  withoutWaiting(join(appDirectory, 'host.json'));
  const stateDirectory = mkdtempSync(join(tmpdir(), 'intermission-runs-'));
  const issuer = await createTokenIssuer();
  const connectionString = takeStorageAccount();
  const [emulator, identity] = await Promise.all([
    startInsightsEmulator({ port: 0, issuer, seedFile: null, stateFile: null, policies: ANY_CALLER }),
    startIdentityEndpoint({
      ...{ port: 0, issuer, header: 'the-header', tenantId: DEFAULT_TENANT_ID, nowMs: Date.now },
      ...{ clientId: DEFAULT_TENANT_ID, userAssignedClientIds: [], lifetimeInSeconds: A_WEEK_IN_SECONDS },
    }),
  ]);
  const door = openEmulatorDoor(emulator.url);
  await door.admin('PUT', 'state', { reports: activeReports() });
  const hosts: FunctionsHost[] = [];
  let shiftInMs = 0;
  return {
    emulator: door,
    insightsUrl: emulator.url,
    queue: new QueueClient(connectionString, 'intermission-runs'),
    table: TableClient.fromConnectionString(connectionString, 'IntermissionRuns', {
      allowInsecureConnection: true,
    }),
    /** From now on the service and what it talks to live so much later. */
    passTime: async (inMs: number) => {
      shiftInMs += inMs;
      await door.admin('PUT', 'clock', { advanceInMs: inMs });
    },
    /** @param host.messageLeaseInSeconds How soon after a kill of this host its messages come back. */
    start: async (
      settings: Readonly<Record<string, string>> = {},
      { messageLeaseInSeconds = 600 } = {},
    ): Promise<RunsApp> => {
      const host = await startFunctionsHost({
        ...{ appDirectory, stateDirectory, keys: hostKeys, port: 0, nodePath: process.execPath },
        messageLeaseInSeconds,
        nodeArguments: ['--import', join(process.cwd(), 'test/endToEnd/shiftClock.mjs')],
        settings: {
          TENANT_ID: DEFAULT_TENANT_ID,
          INSIGHTS_BASE_URL: `${emulator.url}/insights/v1/mpn`,
          EXTRA_API_HOSTS: new URL(emulator.url).host,
          AzureWebJobsStorage: connectionString,
          IDENTITY_ENDPOINT: identity.url,
          IDENTITY_HEADER: identity.header,
          TICK_SCHEDULE: '0 0 0 1 1 *',
          REPORT_IDS: '',
          CLOCK_SHIFT_IN_MS: String(shiftInMs),
          ...settings,
        },
      });
      hosts.push(host);
      return appOn(host);
    },
    stop: async () => {
      await Promise.all(hosts.map((host) => host.kill()));
      await Promise.all([emulator.close(), identity.close()]);
      rmSync(appDirectory, { recursive: true });
      rmSync(stateDirectory, { recursive: true });
    },
  };
}

export type RunsCloud = Awaited<ReturnType<typeof startRunsCloud>>;

/** The ids of seeded reports, from the first number to the last. */
export function reportIds(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => reportId(first + at));
}

/** Asks until it is so; by then something else than time must have made it so. */
export async function until<Value>(what: string, ask: () => Promise<Value | null>): Promise<Value> {
  const giveUpAtMs = Date.now() + MOST_WAIT_IN_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) {
      return answer;
    }
    if (Date.now() > giveUpAtMs) {
      throw new Error(`in vain: ${what}`);
    }
    await sleep(BETWEEN_ASKS_IN_MS);
  }
}

/** Resolves when the host has written so many lines like this. */
export function lines(host: FunctionsHost, pattern: RegExp, count = 1): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const look = () => {
      const found = host.logs.map(({ message }) => message).filter((message) => pattern.test(message));
      if (found.length >= count) {
        end();
        resolve(found);
      }
    };
    const end = host.onLine(look);
    look();
  });
}

/** How often each of these reports was sent a PUT of this operation. */
export async function putsOf(
  { emulator }: RunsCloud,
  operation: 'pauseReport' | 'resumeReport',
  ids: readonly string[],
): Promise<readonly number[]> {
  const counts = new Map<string, number>();
  for (const { reportId: id } of await emulator.requests(`operation=${operation}`)) {
    if (id !== null) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return ids.map((id) => counts.get(id) ?? 0);
}

/** Polls without a word of who asks, as Power Automate does, unless headers say it; returns what it got, 202s first. */
export async function poll(
  location: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly [DoorAnswer, ...DoorAnswer[]]> {
  const got: DoorAnswer[] = [];
  const last = await until('the run is done', async () => {
    const answer = await ask(location ?? 'no location', { headers: { ...headers } });
    got.push(answer);
    return answer.status === 202 ? null : answer;
  });
  return [last, ...got];
}

/** One request, its answer read. */
export async function ask(url: string, init: RequestInit): Promise<DoorAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const { status, headers } = response;
  await expectDocumented({ method: init.method ?? 'GET', url, status, headers, text });
  return { status, headers, json: text === '' ? null : JSON.parse(text) };
}

function appOn(host: FunctionsHost): RunsApp {
  const key = { 'x-functions-key': hostKeys.function };
  return {
    host,
    post: (path, body, headers = {}) =>
      ask(`${host.url}${path}`, {
        method: 'POST',
        headers: { ...key, ...headers },
        body: JSON.stringify(body),
      }),
    get: (path) => ask(`${host.url}${path}`, { headers: key }),
  };
}

/** The deployed host.json lets a failed message rest for half a minute; a test does not wait for it. */
function withoutWaiting(path: string): void {
  const host = hostJson.parse(JSON.parse(readFileSync(path, 'utf8')));
  const queues = { ...host.extensions.queues, visibilityTimeout: '00:00:00' };
  writeFileSync(path, JSON.stringify({ ...host, extensions: { ...host.extensions, queues } }));
}

function activeReports(): readonly object[] {
  return Array.from({ length: REPORTS }, (_, at) => ({
    reportId: reportId(at + 1),
    reportName: `report ${at + 1}`,
    reportStatus: 'Active',
    startTime: '2099-01-05T18:00:00Z',
    recurrenceCount: 10,
  }));
}
