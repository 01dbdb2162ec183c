import { parseReportId } from './parseReportId.ts';

/** Each id once, in lower case and in the order of its first mention; what is no UUID stands apart. Pure. */
export function dedupeReportIds(texts: readonly string[]): {
  readonly ids: readonly string[];
  readonly invalid: readonly string[];
} {
  const ids = new Set<string>();
  const invalid = new Set<string>();
  for (const text of texts) {
    const id = parseReportId(text);
    if (id === null) invalid.add(text);
    else ids.add(id);
  }
  return { ids: [...ids], invalid: [...invalid] };
}
