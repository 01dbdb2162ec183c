/** One goal that a bench has, and whether this run met it. */
export interface MeasuredGoal {
  /** As people read it: `at most 25 ms above hello world`. */
  readonly text: string;
  readonly isMet: boolean;
}

/** What one bench found; all numbers are formatted already, with their units. */
export interface Measurement {
  /** The bench: `coldstart`. */
  readonly name: string;
  /** The one line that says it: the number, beside the peer or the limit of the same run. */
  readonly ratio: string;
  readonly goals: readonly MeasuredGoal[];
  /** A table: its head and its rows. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Why a goal is not met, and what the numbers leave out; whole sentences. */
  readonly notes: readonly string[];
}
