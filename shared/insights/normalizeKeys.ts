/** An object of the service with its keys trimmed and in lower case; null for anything else. Pure. */
export function normalizeKeys(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([key, inner]) => [key.trim().toLowerCase(), inner]));
}
