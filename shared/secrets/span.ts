/** A stretch of time from an instant, epoch milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly lengthInMs: number;
}

/**
 * Whether the instant lies in the span. One before its beginning does not: a clock that was set back must not make a
 * span longer than it is. Pure.
 */
export function isWithin(atMs: number, { fromMs, lengthInMs }: Span): boolean {
  return atMs >= fromMs && atMs < fromMs + lengthInMs;
}
