const LAST_MS = 9_999_999_999_999;

/** An instant in a row key: of two keys the one of the later instant comes first. */
export function countdownOf(atMs: number): string {
  return String(LAST_MS - atMs).padStart(13, '0');
}

/** The instant of a key's part; null where it is none. */
export function instantOfCountdown(text: string): number | null {
  return /^\d{13}$/.test(text) ? LAST_MS - Number(text) : null;
}
