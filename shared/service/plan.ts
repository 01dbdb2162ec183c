import { type Decided, type DecideInput, decideInSteps } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { Account } from '../model/account.ts';
import type { Observation } from '../model/ownership.ts';
import type { ReportExecution } from '../model/report.ts';
import { outcomeOf } from '../running/explain.ts';
import { runInSlices, STEP, type Steps } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { Occurrence } from '../windows/occurrences.ts';
import { warnOfWindows } from '../windows/previewWindows.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { executionsIn, openOccurrences } from './executionsInWindows.ts';
import {
  createExpectation,
  type ExpectedResume,
  type ExpectedResumeReason,
  expectInSteps,
} from './expectedResume.ts';
import { type ForecastInput, type ForecastOccurrence, forecastInSteps } from './forecast.ts';
import { type LeftOutOf, leftOutOfWindows } from './leftOutOf.ts';
import { type AccountView, inputAt, readAccount, reportsSeen } from './readAccount.ts';
import { reportInWords } from './reportInWords.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { MAX_HOLDS_IN_LIST, type ShownHolds, shownExpectation, shownHolds } from './shownHold.ts';

/** What would be done about one report at that instant, and why. */
export interface PlannedReport extends ShownHolds {
  readonly account: string;
  readonly reportId: string;
  readonly reportName: string;
  readonly status: string | null;
  readonly action: 'pause' | 'resume' | 'none';
  readonly reason: string;
  readonly message: string;
  /** When it comes back by us; null where no instant can be told. */
  readonly expectedResumeUtc: string | null;
  readonly expectedResumeReason: ExpectedResumeReason;
  /** Executions that are pending or running now; null where they were not asked for. */
  readonly inFlight: number | null;
  /** Executions that fall into the windows open at that instant: none means that no pause is needed. */
  readonly executionsInWindowUtc: readonly string[];
  /** The windows open at that instant, or about to open, that an exemption leaves it out of. */
  readonly leftOutOf: readonly LeftOutOf[];
}

/** The plan at an instant, or over a range; problems name accounts that could not be read. */
export interface Plan {
  readonly atUtc: string;
  readonly mode: string;
  readonly reports: readonly PlannedReport[];
  readonly forecast: readonly ForecastOccurrence[];
  /** From here on the forecast is not told: ask again with it as `at`. Null where all of the range is told. */
  readonly forecastCutAtUtc: string | null;
  /** What is wrong with windows that could be read. */
  readonly warnings: readonly WindowProblem[];
  readonly problems: readonly { readonly account: string; readonly code: string; readonly message: string }[];
  /** The one report that was asked about, in sentences. */
  readonly inWords?: readonly string[];
}

type View = Extract<AccountView, { ok: true }>;

const MAX_ASKED_IN_FLIGHT = 100;

/** Of when a plan tells, and of which report alone; null is all of them. */
export interface PlanRange {
  readonly atMs: number;
  readonly untilMs: number | null;
  readonly reportId?: string | null;
}

/**
 * What `decide()` says for that instant; over `[atMs, untilMs)` also which windows open. Changes nothing. Lets other
 * requests have their turn in between, however many reports and windows there are.
 */
export async function planAt(
  parts: ServiceParts,
  { atMs, untilMs, reportId = null }: PlanRange,
  call: DoorCall,
): Promise<Plan> {
  const reports: PlannedReport[] = [];
  const problems: { account: string; code: string; message: string }[] = [];
  const warnings: WindowProblem[] = [];
  const forecastInputs: ForecastInput[] = [];
  let inWords: readonly string[] | null = null;
  for (const runtime of parts.accounts) {
    const { account } = runtime;
    const view = await readAccount(parts, runtime, call);
    if (view.ok) {
      const known = inputAt(parts, view, atMs);
      const decided = await runInSlices(decideInSteps(known), parts.giveWay);
      const inFlight = await askInFlight(parts, runtime, call, pausesOf(decided));
      const planned = planInSteps({ account: account.name, known, decided, inFlight });
      const told = await runInSlices(planned, parts.giveWay);
      const own = told.find((one) => one.reportId === reportId);
      reports.push(...(reportId === null ? told : own === undefined ? [] : [own]));
      if (own !== undefined) {
        const holds = decided.situations.get(own.reportId)?.holds ?? [];
        const facts = { input: known, holds, windowStates: decided.windowStates };
        inWords = await runInSlices(reportInWords(own, facts), parts.giveWay);
      }
      warnings.push(...(await runInSlices(warnInSteps(parts, account, view), parts.giveWay)));
      forecastInputs.push({ known, decided });
    } else {
      const { code, message } = view.failure;
      problems.push({ account: account.name, code, message });
    }
  }
  const forecast =
    untilMs === null
      ? { occurrences: [], cutAtMs: null }
      : await runInSlices(forecastInSteps(forecastInputs, { fromMs: atMs, untilMs }), parts.giveWay);
  return {
    atUtc: utcText(atMs),
    mode: parts.mode,
    reports,
    forecast: forecast.occurrences,
    forecastCutAtUtc: forecast.cutAtMs === null ? null : utcText(forecast.cutAtMs),
    warnings,
    problems,
    ...(inWords === null ? {} : { inWords }),
  };
}

/** Tells what is decided about each report. Pure. */
export function* planInSteps(decidedOf: {
  readonly account: string;
  readonly known: DecideInput;
  readonly decided: Decided;
  readonly inFlight: readonly ReportExecution[] | null;
}): Steps<readonly PlannedReport[]> {
  const { account, known, decided, inFlight } = decidedOf;
  const { observations } = known;
  const expect = createExpectation({ ...known, decided });
  const openFor = yield* openOccurrences(decided);
  const leftOutOf = yield* leftOutOfWindows(decided);
  const running = Map.groupBy(inFlight ?? [], ({ reportId }) => reportId);
  const planned: PlannedReport[] = [];
  let pieces = 0;
  for (const decision of decided.decisions) {
    const { reportId } = decision;
    const first = expect(decision);
    const expected = 'reason' in first ? first : yield* expectInSteps(expect, decision);
    const open = openFor.get(reportId) ?? [];
    const observation = observations.get(reportId);
    const holds = decided.situations.get(reportId)?.holds ?? [];
    const shown = shownHolds(holds, MAX_HOLDS_IN_LIST, known.nowMs);
    const inFlightCount = inFlight === null ? null : (running.get(reportId)?.length ?? 0);
    const left = leftOutOf.get(reportId) ?? [];
    const facts = { account, expected, open, observation, shown, inFlight: inFlightCount, leftOutOf: left };
    planned.push(plannedReport(decision, facts));
    pieces += 1 + open.length + holds.length;
    if (pieces >= STEP) {
      yield pieces;
      pieces = 0;
    }
  }
  yield pieces;
  return planned;
}

function plannedReport(
  { reportId, action, reason, ownership }: ReportDecision,
  facts: {
    readonly account: string;
    readonly expected: ExpectedResume;
    readonly open: readonly Occurrence[];
    readonly observation: Observation | undefined;
    readonly shown: ShownHolds;
    readonly inFlight: number | null;
    readonly leftOutOf: readonly LeftOutOf[];
  },
): PlannedReport {
  const { account, expected, open, observation, inFlight, leftOutOf } = facts;
  // Field by field: to spread one object into another costs more than all the rest of it.
  const { holds, holdCount } = facts.shown;
  const report = observation?.kind === 'seen' ? observation.report : null;
  const { expectedResumeUtc, expectedResumeReason } = shownExpectation(expected);
  return {
    account,
    reportId,
    reportName: report?.reportName ?? ownership?.reportName ?? '',
    status: report?.reportStatus ?? null,
    action,
    reason,
    message: outcomeOf({ reason }).message,
    holds,
    holdCount,
    expectedResumeUtc,
    expectedResumeReason,
    inFlight,
    executionsInWindowUtc: report === null ? [] : executionsIn(report, open),
    leftOutOf,
  };
}

function pausesOf({ decisions }: Decided): readonly string[] {
  return decisions.filter(({ action }) => action === 'pause').map(({ reportId }) => reportId);
}

function warnInSteps(
  { clock, tickInMs }: ServiceParts,
  { callsPerSecond }: Account,
  { windows, observations }: View,
): Steps<readonly WindowProblem[]> {
  const reports = reportsSeen(observations);
  return warnOfWindows(windows.windows, { nowMs: clock.now(), tickInMs, callsPerSecond, reports });
}

async function askInFlight(
  parts: ServiceParts,
  { client }: AccountRuntime,
  call: DoorCall,
  reportIds: readonly string[],
): Promise<readonly ReportExecution[] | null> {
  if (reportIds.length === 0 || reportIds.length > MAX_ASKED_IN_FLIGHT) {
    return null;
  }
  const { deadlineMs } = startFrame(parts, call);
  const context = { correlationId: call.correlationId, signal: parts.shutdown, deadlineMs };
  const filter = { executionStatus: ['Pending', 'Running'], getLatestExecution: false } as const;
  const answer = await client.executions(reportIds, filter, context);
  return answer.ok ? answer.value : null;
}
