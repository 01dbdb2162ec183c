import { normalizeKeys } from './normalizeKeys.ts';
import { parseLooseJson } from './parseLooseJson.ts';
import { parseWholeNumber } from './parseScalars.ts';

/** The JSON object that every answer should be, as far as it can be read. Nothing in it is trusted or safe to show. */
export interface Envelope {
  /** Null where the answer has no `value`, as answers that are not the service's own. */
  readonly items: readonly unknown[] | null;
  readonly nextLink: string | null;
  readonly totalCount: number | null;
  /** `message`, or what other layers of the same host write instead: `description`, `error`, `error_description`. */
  readonly message: string | null;
  readonly statusCode: number | null;
}

/**
 * The envelope of an answer, whatever the casing of its keys; null where the text is no JSON object: empty, cut off,
 * HTML. Source: insights API worked examples and reference pages, which contradict each other. Pure.
 */
export function parseEnvelope(text: string): Envelope | null {
  const fields = normalizeKeys(parseLooseJson(text));
  if (fields === null) return null;
  return {
    items: parseItems(fields.get('value')),
    nextLink: textOrNull(fields.get('nextlink')),
    totalCount: parseWholeNumber(fields.get('totalcount')),
    message: parseMessage(fields),
    statusCode: parseWholeNumber(fields.get('statuscode')),
  };
}

function parseItems(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return normalizeKeys(value) === null ? null : [value];
}

function parseMessage(fields: ReadonlyMap<string, unknown>): string | null {
  const inner = normalizeKeys(fields.get('error'));
  const texts = [
    fields.get('message'),
    fields.get('description'),
    inner?.get('message'),
    fields.get('error'),
  ];
  return texts.map(textOrNull).find((text) => text !== null) ?? textOrNull(fields.get('error_description'));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
