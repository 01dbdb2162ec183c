import { z } from 'zod';
import { readAnyInstant } from '../time/readInstant.ts';
import { ignored, type Mapped, notMapped } from './intent.ts';
import { mapInstruction } from './mapInstruction.ts';
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
 * else the event's subject, else the whole source. An `eventTime` without offset is UTC, as Microsoft's page on the
 * schema says; where it lies ahead it is the local time of somebody in the east, and the arrival stands in for it.
 */
export function mapEventGrid(
  event: unknown,
  { source, nowMs }: { readonly source: WebhookSource; readonly nowMs: number },
): Mapped {
  const read = eventSchema.safeParse(event);
  if (!read.success) return notMapped('foreign_payload');
  const { id, topic, subject, eventType, eventTime, data } = read.data;
  const said = readAnyInstant(eventTime);
  if (said === null) return notMapped('bad_field', 'eventTime');
  const saidAtMs = said.hasOffset ? said.atMs : Math.min(said.atMs, nowMs);
  const envelope = {
    deliveryId: statementKey(source.name, topic ?? '', id),
    saidAtMs,
    reason: `${eventType} ${subject ?? ''}`.trim(),
  };
  return eventType.toLowerCase() === DELETED
    ? ignored('subscription_deleted', { key: null, deliveryId: envelope.deliveryId })
    : mapInstruction(data, { source, envelope, subject, nowMs });
}
