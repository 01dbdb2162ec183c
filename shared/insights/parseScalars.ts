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
