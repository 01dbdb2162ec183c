/** What was learned of a limit that the service sets on an account's calls. */
export interface LearnedPace {
  /** So many calls a second are known to be taken. */
  readonly callsPerSecond: number;
  /** For so long calls keep to that before they are tried a little faster. */
  readonly steadyInMs: number;
  /** So many a second got through where each refusal was obeyed and no more: a pace that brings less is given up. */
  readonly obeyedPerSecond: number;
}
