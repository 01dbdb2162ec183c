import { z } from 'zod';
import { readInstant } from '../time/readInstant.ts';
import { type Mapped, notMapped } from './intent.ts';
import { isInOurLanguage, mapInstruction } from './mapInstruction.ts';
import { statementKey } from './statementKey.ts';
import type { WebhookSource } from './webhookSource.ts';

const bodySchema = z.object({
  type: z.string().max(1_000).optional(),
  timestamp: z.string().optional(),
  data: z.unknown().optional(),
});

/**
 * A Standard Webhooks payload, `{type, timestamp, data}` with an instruction as its data. `timestamp` is when it
 * happened: it orders the events, and stays the same over retries. Where a sender leaves it out, the attempt's own
 * timestamp stands in for it, and then a late retry passes for news.
 */
export function mapStandard(
  body: unknown,
  {
    source,
    signed,
    nowMs,
  }: {
    readonly source: WebhookSource;
    /** The signed id and timestamp of the delivery. */
    readonly signed: { readonly deliveryId: string; readonly timestampMs: number };
    readonly nowMs: number;
  },
): Mapped {
  const read = bodySchema.safeParse(body);
  if (!read.success) return notMapped('foreign_payload');
  const { type, timestamp, data } = read.data;
  if (data === undefined && isInOurLanguage(body)) return notMapped('missing_field', 'data');
  const saidAtMs = timestamp === undefined ? signed.timestampMs : readInstant(timestamp);
  if (saidAtMs === null) return notMapped('bad_field', 'timestamp');
  return mapInstruction(data, {
    source,
    envelope: {
      deliveryId: statementKey(source.name, signed.deliveryId),
      saidAtMs,
      reason: type ?? `webhook ${source.name}`,
    },
    nowMs,
  });
}
