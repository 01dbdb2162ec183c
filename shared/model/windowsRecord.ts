/** Which version of the windows' blob is in force, and which one is held back, since when. */
export interface WindowsRecord {
  readonly accepted: string | null;
  readonly heldBack: string | null;
  /** When it was first seen, epoch milliseconds; null where nothing is held back. */
  readonly heldBackMs: number | null;
  /** When the accepted version was written, by the storage's clock; null where that is not known. */
  readonly acceptedMs: number | null;
}
