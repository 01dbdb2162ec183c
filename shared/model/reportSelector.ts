/** Which reports a window means, before its exclusions. */
export type ReportSelector = IdSelector | MatchSelector;

/** The reports with these ids, ExecuteNow reports included. */
interface IdSelector {
  readonly kind: 'ids';
  /** UUIDs in lower case, each once, at least one. */
  readonly reportIds: readonly string[];
}

/**
 * The reports that match; looked up on every tick, so that a report created inside the window is taken in. Never an
 * ExecuteNow report. Either `all` is true, or at least one of the two others is set; where both are, both must match.
 */
export interface MatchSelector {
  readonly kind: 'match';
  readonly all: boolean;
  /** Whole name, whatever its case; `*` stands for any run of characters, `?` for exactly one. No escape sign. */
  readonly namePattern: string | null;
  /** UUID in lower case. */
  readonly queryId: string | null;
}
