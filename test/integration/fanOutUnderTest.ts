import { TableClient } from '@azure/data-tables';
import { compose } from '../../shared/composition/compose.ts';
import { createLedger } from '../../shared/ledger/createLedger.ts';
import { openTables } from '../../shared/ledger/tables.ts';
import { createDrivers } from '../../shared/runs/askDrivers.ts';
import { goOnWithRun } from '../../shared/runs/queueDoor.ts';
import { createRunQueue } from '../../shared/runs/runQueue.ts';
import type { Run } from '../../shared/service/run.ts';
import type { ServiceParts } from '../../shared/service/serviceParts.ts';
import { tick } from '../../shared/service/tick.ts';
import { giveWay } from '../../shared/time/giveWay.ts';
import { type Cloud, startCloud } from '../crash/cloud.ts';
import { createToldClock } from '../crash/toldClock.ts';

export const BEGIN_MS = Date.parse('2026-03-01T12:00:05Z');
export const TICK_IN_MS = 300_000;

const names = ['north', 'east', 'south'];
const tenantOf = (at: number) => `20000000-0000-4000-8000-00000000000${at}`;

/** The partition of the account `north` in the ledger. */
const NORTH_KEY = `mpn.${tenantOf(0)}`;

/** The report of each account, by the account's name: the window of the account holds it from 12:00 to 13:00. */
export const reportOf = (name: string) => `b0000000-0000-4000-8000-00000000000${names.indexOf(name)}`;

/** A message of the queue, and after how many seconds it may be seen. */
interface SentMessage {
  readonly account: string;
  readonly delayInSeconds: number;
}

/** A process of the service over three accounts; the queue's messages are delivered by the test's hand. */
export interface FanOutProcess {
  tick(): Promise<Run>;
  /** Takes the messages sent so far out of the queue. */
  takeMessages(): readonly SentMessage[];
  /** Delivers a message for this account; answers the lines that were told meanwhile, those of runs as JSON. */
  deliver(account: string): Promise<readonly string[]>;
}

/** Storage, Insights API and identity with three accounts, their clocks in the test's hand. */
export async function startFanOut() {
  const cloud: Cloud = await startCloud(['33333333-3333-4333-8333-333333333333']);
  Object.assign(process.env, cloud.environment());
  const clock = createToldClock(BEGIN_MS, () => {});
  const { AzureWebJobsStorage: connectionString } = cloud.environment();
  const runs = TableClient.fromConnectionString(connectionString, 'IntermissionRuns', {
    allowInsecureConnection: true,
  });
  await runs.createTable();
  let isFirst = true;
  return {
    cloud,
    /** Takes the account's lease for hours, as another process that works on it. */
    holdNorth: async () => {
      const ledger = createLedger({
        giveWay,
        tables: () => openTables({ kind: 'connectionString', connectionString }),
        ...{ clock, owner: 'somebody else', leaseTiming: { durationInMs: 36_000_000, clockMarginInMs: 0 } },
      });
      return ledger.hold(NORTH_KEY);
    },
    /** Nothing in the ledger and in the queue, all reports active, 12:00:05. */
    reset: async (policies: object = {}) => {
      const reports = names.map((name) => ({
        ...{ reportId: reportOf(name), reportName: name, reportStatus: 'Active' },
        startTime: '2099-01-05T18:00:00Z',
      }));
      await cloud.reset({ reports, policies, serviceNowMs: BEGIN_MS, keepsTables: !isFirst });
      isFirst = false;
      for await (const { partitionKey = '', rowKey = '' } of runs.listEntities()) {
        await runs.deleteEntity(partitionKey, rowKey);
      }
      clock.tell(BEGIN_MS);
    },
    passTime: async (inMs: number) => {
      clock.tell(clock.now() + inMs);
      await cloud.setClock(clock.now());
    },
    start: (options: { accounts?: readonly string[]; mode?: string } = {}) =>
      processOf(cloud, clock, { accounts: names, mode: 'act', ...options }),
    close: cloud.close,
  };
}

function processOf(
  cloud: Cloud,
  clock: ReturnType<typeof createToldClock>,
  { accounts, mode }: { accounts: readonly string[]; mode: string },
): FanOutProcess {
  const { TENANT_ID: _, INSIGHTS_BASE_URL: baseUrl, ...environment } = cloud.environment();
  const composed = compose(
    {
      ...environment,
      MODE: mode,
      ACCOUNTS: JSON.stringify(
        accounts.map((name) => ({
          ...{ name, tenantId: tenantOf(names.indexOf(name)), surface: 'mpn', baseUrl },
          signIn: { mode: 'managedIdentity' },
        })),
      ),
      MAINTENANCE_WINDOWS: JSON.stringify(
        accounts.map((account) => ({
          ...{ name: account, account, reports: { ids: [reportOf(account)] } },
          schedule: { start: '0 12 * * *', duration: 'PT1H', timeZone: 'UTC' },
        })),
      ),
    },
    { clock, random: () => 0.5 },
  );
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
  const sent: SentMessage[] = [];
  const queue = createRunQueue(async () => ({
    createIfNotExists: async () => {},
    sendMessage: async (text, { visibilityTimeout }) => {
      const { account } = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
      sent.push({ account: String(account), delayInSeconds: visibilityTimeout });
    },
  }));
  const { drives } = composed.runs;
  const drivers = createDrivers({ store: drives, queue });
  const parts: ServiceParts = { ...composed.parts, drivers, maxAccountsInline: 0 };
  const tellerTo = (lines: string[]) => {
    const add = (line: string) => void lines.push(line);
    return { info: add, warn: add, error: add };
  };
  return {
    tick: () => {
      const correlationId = 'c0ffee00-0000-4000-8000-000000000001';
      return tick(parts, { correlationId, caller: 'timer', teller: tellerTo([]), runId: null });
    },
    takeMessages: () => sent.splice(0),
    deliver: async (account) => {
      const lines: string[] = [];
      await goOnWithRun({ ...composed.runs, parts, queue }, { account }, tellerTo(lines));
      return lines;
    },
  };
}
