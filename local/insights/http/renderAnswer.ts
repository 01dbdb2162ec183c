import type { Policies } from '../policies/policies.ts';
import type { Surface } from '../surfaces.ts';
import type { Answer, Envelope, Item } from './answer.ts';

type Casing = Policies['casing'];

/** The bytes of an answer's body and what they are. */
export function renderBody(
  { body }: Answer,
  surface: Surface | null,
  casing: Casing,
): { contentType: string | null; text: string } {
  switch (body.kind) {
    case 'envelope':
      return json(renderEnvelope(body.envelope, surface, casing));
    case 'json':
      return json(body.value);
    case 'text':
      return { contentType: body.contentType, text: body.text };
    case 'none':
      return { contentType: null, text: '' };
  }
}

function json(value: unknown): { contentType: string; text: string } {
  return { contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) };
}

/** `nextLink` and `dataRedacted` are in mpn's worked examples; cmp has a `nextLink` only where there are pages. */
function renderEnvelope(envelope: Envelope, surface: Surface | null, casing: Casing): Item {
  const { items, nextLink, message, statusCode } = envelope;
  const isMpn = surface?.family === 'mpn';
  const wire = {
    value: items.map((item) =>
      recase(item, casing === 'pascal' ? upperFirst : casing === 'mixed' ? mixed : same),
    ),
    ...(isMpn || nextLink !== null ? { nextLink } : {}),
    totalCount: items.length,
    message,
    statusCode,
    ...(isMpn ? { dataRedacted: false } : {}),
  };
  return recase(wire, casing === 'camel' ? same : upperFirst);
}

function recase(item: Item, rename: (key: string) => string): Item {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [rename(key), value]));
}

function same(key: string): string {
  return key;
}

function upperFirst(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

/** One of Microsoft's worked examples prints this one key in PascalCase, and one has a blank in a key. */
function mixed(key: string): string {
  return { callbackMethod: 'CallbackMethod', recurrenceCount: ' RecurrenceCount' }[key] ?? key;
}
