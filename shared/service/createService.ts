import { adoptReports } from './adopt.ts';
import { drain } from './drain.ts';
import { holdReports, pauseHeld, pauseReports } from './pauseReports.ts';
import { type Plan, planAt } from './plan.ts';
import type { AdoptRequest, DrainRequest, PauseRequest, ResumeRequest } from './requests.ts';
import { resumeReports } from './resumeReports.ts';
import type { Run } from './run.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { type ExplainedOutcome, explainReport, type ShownReports, showReports } from './showReports.ts';
import { type ShownWindows, showWindows } from './showWindows.ts';
import { tick } from './tick.ts';

/** The service behind the doors. Throws nothing that a caller should handle: outcomes are in the run. */
export interface Service {
  tick(call: DoorCall): Promise<Run>;
  pause(request: PauseRequest, call: DoorCall): Promise<Run>;
  /** The two halves of a pause, for a request that is worked on in passes: all holds first, then pass by pass. */
  hold(request: PauseRequest, call: DoorCall): Promise<void>;
  pauseHeld(request: PauseRequest, call: DoorCall): Promise<Run>;
  resume(request: ResumeRequest, call: DoorCall): Promise<Run>;
  drain(request: DrainRequest, call: DoorCall): Promise<Run>;
  /** Takes pauses into the ledger that it lost. */
  adopt(request: AdoptRequest, call: DoorCall): Promise<Run>;
  /** What tells of reports tells of every account, or of the one that is named. */
  plan(
    range: { readonly atMs: number; readonly untilMs: number | null },
    call: DoorCall,
    account?: string | null,
  ): Promise<Plan>;
  windows(): Promise<ShownWindows>;
  reports(call: DoorCall, account?: string | null): Promise<ShownReports>;
  report(reportId: string, call: DoorCall, account?: string | null): Promise<ExplainedOutcome>;
}

/** Binds the doors' work to its parts. */
export function createService(parts: ServiceParts): Service {
  return {
    tick: (call) => tick(parts, call),
    pause: (request, call) => pauseReports(parts, request, call),
    hold: (request, call) => holdReports(parts, request, call),
    pauseHeld: (request, call) => pauseHeld(parts, request, call),
    resume: (request, call) => resumeReports(parts, request, call),
    drain: (request, call) => drain(parts, request, call),
    adopt: (request, call) => adoptReports(parts, request, call),
    plan: (range, call, account) => planAt(only(parts, account), range, call),
    windows: () => showWindows(parts),
    reports: (call, account) => showReports(only(parts, account), call),
    report: (reportId, call, account) => explainReport(only(parts, account), reportId, call),
  };
}

function only(parts: ServiceParts, account: string | null | undefined): ServiceParts {
  return account === null || account === undefined
    ? parts
    : { ...parts, accounts: parts.accounts.filter((one) => one.account.name === account) };
}
