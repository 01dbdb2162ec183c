import type { Decided } from '../deciding/decide.ts';
import type { ReportDecision, ReportSituation } from '../deciding/decideReport.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure, InsightsFailureCode } from '../insights/insightsFailure.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { Observation } from '../model/ownership.ts';
import { type Change, changeReport } from './changeReport.ts';
import { followUpWrite } from './followUps.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import { keepLessons } from './keepLessons.ts';
import type { ReportResult, StopCode } from './reportResult.ts';
import { changedResult, doneNothing, failedResult, lookUpFailed, stoppedResult } from './resultOf.ts';
import type { HeldRun } from './runContext.ts';
import { createRunLog, type RunLog } from './runLog.ts';

/** A failure that every further call would meet too. */
const ENDS_THE_RUN: ReadonlySet<InsightsFailureCode> = new Set([
  'sign_in_failed',
  'mfa_required',
  'unauthorized',
  'foreign_origin',
  'aborted',
]);

/** With less time than this left, no change begins. */
const MIN_TIME_IN_MS = 5_000;

/** What came of the decisions. */
export interface Acted {
  readonly results: readonly ReportResult[];
  readonly events: readonly ReportEvent[];
  /** False where the lease or the ledger was lost on the way: then nothing more may be written either. */
  readonly mayWrite: boolean;
}

interface ActInput {
  readonly snapshot: AccountSnapshot;
  readonly decided: Decided;
  readonly decisions: readonly ReportDecision[];
  readonly lookUpFailures: ReadonlyMap<string, InsightsFailure>;
}

interface Progress {
  readonly log: RunLog;
  readonly movesModifiedTime: Set<'yes' | 'no'>;
  readonly withoutEffect: Hold[];
  stop: StopCode | null;
}

type Todo = {
  readonly decision: ReportDecision;
  readonly situation: ReportSituation;
  readonly seen: Extract<Observation, { kind: 'seen' }>;
};

/**
 * Carries out the decisions: resumes first, then pauses, several at once. One bad report never hides the others; a
 * failure that all would meet, a lost lease or the end of the time stops the rest, and says so per report.
 */
export async function actOnReports(run: HeldRun, input: ActInput): Promise<Acted> {
  const log = createRunLog(run);
  const progress: Progress = { log, movesModifiedTime: new Set(), withoutEffect: [], stop: null };
  await untilLedgerFails(progress, () => tellDoneNothing(input, log));
  for (const action of ['resume', 'pause']) {
    const todo = input.decisions.filter((decision) => decision.action === action);
    await forEachConcurrently(
      todo.flatMap((decision) => todoOf(input, decision)),
      run.account.maxConcurrency,
      (one) => changeOne(run, progress, one),
    );
  }
  if (mayWrite(progress)) {
    await untilLedgerFails(progress, () => keepLessons(run, input.snapshot, input.decisions, progress));
  }
  return { results: log.results, events: log.events, mayWrite: mayWrite(progress) };
}

function mayWrite({ stop }: Progress): boolean {
  return stop !== 'lease_lost' && stop !== 'ledger_unavailable';
}

/** Work whose ledger may fail: then the run stops, and keeps what it has done and told by then. */
async function untilLedgerFails(progress: Progress, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code } = asLedgerError(error);
    progress.stop = code === 'lease_lost' || code === 'ledger_conflict' ? 'lease_lost' : 'ledger_unavailable';
  }
}

async function tellDoneNothing({ decisions, decided, lookUpFailures }: ActInput, log: RunLog): Promise<void> {
  const told = decisions.map(async (decision) => {
    const situation = decided.situations.get(decision.reportId);
    const isConcerned =
      situation !== undefined && (situation.holds.length > 0 || situation.ownership !== null);
    if (decision.action !== 'none' || !isConcerned) {
      return;
    }
    const failure = lookUpFailures.get(decision.reportId);
    const report = situation.observation.kind === 'seen' ? situation.observation.report : null;
    const result = failure === undefined ? doneNothing(decision, report) : lookUpFailed(decision, failure);
    await log.tell(decision, result, decision.events);
  });
  await Promise.all(told);
}

function todoOf({ decided }: ActInput, decision: ReportDecision): readonly Todo[] {
  const situation = decided.situations.get(decision.reportId);
  return situation?.observation.kind === 'seen'
    ? [{ decision, situation: { ...situation, holds: decision.holds }, seen: situation.observation }]
    : [];
}

async function changeOne(run: HeldRun, progress: Progress, todo: Todo): Promise<void> {
  if (progress.stop === null && run.clock.now() + MIN_TIME_IN_MS > run.deadlineMs) {
    progress.stop = 'out_of_time';
  }
  if (progress.stop !== null) {
    const result = stoppedResult(todo.seen.report, progress.stop);
    await untilLedgerFails(progress, () => progress.log.tell(todo.decision, result, todo.decision.events));
    return;
  }
  let change: Change | null = null;
  await untilLedgerFails(progress, async () => {
    change = await changeReport(run, todo);
    await tellChange(run, progress, todo, change);
  });
  if (change === null && progress.stop !== null) {
    const result = stoppedResult(todo.seen.report, progress.stop);
    await untilLedgerFails(progress, () => progress.log.tell(todo.decision, result, todo.decision.events));
  }
}

async function tellChange(run: HeldRun, progress: Progress, todo: Todo, change: Change): Promise<void> {
  const { decision, seen } = todo;
  const { log } = progress;
  switch (change.kind) {
    case 'decidedOtherwise': {
      progress.withoutEffect.push(...change.decision.holds.filter((hold) => hold.state !== 'live'));
      const events = [...decision.events, ...change.decision.events];
      return log.tell(change.decision, doneNothing(change.decision, seen.report), events);
    }
    case 'failed':
      progress.stop = ENDS_THE_RUN.has(change.failure.code) ? 'run_stopped' : progress.stop;
      return log.tell(decision, failedResult(decision, seen.report, change.failure), decision.events);
    case 'changed': {
      if (change.learned !== null) {
        progress.movesModifiedTime.add(change.learned);
      }
      const nowMs = run.clock.now();
      const span = { pausedAtMs: decision.ownership?.sinceMs ?? nowMs, nowMs };
      const told = changedResult(decision, seen.report, change, span);
      await log.tell(decision, told.result, [...decision.events, ...told.events]);
      const followUp =
        told.result.outcome === 'resumed' ? followUpWrite(run.accountKey, change.report, nowMs) : [];
      return followUp.length > 0 ? run.held.writer.write(followUp) : undefined;
    }
  }
}
