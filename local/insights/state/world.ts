import type { EmulatorClock } from '../clock/emulatorClock.ts';
import type { Change } from '../model/change.ts';
import type { Execution } from '../model/execution.ts';
import type { Actor } from '../model/principal.ts';
import type { Query } from '../model/query.ts';
import type { Report } from '../model/report.ts';
import type { Policies, PolicyChange } from '../policies/policies.ts';

/** What comes true later: a pause or resume that was answered already, or a `modifiedTime` that is written late. */
interface PendingEffect {
  dueMs: number;
  action: 'pause' | 'resume' | 'touch';
  by: Actor;
  /** How the change is recorded. */
  operation: string;
}

/** A report as it was from an instant on; what a stale read answers with. Null: it was not there. */
interface ReportVersion {
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
  readonly policyDefaults: PolicyChange;
  readonly reports: Map<string, Report>;
  readonly queries: Map<string, Query>;
  readonly executions: Map<string, Execution[]>;
  readonly changes: Change[];
  readonly effects: Map<string, PendingEffect[]>;
  readonly versions: Map<string, ReportVersion[]>;
  /** Reports as they were when they were deleted, for whoever brings one back. */
  readonly deleted: Map<string, Report>;
  /** How often a policy that strikes so many times has had its chance; forgotten when the policies change. */
  readonly counts: Map<string, number>;
  /** Counts every change of anything that is kept, so that the state file knows when it is behind. */
  revision: number;
}
