import type { ManagedIdentityCredential } from '@azure/identity';
import { type LedgerStorage, openTable } from '../ledger/tables.ts';
import { createDriveStore, type DriveStore } from '../runs/driveStore.ts';
import { createRunQueue, RUN_QUEUE, type RunQueue } from '../runs/runQueue.ts';
import { createRunStore, type RunStore } from '../runs/runStore.ts';
import type { Settings } from '../settings/readSettings.ts';

/** Where requests are kept, and the queue that goes on with the long ones. The SDKs are loaded at the first request. */
export function runStorageOf(
  settings: Settings,
  storage: LedgerStorage,
  credential: () => Promise<ManagedIdentityCredential>,
): { readonly store: RunStore; readonly drives: DriveStore; readonly queue: RunQueue } {
  const { AzureWebJobsStorage, AzureWebJobsStorage__queueServiceUri: serviceUri } = settings;
  const openQueue = async () => {
    const { QueueServiceClient } = await import('@azure/storage-queue');
    const service =
      serviceUri === null
        ? QueueServiceClient.fromConnectionString(AzureWebJobsStorage ?? '')
        : new QueueServiceClient(serviceUri, await credential());
    return service.getQueueClient(RUN_QUEUE);
  };
  let table: ReturnType<typeof openTable> | null = null;
  const openRuns = () => {
    table ??= openTable(storage, 'IntermissionRuns').catch((error: unknown) => {
      table = null;
      throw error;
    });
    return table;
  };
  return {
    store: createRunStore(openRuns),
    drives: createDriveStore(openRuns),
    queue: createRunQueue(openQueue),
  };
}
