import type { ReportEvent } from '../deciding/reportEvent.ts';
import { type InsightsFailureCode, isFailureCode } from '../insights/insightsFailure.ts';
import type { ReportCounts, ReportResult, RunDoor, RunStatus } from '../running/reportResult.ts';
import { classOf, countOutcomes, countUndone, statusOfCounts } from '../running/reportResult.ts';
import type { ShownEnd } from './shownEnd.ts';

/** What a problem of a run means for the work; what is missing is not so. */
interface ProblemClass {
  /**
   * What it leaves undone: nothing, it is only news; what a person asked for, while a tick has it done elsewhere or later; one
   * window or account, while a tick does all else that is due; or all of it.
   */
  readonly leaves: 'nothing' | 'whatWasAsked' | 'aPart' | 'all';
  /** To be put right here and not at Partner Center. */
  readonly isOurs?: true;
  /** Something tries again by itself. */
  readonly isTriedAgain?: true;
  /** The request is refused as it stands, whatever the reports are like. */
  readonly isRefusal?: true;
  /** Whoever holds the account acts for a tick, while a request has to be made again. */
  readonly isDoneByOthers?: true;
}

/** What concerns a whole account or the app. */
export const runProblems = {
  account_busy: { leaves: 'whatWasAsked', isTriedAgain: true, isDoneByOthers: true },
  account_missing: { leaves: 'aPart', isOurs: true },
  account_starved: { leaves: 'all' },
  driver_late: { leaves: 'all' },
  ledger_conflict: { leaves: 'whatWasAsked', isTriedAgain: true },
  ledger_unavailable: { leaves: 'all', isTriedAgain: true },
  ledger_unreadable: { leaves: 'all', isOurs: true },
  lease_lost: { leaves: 'whatWasAsked', isTriedAgain: true },
  mode_forbids: { leaves: 'all', isRefusal: true },
  not_written_down: { leaves: 'all' },
  owned_while_off: { leaves: 'all', isOurs: true },
  pause_superseded: { leaves: 'nothing' },
  reports_unreadable: { leaves: 'all' },
  superseded: { leaves: 'whatWasAsked' },
  unknown_account: { leaves: 'all', isRefusal: true },
  unknown_request: { leaves: 'whatWasAsked', isRefusal: true },
  window_over_limit: { leaves: 'aPart' },
  windows_held_back: { leaves: 'all', isOurs: true },
  windows_invalid: { leaves: 'aPart', isOurs: true },
  windows_unreadable: { leaves: 'all', isOurs: true },
} as const satisfies Readonly<Record<string, ProblemClass>>;

/** The stable code of a problem: one of a run's own, or that of the call that an account failed at. */
export type RunProblemCode = keyof typeof runProblems | InsightsFailureCode;

/** The row of a code of a problem. A failed call leaves what was asked; what a tick makes of it has a code of its own. */
export function classOfProblem(code: RunProblemCode): ProblemClass {
  if (isRunProblem(code)) {
    return runProblems[code];
  }
  return {
    leaves: 'whatWasAsked',
    ...(classOf(code).triedAgain === undefined ? {} : { isTriedAgain: true }),
  };
}

/** True for a code that a problem may bear. */
export function isProblemCode(code: string): code is RunProblemCode {
  return Object.hasOwn(runProblems, code) || isFailureCode(code);
}

function isRunProblem(code: RunProblemCode): code is keyof typeof runProblems {
  return Object.hasOwn(runProblems, code);
}

/** Something that concerns a whole account or the app, by a stable code. */
export interface RunProblem {
  readonly code: RunProblemCode;
  readonly account: string | null;
  readonly message: string;
}

/** An occurrence that a person gave another end, in UTC and in its window's own zone. */
export interface RunOccurrence {
  readonly window: string;
  readonly fromUtc: string;
  readonly fromLocal: string;
  readonly untilUtc: string;
  readonly untilLocal: string;
}

/** One execution of a plan: what a person or a program is told of it; of a pause also its end. */
export interface Run extends Partial<ShownEnd> {
  readonly runId: string;
  readonly correlationId: string;
  /** The door that set it off. */
  readonly door: RunDoor;
  readonly status: RunStatus;
  readonly startedUtc: string;
  readonly durationInMs: number;
  /** Reports by outcome. */
  readonly summary: Readonly<Record<string, number>>;
  readonly problems: readonly RunProblem[];
  readonly results: readonly RunResult[];
  readonly events: readonly ReportEvent[];
  /** Of a request about an occurrence of a window: which one, and when it is over by the request. */
  readonly occurrence?: RunOccurrence;
  /** Accounts of a tick that a driver each works on; their runs are told by themselves. */
  readonly leftToDrivers?: number;
  /** Of a tick that is over and was kept: results that are counted in the summary alone. */
  readonly resultsLeftOut?: number;
  /** Nothing was done: it is what would be. Its id names nothing. */
  readonly dryRun?: boolean;
}

/** A report's result with the account it belongs to. */
export type RunResult = ReportResult & { readonly account: string };

/** Whether a problem leaves nothing of the run undone, so that it is only news. Pure. */
export function isNews({ code }: Pick<RunProblem, 'code'>, door: RunDoor): boolean {
  const { leaves, isDoneByOthers } = classOfProblem(code);
  return leaves === 'nothing' || (door === 'tick' && isDoneByOthers === true);
}

/** Puts a run together; its status and summary are computed from what it holds. */
export function makeRun(facts: Omit<Run, 'status' | 'summary'>): Run {
  const status = runStatusOf(facts, countUndone(facts.results, facts.door));
  return { ...facts, status, summary: countOutcomes(facts.results) };
}

/** How a run came out, by its problems and how many reports are done. Pure. */
export function runStatusOf(
  { door, problems, leftToDrivers }: Pick<Run, 'door' | 'problems' | 'leftToDrivers'>,
  reports: ReportCounts,
): RunStatus {
  const ofReports = statusOfCounts(reports);
  // What stands in a door's way is always work that its caller asked for.
  const leaves = problems.map(({ code }) => classOfProblem(code).leaves);
  const undone = leaves.filter((left) => left !== 'nothing' && (door !== 'tick' || left !== 'whatWasAsked'));
  const isRestDone = door === 'tick' && undone.every((left) => left === 'aPart');
  const isAnyDone = reports.total > 0 || leftToDrivers !== undefined || isRestDone;
  const hindered = isAnyDone ? 'partial' : 'failed';
  return undone.length > 0 && ofReports === 'ok' ? hindered : ofReports;
}
