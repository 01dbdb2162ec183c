import { z } from 'zod';
import { type Mapped, notMapped } from './intent.ts';
import { mapInstruction } from './mapInstruction.ts';
import { readInstant } from './readInstant.ts';
import { statementKey } from './statementKey.ts';
import type { WebhookSource } from './webhookSource.ts';

const eventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(1_000),
  source: z.string().min(1).max(2_000),
  type: z.string().min(1).max(1_000),
  subject: z.string().max(2_000).nullish(),
  time: z.string().nullish(),
  datacontenttype: z
    .string()
    .regex(/^application\/([\w.-]+\+)?json\s*(;|$)/i)
    .nullish(),
  data: z.unknown().optional(),
});

/**
 * One CloudEvent 1.0 with an instruction as its data. `id` and `source` together are the event; `time` orders it, and
 * its arrival where the sender leaves that out. What it is about is the instruction's `key`, else the subject, else
 * the whole of our source.
 */
export function mapCloudEvent(
  event: unknown,
  { source, nowMs }: { readonly source: WebhookSource; readonly nowMs: number },
): Mapped {
  const read = eventSchema.safeParse(event);
  if (!read.success) return notMapped('foreign_payload');
  const { id, source: sender, type, subject, time, data } = read.data;
  const saidAtMs = time === undefined || time === null ? nowMs : readInstant(time);
  if (saidAtMs === null) return notMapped('bad_field', 'time');
  return mapInstruction(data, {
    source,
    envelope: {
      deliveryId: statementKey(source.name, sender, id),
      saidAtMs,
      reason: `${type} ${subject ?? ''}`.trim(),
    },
    keyOf: (name) => statementKey(source.name, name ?? (subject || 'all')),
    nowMs,
  });
}

/**
 * The event of a request in binary mode: attributes in `ce-` headers, percent-encoded as the HTTP binding says, the
 * body its data. Null where the headers are none.
 */
export function binaryCloudEvent(headers: { get(name: string): string | null }, data: unknown): unknown {
  if (headers.get('ce-specversion') === null) return null;
  const names = ['specversion', 'id', 'source', 'type', 'subject', 'time'] as const;
  const attributes = names.map((name) => [name, decoded(headers.get(`ce-${name}`))] as const);
  return { ...Object.fromEntries(attributes), data };
}

function decoded(text: string | null): string | null {
  if (text === null) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
