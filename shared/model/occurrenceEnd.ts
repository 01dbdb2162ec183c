/**
 * A person's word of when one occurrence of a window ends, in place of what the window says: done early, or longer. It is about
 * that occurrence alone; of one occurrence the latest word counts. Instants are epoch milliseconds.
 */
export interface OccurrenceEnd {
  readonly window: string;
  /** When the occurrence began: with the window's name that is which one is meant. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly said: 'ended' | 'extended';
  readonly by: string;
  readonly why: string;
  readonly atMs: number;
  /** The place of the request in its account's order; an earlier one changes nothing any more. */
  readonly place: number;
}
