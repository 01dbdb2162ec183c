/**
 * The watch over one report that we ever meant to pause. Fed by intents, reads by id, holds and people's words alone: no
 * verdict about ownership writes it. Instants are epoch milliseconds.
 */
export interface Net {
  /** When the first intent was written. */
  readonly openedMs: number;
  /** When the last attempt of any direction was over at the latest. */
  readonly lastLimitMs: number;
  /** Whether the last attempt was ever read as effective, or none was sent since. */
  readonly wasEffective: boolean;
  /** Which way the last attempt went. */
  readonly towards: 'Paused' | 'Active';
  readonly readPausedMs: number | null;
  readonly readActiveMs: number | null;
  /** Looks by id that all showed Active since the last attempt could no longer take effect: first and last. */
  readonly standsActive: { readonly firstMs: number; readonly lastMs: number } | null;
  /** Since when no live hold wants the report paused; null while one does. */
  readonly unheldSinceMs: number | null;
  readonly closed: 'active' | 'exhausted' | 'gone' | 'acknowledged' | null;
}
