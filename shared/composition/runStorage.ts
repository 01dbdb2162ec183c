import type { ManagedIdentityCredential } from '@azure/identity';
import type { TableClient } from '../ledger/azureTypes.ts';
import { type LedgerStorage, openTable } from '../ledger/tables.ts';
import { createDriveStore, type DriveStore } from '../runs/driveStore.ts';
import { createRunHistory } from '../runs/runHistory.ts';
import { createRunQueue, RUN_QUEUE, type RunQueue } from '../runs/runQueue.ts';
import { createRunStore, type RunStore } from '../runs/runStore.ts';
import type { RunHistory } from '../service/runHistory.ts';
import type { Settings } from '../settings/readSettings.ts';
import type { Clock } from '../time/clock.ts';
import type { Outside } from './outside.ts';

/** A caller waits for the queue: what does not pass at once is told. */
const retryOptions = { maxTries: 2, tryTimeoutInMs: 4_000, retryDelayInMs: 300, maxRetryDelayInMs: 1_000 };

/** Where requests are kept, and the queue that goes on with the long ones. The SDKs are loaded at the first request. */
export function runStorageOf(
  settings: Settings,
  storage: LedgerStorage,
  credential: () => Promise<ManagedIdentityCredential>,
  { outside, clock }: { readonly outside: Outside | undefined; readonly clock: Clock },
): {
  readonly history: RunHistory;
  readonly store: RunStore;
  readonly drives: DriveStore;
  readonly queue: RunQueue;
} {
  const { AzureWebJobsStorage, AzureWebJobsStorage__queueServiceUri: serviceUri } = settings;
  const openQueue = async () => {
    const { QueueServiceClient } = await import('@azure/storage-queue');
    const service =
      serviceUri === null
        ? QueueServiceClient.fromConnectionString(AzureWebJobsStorage ?? '', { retryOptions })
        : new QueueServiceClient(serviceUri, await credential(), { retryOptions });
    return service.getQueueClient(RUN_QUEUE);
  };
  const open = (): Promise<TableClient> =>
    outside?.openTable('IntermissionRuns') ?? openTable(storage, 'IntermissionRuns');
  let table: Promise<TableClient> | null = null;
  const openRuns = () => {
    table ??= open().catch((error: unknown) => {
      table = null;
      throw error;
    });
    return table;
  };
  const store = createRunStore(openRuns);
  const readRecord = async (runId: string) => (await store.read(runId))?.record ?? null;
  return {
    store,
    history: createRunHistory({ open: openRuns, readRecord, clock }),
    drives: createDriveStore(openRuns),
    queue: createRunQueue(outside?.openQueue ?? openQueue),
  };
}
