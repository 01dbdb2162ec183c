import { randomUUID } from 'node:crypto';
import type { Composed } from '../http/composed.ts';
import { createLedger } from '../ledger/createLedger.ts';
import { HISTORY_KEPT_IN_DAYS } from '../ledger/history.ts';
import { type LedgerStorage, type LedgerTables, openTables } from '../ledger/tables.ts';
import { createDrivers } from '../runs/askDrivers.ts';
import { createRecentRuns } from '../runs/recentRuns.ts';
import { createStandingRuns } from '../runs/standingRuns.ts';
import { createStatusTokens } from '../runs/statusTokens.ts';
import { createService } from '../service/createService.ts';
import { knownAccounts, windowsOfSettings } from '../service/readWindows.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import { createWindowSource } from '../service/windowSource.ts';
import { readSettings, type Settings } from '../settings/readSettings.ts';
import { managedIdentityCredential } from '../signIn/managedIdentity.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { giveWay } from '../time/giveWay.ts';
import { keptFor } from '../time/keptFor.ts';
import { pruneWebhooks } from '../webhooks/pruneWebhooks.ts';
import { accountRuntimesOf } from './accountRuntimes.ts';
import type { Outside } from './outside.ts';
import { runStorageOf } from './runStorage.ts';
import { seenBlobsOf } from './seenBlobs.ts';
import { telemetryOf } from './telemetryOf.ts';
import { tickPeriodOf } from './tickPeriod.ts';
import { webhooksOf } from './webhooksOf.ts';
import { windowsBlobOf } from './windowsBlob.ts';

/** What a test sets and production takes from the machine. */
export interface Seams {
  readonly clock: Clock;
  readonly random: () => number;
  /** The real worlds where it is left out. */
  readonly outside?: Outside;
}

const systemSeams: Seams = { clock: systemClock, random: Math.random };

/** A run and its results are kept as long as all history; so many rows go at once at most. */
const RUNS_KEPT_IN_MS = HISTORY_KEPT_IN_DAYS * 86_400_000;
export const MAX_PRUNED = 20_000;

/** How old what `GET /api/health` says of the windows may be. */
const RECENT_IN_MS = 30_000;

/** So many accounts a tick works on itself, so that its answer is whole; with more each gets a driver. */
const MAX_ACCOUNTS_INLINE = 4;

/**
 * A PUT leaves where the lease outlasts its attempt (40 s at most) by the margin. Whoever comes after a kill waits a minute at
 * most: the lease and the margin for the clocks of both.
 */
const LEASE_TIMING = { durationInMs: 50_000, clockMarginInMs: 10_000 };

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
  const { clock, random, outside } = seams;
  const tickPeriod = tickPeriodOf(settings.TICK_SCHEDULE);
  const credential = managedIdentityCredential(settings.AZURE_CLIENT_ID);
  const telemetry = telemetryOf({ settings, environment, credential, clock });
  const storage = storageOf(settings, credential);
  const runStorage = runStorageOf(settings, storage, credential, { outside, clock });
  const tables = openOnce(() => openLedger(storage, outside));
  const ledger = createLedger({ tables, clock, owner: randomUUID(), leaseTiming: LEASE_TIMING, giveWay });
  const parts: ServiceParts = {
    accounts: accountRuntimesOf({
      settings,
      credential,
      clock,
      random,
      telemetry,
      ...(outside && { outside }),
    }),
    ledger,
    seenReports: outside?.seenReports ?? seenBlobsOf(settings, credential),
    windows: createWindowSource(
      windowsOfSettings(settings),
      windowsBlobOf(settings, credential, outside),
      knownAccounts(settings),
      giveWay,
    ),
    mode: settings.MODE,
    clock,
    giveWay,
    tickInMs: tickPeriod.longestInMs,
    tickInMsAt: tickPeriod.inMsAt,
    nextTickMs: tickPeriod.nextMs,
    maxHoldInMs: settings.MAX_HOLD,
    goOnWithRequests: createStandingRuns({ ledger, clock, ...runStorage }),
    cleanUp: async (nowMs) => {
      await runStorage.store.prune(nowMs - RUNS_KEPT_IN_MS, MAX_PRUNED);
      await pruneWebhooks(webhooks, nowMs, MAX_PRUNED);
    },
    runTimeBudgetInMs: settings.RUN_TIME_BUDGET_SECONDS * 1000,
    maxAccountsInline: MAX_ACCOUNTS_INLINE,
    drivers: createDrivers({ store: runStorage.drives, queue: runStorage.queue }),
    runHistory: runStorage.history,
    shutdown: new AbortController().signal,
  };
  const service = createService(parts);
  const runs = { parts, service, statusTokens: createStatusTokens(runStorage.store, clock), ...runStorage };
  const webhooks = webhooksOf({ settings, parts, storage, tables, credential, random, outside });
  const recentWindows = keptFor(clock, RECENT_IN_MS, () => parts.windows.read());
  const recentRuns = createRecentRuns(runStorage.store, clock);
  return { ok: true, settings, parts, service, runs, webhooks, telemetry, recentWindows, recentRuns };
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
function openOnce(open: () => Promise<LedgerTables>): () => Promise<LedgerTables> {
  let opened: Promise<LedgerTables> | null = null;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}

async function openLedger(storage: LedgerStorage, outside?: Outside): Promise<LedgerTables> {
  if (outside === undefined) {
    return openTables(storage);
  }
  const live = await outside.openTable('IntermissionLive');
  return { live, history: await outside.openTable('IntermissionHistory') };
}
