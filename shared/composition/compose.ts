import { randomUUID } from 'node:crypto';
import { createLedger } from '../ledger/createLedger.ts';
import { type LedgerStorage, type LedgerTables, openTables } from '../ledger/tables.ts';
import { createDrivers } from '../runs/askDrivers.ts';
import type { DriveWork } from '../runs/driveAccount.ts';
import type { SubmitWork } from '../runs/submitRun.ts';
import { createService, type Service } from '../service/createService.ts';
import { knownAccounts, windowsOfSettings } from '../service/readWindows.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import { createWindowSource } from '../service/windowSource.ts';
import { readSettings, type SettingProblem, type Settings } from '../settings/readSettings.ts';
import { managedIdentityCredential } from '../signIn/managedIdentity.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { WebhookParts } from '../webhooks/webhookParts.ts';
import { accountRuntimesOf } from './accountRuntimes.ts';
import { runStorageOf } from './runStorage.ts';
import { telemetryOf } from './telemetryOf.ts';
import { tickPeriodInMs } from './tickPeriod.ts';
import { webhooksOf } from './webhooksOf.ts';
import { windowsBlobOf } from './windowsBlob.ts';

/** The service, or every reason why the settings make none. */
export type Composed =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly parts: ServiceParts;
      readonly service: Service;
      readonly runs: SubmitWork & DriveWork;
      readonly webhooks: WebhookParts;
      readonly telemetry: Telemetry;
    }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** What a test sets and production takes from the machine. */
export interface Seams {
  readonly clock: Clock;
  readonly random: () => number;
}

const systemSeams: Seams = { clock: systemClock, random: Math.random };

/** A run and its results are kept for a week; so many rows go at once at most. */
const RUNS_KEPT_IN_MS = 7 * 86_400_000;
const MAX_PRUNED = 2_000;

/** So many accounts a tick works on itself, so that its answer is whole; with more each gets a driver. */
const MAX_ACCOUNTS_INLINE = 4;

/** A second look at a report counts only so much later, and a read may be so much behind. */
const READ_TIMING = { staleReadGraceInMs: 120_000, betweenReadsInMs: 60_000 };

/** Longer than one attempt and its margins, so that a PUT fits; short enough for the next tick to go on after a kill. */
const LEASE_TIMING = { durationInMs: 90_000, clockMarginInMs: 15_000 };

/** Puts the service together from the environment. Nothing is called and nothing heavy is loaded by it. */
export function compose(
  environment: Readonly<Record<string, string | undefined>>,
  seams: Seams = systemSeams,
): Composed {
  const read = readSettings(environment);
  if (!read.ok) {
    return read;
  }
  const { settings } = read;
  const { clock, random } = seams;
  const credential = managedIdentityCredential(settings.AZURE_CLIENT_ID);
  const telemetry = telemetryOf({ settings, environment, credential, clock });
  const storage = storageOf(settings, credential);
  const runStorage = runStorageOf(settings, storage, credential);
  const tables = openOnce(storage);
  const parts: ServiceParts = {
    accounts: accountRuntimesOf({ settings, credential, clock, random, telemetry }),
    ledger: createLedger({
      tables,
      clock,
      owner: randomUUID(),
      leaseTiming: LEASE_TIMING,
    }),
    windows: createWindowSource(
      windowsOfSettings(settings),
      windowsBlobOf(settings, credential),
      knownAccounts(settings),
    ),
    mode: settings.MODE,
    clock,
    tickInMs: tickPeriodInMs(settings.TICK_SCHEDULE),
    timing: READ_TIMING,
    maxHoldInMs: settings.MAX_HOLD,
    cleanUp: async (nowMs) => {
      await runStorage.store.prune(nowMs - RUNS_KEPT_IN_MS, MAX_PRUNED);
    },
    runTimeBudgetInMs: settings.RUN_TIME_BUDGET_SECONDS * 1000,
    maxAccountsInline: MAX_ACCOUNTS_INLINE,
    drivers: createDrivers({ store: runStorage.drives, queue: runStorage.queue }),
    shutdown: new AbortController().signal,
  };
  const service = createService(parts);
  const runs = { parts, service, ...runStorage };
  const webhooks = webhooksOf({ settings, parts, storage, tables, credential, random });
  return { ok: true, settings, parts, service, runs, webhooks, telemetry };
}

function storageOf(
  settings: Settings,
  credential: ReturnType<typeof managedIdentityCredential>,
): LedgerStorage {
  const { AzureWebJobsStorage: connectionString, AzureWebJobsStorage__tableServiceUri: tableServiceUri } =
    settings;
  return tableServiceUri === null
    ? { kind: 'connectionString', connectionString: connectionString ?? '' }
    : { kind: 'identity', tableServiceUri, credential };
}

/** Opens the tables at the first use; a failure is not remembered, so that the next use tries again. */
function openOnce(storage: LedgerStorage): () => Promise<LedgerTables> {
  let opened: Promise<LedgerTables> | null = null;
  return () => {
    opened ??= openTables(storage).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}
