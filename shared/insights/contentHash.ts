import { hash } from 'node:crypto';
import { normalizeKeys } from './normalizeKeys.ts';

// `executionStatus` stands in Microsoft's 2021 model and would change with every run of the report.
const leftOut = new Set(['modifiedtime', 'reportstatus', 'executionstatus']);

/**
 * SHA-256 in hex over a report's fields without those that change when nobody edits it. Order and casing of keys, the
 * casing of the id, and whether an empty field is null or missing do not count. Pure.
 */
export function contentHash(fields: ReadonlyMap<string, unknown>): string {
  const kept = new Map([...fields].filter(([key]) => !leftOut.has(key)));
  const id = kept.get('reportid');
  if (typeof id === 'string') kept.set('reportid', id.trim().toLowerCase());
  return hash('sha256', canonicalMap(kept), 'hex');
}

function canonicalMap(fields: ReadonlyMap<string, unknown>): string {
  const present = [...fields].filter(([, value]) => value !== null);
  // By code unit, not by locale: the hash must not depend on the machine.
  present.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${present.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(',')}}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = normalizeKeys(value);
  return fields === null ? JSON.stringify(value) : canonicalMap(fields);
}
