import { z } from 'zod';
import { type Envelope, envelopeSchema } from './envelope.ts';

/** Why one item was not taken; the shape of the answer's `errors`. */
export interface ItemError {
  readonly index: number;
  readonly statusCode: number;
  readonly message: string;
}

/** What becomes of a request's items. */
export interface JudgedItems {
  readonly received: number;
  readonly accepted: readonly Envelope[];
  readonly errors: readonly ItemError[];
}

const MAX_ITEM_IN_BYTES = 64 * 1024;
const OLDEST_IN_MS = 48 * 3_600_000;
const NEWEST_IN_MS = 2 * 3_600_000;

/** Judges each item by itself: its shape, its size, its key, its time. Pure. */
export function judgeItems(
  items: readonly unknown[],
  expected: { readonly instrumentationKey: string; readonly nowMs: number },
): JudgedItems {
  const accepted: Envelope[] = [];
  const errors: ItemError[] = [];
  items.forEach((item, index) => {
    const envelope = envelopeSchema.safeParse(item);
    const message = envelope.success
      ? whyNot(envelope.data, Buffer.byteLength(JSON.stringify(item)), expected)
      : z.prettifyError(envelope.error);
    if (envelope.success && message === null) {
      accepted.push(envelope.data);
    } else {
      errors.push({ index, statusCode: 400, message: message ?? 'Invalid item' });
    }
  });
  return { received: items.length, accepted, errors };
}

function whyNot(
  { iKey, time }: Envelope,
  sizeInBytes: number,
  { instrumentationKey, nowMs }: { readonly instrumentationKey: string; readonly nowMs: number },
): string | null {
  const ageInMs = nowMs - Date.parse(time);
  if (sizeInBytes > MAX_ITEM_IN_BYTES) {
    return `The item has ${sizeInBytes} bytes; the limit is ${MAX_ITEM_IN_BYTES}`;
  }
  if (iKey.toLowerCase() !== instrumentationKey.toLowerCase()) {
    return 'Invalid instrumentation key';
  }
  if (ageInMs > OLDEST_IN_MS) {
    return "Field 'time' on type 'Envelope' is older than the allowed min date";
  }
  return ageInMs < -NEWEST_IN_MS
    ? "Field 'time' on type 'Envelope' is newer than the allowed max date"
    : null;
}
