const time = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Epoch milliseconds of a time as the service writes it. The contract is `yyyy-MM-ddTHH:mm:ssZ`; a missing `Z` and a
 * blank for the `T` have been seen in Microsoft's own samples. Null for anything else. Pure.
 */
export function parseTimeMs(value: unknown): number | null {
  const parts = typeof value === 'string' ? time.exec(value.trim()) : null;
  if (parts === null) return null;
  const atMs = Date.parse(`${parts[1]}T${parts[2]}${(parts[3] ?? 'Z').toUpperCase()}`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** A whole number, also where it comes as text; null for anything else. Pure. */
export function parseWholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** The one of `known` that `value` spells, whatever its casing; null for anything else. Pure. */
export function parseOneOf<const T extends string>(value: unknown, known: readonly T[]): T | null {
  if (typeof value !== 'string') return null;
  const wanted = value.trim().toLowerCase();
  return known.find((one) => one.toLowerCase() === wanted) ?? null;
}
