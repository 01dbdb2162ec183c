import type { EmulatorClock } from '../clock/emulatorClock.ts';
import type { Change } from '../model/change.ts';
import type { Execution } from '../model/execution.ts';
import type { Actor } from '../model/principal.ts';
import type { Query } from '../model/query.ts';
import type { Report } from '../model/report.ts';
import type { Policies } from '../policies/policies.ts';

/** A pause or resume that was answered and takes effect later (fault `delayedEffect`). */
export interface PendingEffect {
  dueMs: number;
  action: 'pause' | 'resume';
  by: Actor;
}

/** A report as it was from an instant on; what a stale read answers with. Null: it was not there. */
export interface ReportVersion {
  fromMs: number;
  report: Report | null;
}

/**
 * All that the emulated service knows. Reports are never changed in place: `putReport` replaces them, so that a
 * change and its record are one step. Keys are those of `reportKey`.
 */
export interface World {
  readonly clock: EmulatorClock;
  policies: Policies;
  /** What a state document that says nothing of it gets. */
  readonly policyDefaults: Partial<Policies>;
  readonly reports: Map<string, Report>;
  readonly queries: Map<string, Query>;
  readonly executions: Map<string, Execution[]>;
  readonly changes: Change[];
  readonly effects: Map<string, PendingEffect[]>;
  readonly versions: Map<string, ReportVersion[]>;
  /** Counts every change of anything that is kept, so that the state file knows when it is behind. */
  revision: number;
}
