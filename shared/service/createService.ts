import { drain } from './drain.ts';
import { holdReports, pauseHeld, pauseReports } from './pauseReports.ts';
import { type Plan, planAt } from './plan.ts';
import type { DrainRequest, PauseRequest, ResumeRequest } from './requests.ts';
import { resumeReports } from './resumeReports.ts';
import type { Run } from './run.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { type ExplainedReport, explainReport, type ShownReports, showReports } from './showReports.ts';
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
    hold: (request, call) => holdReports(parts, request, call),
    pauseHeld: (request, call) => pauseHeld(parts, request, call),
    resume: (request, call) => resumeReports(parts, request, call),
    drain: (request, call) => drain(parts, request, call),
    plan: (range, call) => planAt(parts, range, call),
    windows: () => showWindows(parts),
    reports: (call) => showReports(parts, call),
    report: (reportId, call) => explainReport(parts, reportId, call),
  };
}
