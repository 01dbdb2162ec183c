import type { DequeuedMessageItem } from '@azure/storage-queue';
import { handleMessage, type RunQueueFunction } from './handleMessage.ts';
import { openQueueClients, type QueueClients } from './queueClients.ts';
import type { QueueOptions } from './queueOptions.ts';
import { systemTimerClock } from './timerClock.ts';

export interface RunningQueue {
  /** Fetches no more, and resolves when every message that was fetched is settled. */
  stop(): Promise<void>;
}

const shortestIdleInMs = 100;
const longestIdleInMs = 500;

/**
 * Reads a queue, which it creates where it is missing, and hands its messages to `run`. Storage that cannot be reached is
 * told once and tried until it can. An idle queue is asked every 100 to 500 ms, more often than the real host does.
 */
export function startQueue(options: {
  connectionString: string;
  queueName: string;
  queueOptions: QueueOptions;
  /** How long a message is ours without a sign of life from us. */
  leaseInSeconds: number;
  run: RunQueueFunction;
  tell: (level: 'information' | 'warning', text: string) => void;
}): RunningQueue {
  const { connectionString, queueName, queueOptions, leaseInSeconds, run, tell } = options;
  const handling = new Set<Promise<void>>();
  let clients: QueueClients | null = null;
  let isCreated = false;
  let isTold = false;
  let isStopped = false;
  let endIdling = () => {};

  const receive = async (): Promise<{ clients: QueueClients; messages: DequeuedMessageItem[] } | null> => {
    try {
      clients ??= await openQueueClients(connectionString, queueName);
      if (!isCreated) {
        const { succeeded } = await clients.queue.createIfNotExists();
        isCreated = true;
        if (succeeded) {
          tell('information', `The queue "${queueName}" was missing and is created.`);
        }
      }
      const { receivedMessageItems } = await clients.queue.receiveMessages({
        numberOfMessages: queueOptions.batchSize,
        visibilityTimeout: leaseInSeconds,
      });
      isTold = false;
      return { clients, messages: receivedMessageItems };
    } catch (error: unknown) {
      isCreated = false;
      if (!isTold && !isStopped) {
        tell('warning', `The queue "${queueName}" cannot be read; it is tried on. ${String(error)}`);
      }
      isTold = true;
      return null;
    }
  };

  const handle = (queueClients: QueueClients, message: DequeuedMessageItem): void => {
    const handled = handleMessage({
      clients: queueClients,
      ...{ message, queueOptions, leaseInSeconds, run, warn: (text) => tell('warning', text) },
    })
      .catch((error: unknown) =>
        tell('warning', `Message ${message.messageId} could not be settled: ${String(error)}`),
      )
      .finally(() => handling.delete(handled));
    handling.add(handled);
  };

  const idle = (waitInMs: number): Promise<void> =>
    new Promise((resolve) => {
      const callOff = systemTimerClock.callAfter(waitInMs, resolve);
      endIdling = () => {
        callOff();
        resolve();
      };
    });

  const poll = async (): Promise<void> => {
    let idleInMs = shortestIdleInMs;
    while (!isStopped) {
      const received = await receive();
      const messages = received?.messages ?? [];
      if (isStopped) {
        await Promise.all(messages.map((message) => giveBack(received?.clients, message)));
      } else if (received === null || messages.length === 0) {
        await idle(Math.min(idleInMs, queueOptions.maxPollingIntervalInMs));
        idleInMs = Math.min(idleInMs * 2, longestIdleInMs);
      } else {
        idleInMs = shortestIdleInMs;
        for (const message of messages) {
          handle(received.clients, message);
        }
        while (handling.size > queueOptions.newBatchThreshold) {
          await Promise.race(handling);
        }
      }
    }
    await Promise.all(handling);
  };

  const polling = poll();
  return {
    stop: () => {
      isStopped = true;
      endIdling();
      return polling;
    },
  };
}

async function giveBack(clients: QueueClients | undefined, message: DequeuedMessageItem): Promise<void> {
  try {
    await clients?.queue.updateMessage(message.messageId, message.popReceipt, undefined, 0);
  } catch {
    // Then it comes back by itself when its lease ends.
  }
}
