import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { TypedData } from './coreTypes.ts';
import type { QueueOptions } from './queueOptions.ts';

/** What a queue's message brings to its function. */
export interface QueueTriggerData {
  /** The worker makes an object of it where it is JSON, else hands it on as a string. */
  readonly input: TypedData;
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
}

const latestUtc = '9999-12-31T23:59:59.9999999+00:00';

/** The text of a message, or null where it is not in the encoding that host.json says. Pure. */
export function decodeMessage(messageText: string, encoding: QueueOptions['messageEncoding']): string | null {
  if (encoding === 'none') {
    return messageText;
  }
  const compact = messageText.replace(/\s/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    return null;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    return null;
  }
}

/** A received message in the form in which the host hands it to a worker. Source: azure-sdk-for-net, `QueueTriggerBinding`. */
export function messageTrigger(message: DequeuedMessageItem, text: string): QueueTriggerData {
  return triggerOf(text, {
    Id: { string: message.messageId },
    DequeueCount: { json: String(message.dequeueCount) },
    InsertionTime: instant(message.insertedOn),
    ExpirationTime: instant(message.expiresOn),
    NextVisibleTime: instant(message.nextVisibleOn),
    PopReceipt: { string: message.popReceipt },
  });
}

/** A run by hand: there is no message behind it, so its metadata are the real host's stand-ins. */
export function manualTrigger(text: string, nowMs: number): QueueTriggerData {
  return triggerOf(text, {
    Id: { string: '' },
    DequeueCount: { json: '0' },
    InsertionTime: instant(new Date(nowMs)),
    ExpirationTime: { json: JSON.stringify(latestUtc) },
    NextVisibleTime: { json: JSON.stringify(latestUtc) },
    PopReceipt: { string: '' },
  });
}

function triggerOf(text: string, triggerMetadata: Readonly<Record<string, TypedData>>): QueueTriggerData {
  return { input: { string: text }, triggerMetadata: { QueueTrigger: { string: text }, ...triggerMetadata } };
}

function instant(date: Date): TypedData {
  return { json: JSON.stringify(date.toISOString().replace(/(\.000)?Z$/, '+00:00')) };
}
