import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { QueueClients } from './queueClients.ts';
import type { QueueOptions } from './queueOptions.ts';
import { decodeMessage, messageTrigger, type QueueTriggerData } from './queueTrigger.ts';

/** Runs the function; never rejects. */
export type RunQueueFunction = (data: QueueTriggerData) => Promise<'succeeded' | 'failed'>;

/** What becomes of a message. */
export type MessageEnd = 'delete' | 'moveToPoison' | 'retryLater' | 'leaveInvisible';

/**
 * What becomes of a message after its handler, or in place of it (`notHandled`). Pure. A poison queue's message that fails
 * is left until its lease ends. Source: azure-sdk-for-net, `QueueProcessor`.
 */
export function decideMessageEnd(options: {
  outcome: 'succeeded' | 'failed' | 'notHandled';
  dequeueCount: number;
  maxDequeueCount: number;
  hasPoisonQueue: boolean;
}): MessageEnd {
  const { outcome, dequeueCount, maxDequeueCount, hasPoisonQueue } = options;
  if (outcome === 'succeeded') {
    return 'delete';
  }
  if (!hasPoisonQueue) {
    return 'leaveInvisible';
  }
  return outcome === 'notHandled' || dequeueCount >= maxDequeueCount ? 'moveToPoison' : 'retryLater';
}

/**
 * Handles one received message to its end and keeps it invisible to others meanwhile.
 * @throws Error of the storage; the message then comes back when its lease ends.
 */
export async function handleMessage(options: {
  clients: QueueClients;
  message: DequeuedMessageItem;
  queueOptions: QueueOptions;
  leaseInSeconds: number;
  run: RunQueueFunction;
  warn: (text: string) => void;
}): Promise<void> {
  const { clients, message, queueOptions, leaseInSeconds, run, warn } = options;
  const { maxDequeueCount, visibilityTimeoutInSeconds } = queueOptions;
  const text = decodeMessage(message.messageText, queueOptions.messageEncoding);
  const isHandled = text !== null && message.dequeueCount <= maxDequeueCount;
  const lease = keepLease({ queue: clients.queue, message, leaseInSeconds, warn });
  const outcome = isHandled ? await run(messageTrigger(message, text)) : 'notHandled';
  const popReceipt = await lease.end();
  const end = decideMessageEnd({
    ...{ outcome, maxDequeueCount, dequeueCount: message.dequeueCount },
    hasPoisonQueue: clients.poisonQueue !== null,
  });
  switch (end) {
    case 'delete':
      await clients.queue.deleteMessage(message.messageId, popReceipt);
      return;
    case 'retryLater':
      await clients.queue.updateMessage(message.messageId, popReceipt, undefined, visibilityTimeoutInSeconds);
      return;
    case 'moveToPoison':
      warn(poisonReason(message, text, maxDequeueCount));
      await clients.poisonQueue?.createIfNotExists();
      await clients.poisonQueue?.sendMessage(message.messageText);
      await clients.queue.deleteMessage(message.messageId, popReceipt);
      return;
    case 'leaveInvisible':
      return;
  }
}

function poisonReason(message: DequeuedMessageItem, text: string | null, maxDequeueCount: number): string {
  return text === null
    ? `Message ${message.messageId} cannot be decoded and goes to the poison queue.`
    : `Message ${message.messageId} has reached MaxDequeueCount of ${maxDequeueCount} and goes to the poison queue.`;
}

/** Renews at half the lease; a renewal changes the receipt with which the message can be deleted. */
function keepLease(options: {
  queue: QueueClient;
  message: DequeuedMessageItem;
  leaseInSeconds: number;
  warn: (text: string) => void;
}): { end(): Promise<string> } {
  const { queue, message, leaseInSeconds, warn } = options;
  let { popReceipt } = message;
  let lastRenewal = Promise.resolve();
  const renew = async () => {
    try {
      const renewed = await queue.updateMessage(message.messageId, popReceipt, undefined, leaseInSeconds);
      popReceipt = renewed.popReceipt ?? popReceipt;
    } catch (error: unknown) {
      warn(`Message ${message.messageId} may be handled twice, its lease was not renewed: ${String(error)}`);
    }
  };
  const renewals = setInterval(() => {
    lastRenewal = lastRenewal.then(renew);
  }, leaseInSeconds * 500);
  renewals.unref();
  return {
    end: async () => {
      clearInterval(renewals);
      await lastRenewal;
      return popReceipt;
    },
  };
}
