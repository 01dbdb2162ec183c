import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { ReportResult, RunDoor, RunStatus } from '../running/reportResult.ts';
import { countOutcomes, statusOf } from '../running/reportResult.ts';

/** Something that concerns a whole account or the app, by a stable code. */
export interface RunProblem {
  readonly code: string;
  readonly account: string | null;
  readonly message: string;
}

/** One execution of a plan: what a person or a program is told of it. */
export interface Run {
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
  /** Accounts of a tick that a driver each works on; their runs are told by themselves. */
  readonly leftToDrivers?: number;
}

/** A report's result with the account it belongs to. */
export type RunResult = ReportResult & { readonly account: string };

/** Codes of problems that leave work undone, so that the run cannot be called ok. */
const UNDONE: ReadonlySet<string> = new Set([
  'reports_unreadable',
  'ledger_unavailable',
  'ledger_unreadable',
  'config_invalid',
  'windows_invalid',
  'windows_unreadable',
  'windows_held_back',
  'owned_while_off',
  'account_missing',
  'unknown_account',
  'window_over_limit',
  'mode_forbids',
  'driver_late',
]);

/** Puts a run together; its status and summary are computed from what it holds. */
export function makeRun(facts: Omit<Run, 'status' | 'summary'>): Run {
  const ofReports = statusOf(facts.results, facts.door);
  // What stands in a door's way is always work that its caller asked for.
  const isHindered = facts.problems.some(({ code }) => facts.door !== 'tick' || UNDONE.has(code));
  const isAnyDone = facts.results.length > 0 || facts.leftToDrivers !== undefined;
  const hindered = isAnyDone ? 'partial' : 'failed';
  const status = isHindered && ofReports === 'ok' ? hindered : ofReports;
  return { ...facts, status, summary: countOutcomes(facts.results) };
}
