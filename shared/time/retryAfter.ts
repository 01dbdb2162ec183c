const seconds = /^\d+$/;
// Only the preferred form of a date: `Date.parse` alone would also take "1e3" or "2026" for one.
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds to wait that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or an HTTP date), never
 * negative and not capped; null where the header is missing or unreadable. Pure.
 */
export function parseRetryAfterInMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (seconds.test(text)) return Number(text) * 1_000;
  if (!httpDate.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
