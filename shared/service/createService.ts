import type { OpenRequest } from '../ledger/ledgerRows.ts';
import { acknowledgeReports } from './acknowledge.ts';
import { adoptReports } from './adopt.ts';
import { drain } from './drain.ts';
import { endHeld, extendHeld, sayOccurrenceEnd } from './endOccurrence.ts';
import type { ShownExemptions } from './exemptionOutcome.ts';
import {
  type ExemptionOutcome,
  type ExemptionRequest,
  endExemption,
  makeExemption,
  showExemptions,
  tellExemption,
} from './exemptions.ts';
import { foreseeing } from './foresee.ts';
import type { HistoryAsked, HistoryPage } from './historyAsked.ts';
import { findOpenOccurrence, type NamedWindow } from './openOccurrence.ts';
import { holdReports, pauseHeld, pauseReports } from './pauseReports.ts';
import { type Plan, type PlanRange, planAt } from './plan.ts';
import { relearnAccount } from './relearn.ts';
import type { ReportsAsked } from './reportPage.ts';
import type {
  AcknowledgeRequest,
  AdoptRequest,
  DrainRequest,
  OccurrenceRequest,
  PauseRequest,
  RelearnRequest,
  ResumeRequest,
} from './requests.ts';
import { heldByRequest, resumeReports } from './resumeReports.ts';
import type { Run } from './run.ts';
import type { RunsAsked } from './runHistory.ts';
import { type SelectedForRequest, selectForRequest } from './selectForRequest.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { type ShownAccounts, showAccounts } from './showAccounts.ts';
import type { ShownPastRun } from './shownPastRun.ts';
import { showOccurrences } from './showOccurrences.ts';
import { type ReportHistoryOutcome, showReportHistory } from './showReportHistory.ts';
import { type ExplainedOutcome, explainReport, type ShownReports, showReports } from './showReports.ts';
import { type ShownWindows, showWindow, showWindows } from './showWindows.ts';
import { tick, tickByHand } from './tick.ts';
import { type ReadinessOutcome, windowReadiness } from './windowReadiness.ts';

/** The service behind the doors. Throws nothing that a caller should handle: outcomes are in the run. */
export interface Service {
  /** What the timer does: looks where something is due. */
  tick(call: DoorCall): Promise<Run>;
  /** What a person asks for: looks wherever there is something to look after. */
  tickByHand(call: DoorCall): Promise<Run>;
  pause(request: PauseRequest, call: DoorCall): Promise<Run>;
  /** The two halves of a pause, for a request that is worked on in passes: all holds first, then pass by pass. */
  hold(request: PauseRequest, call: DoorCall): Promise<void>;
  pauseHeld(request: PauseRequest, call: DoorCall): Promise<Run>;
  resume(request: ResumeRequest, call: DoorCall): Promise<Run>;
  /** Writes down when an occurrence of a window ends by a person's word, for a request that is worked on in passes. @throws LedgerError */
  sayOccurrenceEnd(door: 'end' | 'extend', request: OccurrenceRequest, call: DoorCall): Promise<void>;
  /** Brings back what only that occurrence held, of these reports. */
  endHeld(
    request: OccurrenceRequest & { readonly reportIds: readonly string[]; readonly isLast: boolean },
    call: DoorCall,
  ): Promise<Run>;
  /** Moves the ends of that occurrence's holds. */
  extendHeld(request: OccurrenceRequest, call: DoorCall): Promise<Run>;
  /** Whether the work that a window is for may begin. @throws LedgerError */
  readiness(window: string, call: DoorCall): Promise<ReadinessOutcome>;
  /** The occurrence that the window of this name is in at that instant. @throws LedgerError */
  openOccurrence(window: string, nowMs: number): Promise<NamedWindow>;
  /** Gives a request that is kept its place among all of its account; null where no such account is configured. @throws LedgerError */
  arrive(account: string, request: Omit<OpenRequest, 'place'>): Promise<number | null>;
  /** The request is answered, and is never done again. @throws LedgerError */
  leave(account: string, place: number | null): Promise<void>;
  /** Whether the request of that place may still be done. @throws LedgerError */
  isOpen(account: string, place: number | null): Promise<boolean>;
  /** The reports that a request of the caller holds. @throws LedgerError */
  heldByRequest(
    request: { readonly account: string; readonly requestId: string },
    call: Pick<DoorCall, 'caller'>,
  ): Promise<readonly string[]>;
  drain(request: DrainRequest, call: DoorCall): Promise<Run>;
  /** Which reports of an account a request means that does not name them by their ids. @throws LedgerError */
  select(asked: Parameters<typeof selectForRequest>[1], call: DoorCall): Promise<SelectedForRequest>;
  /** What each of these would do now, by the same code; nothing is done. */
  readonly foresee: {
    pause(request: PauseRequest, call: DoorCall): Promise<Run>;
    resume(request: ResumeRequest, call: DoorCall): Promise<Run>;
    drain(request: DrainRequest, call: DoorCall): Promise<Run>;
  };
  /** What people leave out of windows for a while. @throws LedgerError */
  readonly exemptions: {
    make(request: ExemptionRequest, call: DoorCall, isDry: boolean): Promise<ExemptionOutcome>;
    end(
      request: { readonly id: string; readonly reason: string },
      call: DoorCall,
      isDry: boolean,
    ): Promise<ExemptionOutcome>;
    /** One that was asked for before; null where there is none of that id. */
    find(id: string, call: DoorCall): ReturnType<typeof tellExemption>;
    show(call: DoorCall, account: string | null): Promise<ShownExemptions>;
  };
  /** A person's word that reports are nothing of ours to look after. */
  acknowledge(request: AcknowledgeRequest, call: DoorCall): Promise<Run>;
  /** Forgets what was learned of how an account's API behaves. */
  relearn(request: RelearnRequest, call: DoorCall): Promise<Run>;
  /** Takes pauses into the ledger that it lost. */
  adopt(request: AdoptRequest, call: DoorCall): Promise<Run>;
  /** What tells of reports tells of every account, or of the one that is named. */
  plan(range: PlanRange, call: DoorCall, account?: string | null): Promise<Plan>;
  /** @throws LedgerError */
  accounts(): Promise<ShownAccounts>;
  windows(call: DoorCall): Promise<ShownWindows>;
  window(name: string, call: DoorCall): ReturnType<typeof showWindow>;
  reports(call: DoorCall, account?: string | null, asked?: ReportsAsked): Promise<ShownReports>;
  /** What became of the occurrences of windows; null where no such window was ever known. @throws LedgerError */
  pastOccurrences(
    asked: Parameters<typeof showOccurrences>[1],
    account?: string | null,
  ): ReturnType<typeof showOccurrences>;
  /** Runs that did something, newest first. @throws LedgerError */
  pastRuns(asked: RunsAsked): Promise<HistoryPage<ShownPastRun>>;
  /** What happened to one report. @throws LedgerError */
  reportHistory(
    reportId: string,
    asked: HistoryAsked,
    call: DoorCall,
    account?: string | null,
  ): Promise<ReportHistoryOutcome>;
  report(reportId: string, call: DoorCall, account?: string | null): Promise<ExplainedOutcome>;
}

/** Binds the doors' work to its parts. */
export function createService(parts: ServiceParts): Service {
  const { order } = parts.ledger;
  const keyOf = (account: string) => parts.accounts.find((one) => one.account.name === account)?.accountKey;
  return {
    arrive: async (account, request) => {
      const accountKey = keyOf(account);
      return accountKey === undefined ? null : order.arrive(accountKey, request);
    },
    leave: async (account, place) => {
      const accountKey = keyOf(account);
      if (accountKey !== undefined && place !== null) await order.leave(accountKey, place);
    },
    isOpen: async (account, place) => {
      const accountKey = keyOf(account);
      const open = accountKey === undefined ? [] : await order.openRequests(accountKey);
      return open.some((one) => one.place === place);
    },
    tick: (call) => tick(parts, call),
    tickByHand: (call) => tickByHand(parts, call),
    pause: (request, call) => pauseReports(parts, request, call),
    hold: (request, call) => holdReports(parts, request, call),
    pauseHeld: (request, call) => pauseHeld(parts, request, call),
    resume: (request, call) => resumeReports(parts, request, call),
    heldByRequest: (request, call) => heldByRequest(parts, request, call),
    sayOccurrenceEnd: (door, request, call) => sayOccurrenceEnd(parts, door, request, call),
    endHeld: (request, call) => endHeld(parts, request, call),
    extendHeld: (request, call) => extendHeld(parts, request, call),
    readiness: (window, call) => windowReadiness(parts, window, call),
    openOccurrence: (window, nowMs) => findOpenOccurrence(parts, window, nowMs),
    drain: (request, call) => drain(parts, request, call),
    select: (asked, call) => selectForRequest(parts, asked, call),
    foresee: {
      pause: (request, call) => pauseReports(parts, request, call, foreseeing),
      resume: (request, call) => resumeReports(parts, request, call, foreseeing),
      drain: (request, call) => drain(parts, request, call, foreseeing),
    },
    exemptions: {
      make: (request, call, isDry) => makeExemption(parts, request, call, isDry),
      end: (request, call, isDry) => endExemption(parts, request, call, isDry),
      find: (id, call) => tellExemption(parts, id, call),
      show: (call, account) => showExemptions(parts, call, account),
    },
    acknowledge: (request, call) => acknowledgeReports(parts, request, call),
    relearn: (request, call) => relearnAccount(parts, request, call),
    adopt: (request, call) => adoptReports(parts, request, call),
    plan: (range, call, account) => planAt(only(parts, account), range, call),
    accounts: () => showAccounts(parts),
    window: (name, call) => showWindow(parts, name, call),
    windows: (call) => showWindows(parts, call),
    reports: (call, account, asked) => showReports(only(parts, account), call, asked),
    pastOccurrences: (asked, account) => showOccurrences(only(parts, account), asked),
    pastRuns: (asked) => parts.runHistory.list(asked),
    reportHistory: (reportId, asked, call, account) =>
      showReportHistory(only(parts, account), reportId, asked, call),
    report: (reportId, call, account) => explainReport(only(parts, account), reportId, call),
  };
}

function only(parts: ServiceParts, account: string | null | undefined): ServiceParts {
  return account === null || account === undefined
    ? parts
    : { ...parts, accounts: parts.accounts.filter((one) => one.account.name === account) };
}
