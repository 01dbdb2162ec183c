/** A begin or an end of a window's occurrence, and when it was acted on. Instants are epoch milliseconds. */
export interface Boundary {
  readonly window: string;
  /** When the occurrence began. */
  readonly fromMs: number;
  readonly which: 'begin' | 'end';
  readonly dueMs: number;
  readonly actedMs: number;
  readonly lateInMs: number;
}
