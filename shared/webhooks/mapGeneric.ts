import { createHash } from 'node:crypto';
import { readInstant } from '../time/readInstant.ts';
import { WEBHOOK_ACTIONS } from './instruction.ts';
import { ignored, type Mapped, notMapped } from './intent.ts';
import { mapFields } from './mapInstruction.ts';
import { pointInto } from './pointInto.ts';
import { statementKey } from './statementKey.ts';
import type { GenericField, GenericFields, WebhookSource } from './webhookSource.ts';

const MAX_TEXT_LENGTH = 10_000;
const MAX_IDS = 10_000;

/** What a pointer found: a text, after the field's value map; nothing; or something that cannot be taken. */
type Found = { readonly ok: true; readonly text: string | undefined } | Extract<Mapped, { ok: false }>;

/**
 * Any JSON payload, read by the source's pointers. A field that is not pointed at, or has nothing or null there, is left
 * out; a text that the field's value map does not have is refused, or ignored where it is the action. An event is the same
 * when its id is, or else the whole body with its date.
 */
export function mapGeneric(
  body: unknown,
  {
    source,
    fields,
    rawBody,
    nowMs,
  }: {
    readonly source: WebhookSource;
    readonly fields: GenericFields;
    readonly rawBody: Uint8Array;
    readonly nowMs: number;
  },
): Mapped {
  const asked = askedAction(body, fields.action);
  if (asked !== null) return asked;
  const ids = findIds(body, fields.reportIds);
  if (!ids.ok) return ids;
  const found = findTexts(body, fields);
  if (!found.ok) return found;
  const { action: wanted, sentAt, id, key, ...texts } = found.texts;
  const action = WEBHOOK_ACTIONS.find((known) => known === wanted);
  if (action === undefined) return notMapped('unmapped_value', fields.action.pointer);
  const saidAtMs = sentAt === undefined ? missingInstant(fields, nowMs) : readInstant(sentAt);
  if (saidAtMs === null) return notMapped('bad_field', fields.sentAt?.pointer ?? null);
  const envelope = {
    deliveryId: statementKey(source.name, id ?? bodyId(rawBody, sentAt === undefined ? nowMs : null)),
    saidAtMs,
    reason: `webhook ${source.name}`,
  };
  return mapFields(
    { action, reportIds: ids.reportIds, ...texts },
    { source, envelope, name: key ?? null, nowMs },
  );
}

/** What a payload is ignored for whose action is none of the source's: senders tell of much that asks for nothing here. */
function askedAction(body: unknown, { pointer, values }: GenericField): Mapped | null {
  const value = pointInto(body, pointer);
  if (value === undefined || value === null || value === '') return ignored('not_for_us');
  const isUnmapped = values !== null && typeof value !== 'object' && !values.has(String(value));
  return isUnmapped ? ignored('unmapped_action') : null;
}

/** A body that has neither id nor date may be sent again and mean it: each arrival is an event of its own. */
function bodyId(rawBody: Uint8Array, arrivedAtMs: number | null): string {
  const hash = createHash('sha256').update(rawBody).digest('hex');
  return arrivedAtMs === null ? `body-${hash}` : `body-${hash}-${arrivedAtMs}`;
}

/** Where the source is said to date its payloads, one without a date cannot be told from an old one. */
function missingInstant({ sentAt }: GenericFields, nowMs: number): number | null {
  return sentAt === null ? nowMs : null;
}

const TEXT_FIELDS = ['action', 'sentAt', 'id', 'key', 'from', 'until', 'duration', 'reason'] as const;

type Texts = Record<(typeof TEXT_FIELDS)[number], string | undefined>;

function findTexts(
  body: unknown,
  fields: GenericFields,
): { readonly ok: true; readonly texts: Texts } | Extract<Mapped, { ok: false }> {
  const texts: Texts = {
    action: undefined,
    sentAt: undefined,
    id: undefined,
    key: undefined,
    from: undefined,
    until: undefined,
    duration: undefined,
    reason: undefined,
  };
  for (const name of TEXT_FIELDS) {
    const field = fields[name];
    const found = field === null ? undefined : findText(pointInto(body, field.pointer), field);
    if (found?.ok === false) return found;
    texts[name] = found?.text;
  }
  return { ok: true, texts };
}

function findText(value: unknown, { pointer, values }: GenericField): Found {
  if (value === undefined || value === null) return { ok: true, text: undefined };
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isScalar) return notMapped('bad_field', pointer);
  const text = String(value);
  if (text.length > MAX_TEXT_LENGTH) return notMapped('bad_field', pointer);
  if (values === null) return { ok: true, text: text === '' ? undefined : text };
  const meaning = values.get(text);
  return meaning === undefined ? notMapped('unmapped_value', pointer) : { ok: true, text: meaning };
}

function findIds(
  body: unknown,
  field: GenericField | null,
): { readonly ok: true; readonly reportIds: string[] | undefined } | Extract<Mapped, { ok: false }> {
  const value = field === null ? undefined : pointInto(body, field.pointer);
  if (field === null || value === undefined || value === null) return { ok: true, reportIds: undefined };
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  // An empty list is not "all": whoever sends it means no report.
  if (items.length === 0 || items.length > MAX_IDS) return notMapped('bad_field', field.pointer);
  const found = items.map((item) => findText(item, field));
  const wrong = found.find((one) => !one.ok);
  if (wrong?.ok === false) return wrong;
  const reportIds = found.flatMap((one) => (one.ok && one.text !== undefined ? [one.text] : []));
  return reportIds.length === items.length ? { ok: true, reportIds } : notMapped('bad_field', field.pointer);
}
