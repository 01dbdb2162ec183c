import { z } from 'zod';
import { readInstant } from '../time/readInstant.ts';
import { decodeBase64 } from './decodeBase64.ts';
import { ignored, type Mapped, notMapped } from './intent.ts';
import { mapInstruction } from './mapInstruction.ts';
import { parseJsonBytes } from './parseJsonBytes.ts';
import { statementKey } from './statementKey.ts';
import type { WebhookSource } from './webhookSource.ts';

const eventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(1_000),
  source: z.string().min(1).max(2_000),
  type: z.string().min(1).max(1_000),
  subject: z.string().max(2_000).nullish(),
  time: z.string().nullish(),
  datacontenttype: z.string().max(1_000).nullish(),
  data: z.unknown().optional(),
  data_base64: z.string().nullish(),
});

type Event = z.output<typeof eventSchema>;

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
  const { id, source: sender, type, subject, time } = read.data;
  const saidAtMs = time === undefined || time === null ? nowMs : readInstant(time);
  if (saidAtMs === null) return notMapped('bad_field', 'time');
  const deliveryId = statementKey(source.name, sender, id);
  if (!isJson(read.data)) return ignored('not_for_us', { key: null, deliveryId });
  const data = dataOf(read.data);
  if (data === 'malformed') return notMapped('bad_field', 'data_base64');
  const envelope = { deliveryId, saidAtMs, reason: `${type} ${subject ?? ''}`.trim() };
  return mapInstruction(data.value, { source, envelope, subject, nowMs });
}

/** Data without a type are JSON. Source: the JSON format of CloudEvents, section 3.1. */
function isJson({ datacontenttype }: Event): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(datacontenttype ?? 'application/json');
}

/** Data that came as bytes stand in `data_base64`; an event has one of the two. Source: the same, section 3.1.1. */
function dataOf({ data, data_base64: base64 }: Event): { readonly value: unknown } | 'malformed' {
  if (base64 === undefined || base64 === null) return { value: data };
  const bytes = data === undefined ? decodeBase64(base64) : null;
  const value = bytes === null ? undefined : parseJsonBytes(bytes);
  return value === undefined ? 'malformed' : { value };
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
