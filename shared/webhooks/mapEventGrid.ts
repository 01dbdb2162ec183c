import { z } from 'zod';
import { ignored, RANK } from './createIntent.ts';
import { type Mapped, notMapped } from './intent.ts';
import { mapInstruction } from './mapInstruction.ts';
import { readInstant } from './readInstant.ts';
import { statementKey } from './statementKey.ts';
import type { WebhookSource } from './webhookSource.ts';

const eventSchema = z.object({
  id: z.string().min(1).max(1_000),
  topic: z.string().max(2_000).nullish(),
  subject: z.string().max(2_000).nullish(),
  eventType: z.string().min(1).max(1_000),
  eventTime: z.string(),
  data: z.unknown().optional(),
});

const DELETED = 'microsoft.eventgrid.subscriptiondeletedevent';

/**
 * One event of Event Grid's own schema with an instruction as its data. What it is about is the instruction's `key`,
 * else the event's subject, else the whole source.
 */
export function mapEventGrid(
  event: unknown,
  { source, nowMs }: { readonly source: WebhookSource; readonly nowMs: number },
): Mapped {
  const read = eventSchema.safeParse(event);
  if (!read.success) return notMapped('foreign_payload');
  const { id, topic, subject, eventType, eventTime, data } = read.data;
  const saidAtMs = readInstant(eventTime);
  if (saidAtMs === null) return notMapped('bad_field', 'eventTime');
  const envelope = {
    deliveryId: statementKey(source.name, topic ?? '', id),
    saidAtMs,
    reason: `${eventType} ${subject ?? ''}`.trim(),
  };
  const keyOf = (name: string | null) => statementKey(source.name, name ?? (subject || 'all'));
  return eventType.toLowerCase() === DELETED
    ? ignored({ ...envelope, key: keyOf(null), rank: RANK.planned }, 'subscription_deleted')
    : mapInstruction(data, { source, envelope, keyOf, nowMs });
}
