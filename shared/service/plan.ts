import type { Observation } from '../model/ownership.ts';
import type { ReportExecution } from '../model/report.ts';
import { outcomeOf } from '../running/explain.ts';
import { executionsWithin } from '../windows/executions.ts';
import { formatInstant, utcText } from '../windows/formatInstant.ts';
import { nextOccurrence } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type AccountView, decideAt, readAccount } from './readAccount.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { expectedResume, type ShownHold, shownHold } from './shownHold.ts';

/** What would be done about one report at that instant, and why. */
export interface PlannedReport {
  readonly account: string;
  readonly reportId: string;
  readonly reportName: string;
  readonly status: string | null;
  readonly action: 'pause' | 'resume' | 'none';
  readonly reason: string;
  readonly message: string;
  readonly holds: readonly ShownHold[];
  readonly expectedResumeUtc: string | null;
  /** Executions that are pending or running now; null where they were not asked for. */
  readonly inFlight: number | null;
  /** Executions that fall into the windows open at that instant: none means that no pause is needed. */
  readonly executionsInWindowUtc: readonly string[];
}

/** A window that opens in the range, and what it would hit. */
export interface ForecastOccurrence {
  readonly window: string;
  readonly fromUtc: string;
  readonly fromLocal: string;
  readonly untilUtc: string;
  readonly untilLocal: string;
  /** How many reports each action would concern at its begin. */
  readonly actions: Readonly<Record<string, number>>;
  /** Executions that fall into it, over all reports it selects. */
  readonly executions: number;
}

/** The plan at an instant, or over a range; problems name accounts that could not be read. */
export interface Plan {
  readonly atUtc: string;
  readonly mode: string;
  readonly reports: readonly PlannedReport[];
  readonly forecast: readonly ForecastOccurrence[];
  readonly problems: readonly { readonly account: string; readonly code: string; readonly message: string }[];
}

type View = Extract<AccountView, { ok: true }>;

const MAX_ASKED_IN_FLIGHT = 100;
const MAX_FORECAST = 200;
const MAX_EXECUTIONS = 100;

/** What `decide()` says for that instant; until `untilMs` also which windows open. Changes nothing. */
export async function planAt(
  parts: ServiceParts,
  { atMs, untilMs }: { readonly atMs: number; readonly untilMs: number | null },
  call: DoorCall,
): Promise<Plan> {
  const reports: PlannedReport[] = [];
  const forecast: ForecastOccurrence[] = [];
  const problems: { account: string; code: string; message: string }[] = [];
  for (const runtime of parts.accounts) {
    const view = await readAccount(parts, runtime, call);
    if (view.ok) {
      reports.push(...(await planAccount(parts, { runtime, view, atMs, call })));
      forecast.push(...(untilMs === null ? [] : forecastAccount(parts, view, atMs, untilMs)));
    } else {
      problems.push({
        account: runtime.account.name,
        code: view.failure.code,
        message: view.failure.message,
      });
    }
  }
  return { atUtc: utcText(atMs), mode: parts.mode, reports, forecast, problems };
}

async function planAccount(
  parts: ServiceParts,
  plan: { runtime: AccountRuntime; view: View; atMs: number; call: DoorCall },
): Promise<readonly PlannedReport[]> {
  const { runtime, view, atMs } = plan;
  const { situations, decisions, windowStates } = decideAt(parts, view, atMs);
  const open = windowStates.flatMap(({ occurrence, desired }) =>
    occurrence === null ? [] : [{ occurrence, desired }],
  );
  const inFlight = await askInFlight(
    parts,
    plan,
    decisions.filter(({ action }) => action === 'pause').map(({ reportId }) => reportId),
  );
  return decisions.map((decision) => {
    const situation = situations.get(decision.reportId);
    const observation = situation?.observation;
    const report = observation?.kind === 'seen' ? observation.report : null;
    const holds = situation?.holds ?? [];
    const hit = open
      .filter(({ desired }) => desired.some(({ reportId }) => reportId === decision.reportId))
      .flatMap(({ occurrence }) =>
        report === null
          ? []
          : executionsWithin(report, occurrence.fromMs, occurrence.untilMs, MAX_EXECUTIONS),
      );
    return {
      account: runtime.account.name,
      reportId: decision.reportId,
      reportName: report?.reportName ?? decision.ownership?.reportName ?? '',
      status: report?.reportStatus ?? null,
      action: decision.action,
      reason: decision.reason,
      message: outcomeOf(decision).message,
      holds: holds.map(shownHold),
      // Only what is ours, or is about to be, comes back by us.
      expectedResumeUtc:
        decision.ownership === null && decision.action !== 'pause' ? null : expectedResume(holds, atMs),
      inFlight: inFlight?.filter(({ reportId }) => reportId === decision.reportId).length ?? null,
      executionsInWindowUtc: [...new Set(hit)].map((instantMs) => utcText(instantMs)),
    };
  });
}

async function askInFlight(
  parts: ServiceParts,
  { runtime, call }: { runtime: AccountRuntime; call: DoorCall },
  reportIds: readonly string[],
): Promise<readonly ReportExecution[] | null> {
  if (reportIds.length === 0 || reportIds.length > MAX_ASKED_IN_FLIGHT) {
    return null;
  }
  const { deadlineMs } = startFrame(parts, call);
  const context = { correlationId: call.correlationId, signal: parts.shutdown, deadlineMs };
  const filter = { executionStatus: ['Pending', 'Running'], getLatestExecution: false } as const;
  const answer = await runtime.client.executions(reportIds, filter, context);
  return answer.ok ? answer.value : null;
}

function forecastAccount(
  parts: ServiceParts,
  view: View,
  fromMs: number,
  untilMs: number,
): readonly ForecastOccurrence[] {
  const found: ForecastOccurrence[] = [];
  for (const window of view.windows.windows) {
    for (
      let next = nextOccurrence(window, fromMs);
      next !== null && next.fromMs < untilMs;
      next = nextOccurrence(window, next.fromMs)
    ) {
      if (found.length >= MAX_FORECAST) {
        return found;
      }
      found.push(forecastOccurrence(parts, view, window, next));
    }
  }
  return found.sort((one, other) => one.fromUtc.localeCompare(other.fromUtc));
}

/** The account as it will be when what is ours now is back: a forecast is not about what this window finds today. */
function asIfBack(view: View): View {
  const { ownerships } = view.snapshot;
  const back = (observation: Observation): Observation =>
    observation.kind === 'seen' && ownerships.has(observation.report.reportId)
      ? { ...observation, report: { ...observation.report, reportStatus: 'Active' } }
      : observation;
  return {
    ...view,
    snapshot: { ...view.snapshot, ownerships: new Map(), holds: [] },
    observations: new Map([...view.observations].map(([reportId, one]) => [reportId, back(one)])),
  };
}

function forecastOccurrence(
  parts: ServiceParts,
  view: View,
  window: Window,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): ForecastOccurrence {
  const { decisions, windowStates, situations } = decideAt(parts, asIfBack(view), fromMs);
  const meant = new Set(
    windowStates.find((state) => state.window === window)?.desired.map(({ reportId }) => reportId),
  );
  const actions: Record<string, number> = {};
  let executions = 0;
  for (const { reportId, action, reason } of decisions.filter((decision) => meant.has(decision.reportId))) {
    const told = action === 'none' ? reason : action;
    actions[told] = (actions[told] ?? 0) + 1;
    const observation = situations.get(reportId)?.observation;
    executions +=
      observation?.kind === 'seen'
        ? executionsWithin(observation.report, fromMs, untilMs, MAX_EXECUTIONS).length
        : 0;
  }
  const { timeZone } = window.schedule;
  const from = formatInstant(fromMs, timeZone);
  const until = formatInstant(untilMs, timeZone);
  return {
    window: window.name,
    ...{ fromUtc: from.utc, fromLocal: from.local, untilUtc: until.utc, untilLocal: until.local },
    actions,
    executions,
  };
}
