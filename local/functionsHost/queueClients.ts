import type { QueueClient } from '@azure/storage-queue';

/** A queue and where its failing messages go; a poison queue has no poison queue of its own. */
export interface QueueClients {
  readonly queue: QueueClient;
  readonly poisonQueue: QueueClient | null;
}

const poisonSuffix = '-poison';
// Whoever calls tries again by itself; a stop must not wait for the minutes that the SDK would take.
const retryOptions = { maxTries: 3, retryDelayInMs: 100, maxRetryDelayInMs: 500, tryTimeoutInMs: 10_000 };

/**
 * Loads the storage SDK, which only apps with a queue function pay for; calls no storage yet.
 * @throws Error where the connection string cannot be read.
 */
export async function openQueueClients(connectionString: string, queueName: string): Promise<QueueClients> {
  const { QueueClient: Client } = await import('@azure/storage-queue');
  const open = (name: string) => new Client(connectionString, name, { retryOptions });
  return {
    queue: open(queueName),
    poisonQueue: queueName.endsWith(poisonSuffix) ? null : open(`${queueName}${poisonSuffix}`),
  };
}
