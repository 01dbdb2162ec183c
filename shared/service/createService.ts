import type { Mode } from '../deciding/decideReport.ts';
import type { ReadTiming } from '../deciding/settle.ts';
import type { Ledger } from '../ledger/createLedger.ts';
import type { Clock } from '../time/clock.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { drain } from './drain.ts';
import { pauseReports } from './pauseReports.ts';
import { type Plan, planAt } from './plan.ts';
import type { DrainRequest, PauseRequest, ResumeRequest } from './requests.ts';
import { resumeReports } from './resumeReports.ts';
import type { Run } from './run.ts';
import { type ExplainedReport, explainReport, type ShownReports, showReports } from './showReports.ts';
import { type ShownWindows, showWindows } from './showWindows.ts';
import type { Teller } from './teller.ts';
import { tick } from './tick.ts';
import type { WindowSource } from './windowSource.ts';

/** What every door works with. */
export interface ServiceParts {
  readonly accounts: readonly AccountRuntime[];
  readonly ledger: Ledger;
  readonly windows: WindowSource;
  readonly mode: Mode;
  readonly clock: Clock;
  readonly tickInMs: number;
  readonly timing: ReadTiming;
  readonly maxHoldInMs: number;
  readonly runTimeBudgetInMs: number;
  /** Aborted when the process is told to end: waits end at once, and the next tick goes on. */
  readonly shutdown: AbortSignal;
}

/** What a door knows of the call it serves. */
export interface DoorCall {
  readonly correlationId: string;
  /** Who calls, as far as the door can tell. */
  readonly caller: string;
  readonly teller: Teller;
  /** The run that this is a part of; null where it is a run of its own. */
  readonly runId: string | null;
}

/** The service behind the doors. Throws nothing that a caller should handle: outcomes are in the run. */
export interface Service {
  tick(call: DoorCall): Promise<Run>;
  pause(request: PauseRequest, call: DoorCall): Promise<Run>;
  resume(request: ResumeRequest, call: DoorCall): Promise<Run>;
  drain(request: DrainRequest, call: DoorCall): Promise<Run>;
  plan(range: { readonly atMs: number; readonly untilMs: number | null }, call: DoorCall): Promise<Plan>;
  windows(): Promise<ShownWindows>;
  reports(call: DoorCall): Promise<ShownReports>;
  report(reportId: string, call: DoorCall): Promise<ExplainedReport | null>;
}

/** Binds the doors' work to its parts. */
export function createService(parts: ServiceParts): Service {
  return {
    tick: (call) => tick(parts, call),
    pause: (request, call) => pauseReports(parts, request, call),
    resume: (request, call) => resumeReports(parts, request, call),
    drain: (request, call) => drain(parts, request, call),
    plan: (range, call) => planAt(parts, range, call),
    windows: () => showWindows(parts),
    reports: (call) => showReports(parts, call),
    report: (reportId, call) => explainReport(parts, reportId, call),
  };
}
