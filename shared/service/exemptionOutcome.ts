import type { NamedReports, ShownExemption } from './shownExemption.ts';

/** What an exemption, or its end, changes now: what the next tick does, by the code that does it. */
export interface ExemptionEffect {
  /** Paused by us, held by windows alone: they come back. */
  readonly resumes: NamedReports;
  /** What an open window takes in once an exemption is ended. */
  readonly pauses: NamedReports;
  /** Left out of a window, and paused all the same: something else holds them, or a person paused them. */
  readonly staysPaused: NamedReports;
}

/** An exemption that was made or ended, or would be. */
export interface ExemptionChange {
  readonly exemption: ShownExemption;
  /** Null where the reports of the account could not be read; it is written down all the same. */
  readonly effect: ExemptionEffect | null;
  /** When the next tick does that. */
  readonly actsUtc: string;
  /** Nothing was written: it is what would be. Its id names nothing. */
  readonly dryRun: boolean;
}

/** Every exemption, and accounts that could not be read. */
export interface ShownExemptions {
  readonly exemptions: readonly ShownExemption[];
  readonly problems: readonly { readonly account: string; readonly code: string; readonly message: string }[];
}
