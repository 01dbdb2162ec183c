import { hash } from 'node:crypto';
import { parseServiceTime } from '../model/serviceTime.ts';
import { plainText } from '../text/plainText.ts';
import { parseWholeNumber } from './parseScalars.ts';

type Normalize = (value: unknown) => string;

const asText: Normalize = (value) => String(value).replace(/\s+/g, ' ').trim();
const asWord: Normalize = (value) => asText(value).toLowerCase();
const asInstant: Normalize = (value) => String(parseServiceTime(value) ?? asText(value));
const asNumber: Normalize = (value) => String(parseWholeNumber(value) ?? asText(value));

/** What a person can change of a report, and how two ways to write the same are told to be one. Source: "Update report". */
const editable: readonly (readonly [string, Normalize])[] = [
  ['reportname', asText],
  ['description', asText],
  ['starttime', asInstant],
  ['endtime', asInstant],
  ['recurrenceinterval', asNumber],
  ['recurrencecount', asNumber],
  ['format', asWord],
  ['callbackurl', asText],
  ['callbackmethod', asWord],
];

const HASH_LENGTH = 8;

/**
 * The fields of a report that a person can edit, each as `field=hash`; one that the answer lacks is left out, because
 * sources differ in what they show. Pure.
 */
export function contentsOf(fields: ReadonlyMap<string, unknown>): string {
  return editable
    .flatMap(([field, normalize]) => {
      const value = fields.get(field);
      return value === undefined ? [] : [`${field}=${hashOf(value === null ? '' : normalize(value))}`];
    })
    .join(';');
}

function hashOf(text: string): string {
  return hash('sha256', plainText(text, 4_000), 'hex').slice(0, HASH_LENGTH);
}
