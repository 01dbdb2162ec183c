import type { Decided } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure, InsightsFailureCode } from '../insights/insightsFailure.ts';
import { createGroupCommit } from '../ledger/groupCommit.ts';
import type { HistoryEntry } from '../ledger/history.ts';
import { LedgerError } from '../ledger/ledgerError.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import { changeReport } from './changeReport.ts';
import { followUpWrite } from './followUps.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import type { ReportResult, StopCode } from './reportResult.ts';
import { changedResult, doneNothing, failedResult, lookUpFailed, stoppedResult } from './resultOf.ts';
import type { HeldRun } from './runContext.ts';

/** A failure that every further call would meet too. */
const ENDS_THE_RUN: ReadonlySet<InsightsFailureCode> = new Set([
  'sign_in_failed',
  'mfa_required',
  'unauthorized',
  'foreign_origin',
  'endpoint_not_found',
  'aborted',
]);

/** With less time than this left, no change begins. */
const MIN_TIME_IN_MS = 5_000;

const HISTORY_AT_ONCE = 100;

/** What came of the decisions. */
export interface Acted {
  readonly results: readonly ReportResult[];
  readonly events: readonly ReportEvent[];
  /** False where the lease or the ledger was lost on the way. */
  readonly mayWrite: boolean;
}

/**
 * Carries out the decisions: resumes first, then pauses, several at once. One bad report never hides the others; a
 * failure that all would meet, a lost lease or the end of the time stops the rest, and says so per report.
 */
export async function actOnReports(
  run: HeldRun,
  input: {
    readonly snapshot: AccountSnapshot;
    readonly decided: Decided;
    readonly decisions: readonly ReportDecision[];
    readonly lookUpFailures: ReadonlyMap<string, InsightsFailure>;
  },
): Promise<Acted> {
  const results: ReportResult[] = [];
  const events: ReportEvent[] = [];
  const becameWithoutEffect: Hold[] = [];
  const lessons = new Set<'yes' | 'no'>();
  let stop: StopCode | null = null;
  const history = createGroupCommit<HistoryEntry>(HISTORY_AT_ONCE, (entries) =>
    run.ledger.append(run.accountKey, entries),
  );

  const tell = async (
    decision: ReportDecision,
    result: ReportResult | null,
    extra: readonly ReportEvent[],
  ) => {
    const told = [...decision.events, ...extra];
    events.push(...told);
    if (result !== null) {
      results.push(result);
    }
    await history.add(historyOf(run, decision, result, told));
  };

  const change = async (decision: ReportDecision) => {
    const situation = input.decided.situations.get(decision.reportId);
    if (situation === undefined || situation.observation.kind !== 'seen') {
      return;
    }
    const seen = situation.observation;
    if (stop === null && run.clock.now() + MIN_TIME_IN_MS > run.deadlineMs) {
      stop = 'out_of_time';
    }
    if (stop !== null) {
      await tell(decision, stoppedResult(seen.report, stop), []);
      return;
    }
    try {
      const changed = await changeReport(run, {
        situation: { ...situation, ...{ holds: decision.holds } },
        decision,
        seen,
      });
      if (changed.kind === 'decidedOtherwise') {
        becameWithoutEffect.push(...changed.decision.holds.filter((hold) => hold.state !== 'live'));
        await tell(changed.decision, doneNothing(changed.decision, seen.report), decision.events);
      } else if (changed.kind === 'failed') {
        stop = ENDS_THE_RUN.has(changed.failure.code) ? 'run_stopped' : stop;
        await tell(decision, failedResult(decision, seen.report, changed.failure), []);
      } else {
        if (changed.learned !== null) lessons.add(changed.learned);
        const pausedAtMs = decision.ownership?.sinceMs ?? run.clock.now();
        const told = changedResult(decision, seen.report, changed, { pausedAtMs, nowMs: run.clock.now() });
        const followUp =
          told.result.outcome === 'resumed'
            ? followUpWrite(run.accountKey, changed.report, run.clock.now())
            : [];
        if (followUp.length > 0) await run.held.writer.write(followUp);
        await tell(decision, told.result, told.events);
      }
    } catch (error) {
      if (!(error instanceof LedgerError)) {
        throw error;
      }
      stop =
        error.code === 'lease_lost' || error.code === 'ledger_conflict' ? 'lease_lost' : 'ledger_unavailable';
      results.push(stoppedResult(seen.report, stop));
    }
  };

  for (const decision of input.decisions.filter(({ action }) => action === 'none')) {
    const situation = input.decided.situations.get(decision.reportId);
    const failure = input.lookUpFailures.get(decision.reportId);
    if (situation !== undefined && (situation.holds.length > 0 || situation.ownership !== null)) {
      const report = situation.observation.kind === 'seen' ? situation.observation.report : null;
      const result = failure === undefined ? doneNothing(decision, report) : lookUpFailed(decision, failure);
      await (decision.events.length > 0 ? tell(decision, result, []) : results.push(result));
    }
  }
  for (const action of ['resume', 'pause']) {
    const todo = input.decisions.filter((decision) => decision.action === action);
    await forEachConcurrently(todo, run.account.maxConcurrency, change);
  }
  if (stop === null || stop === 'out_of_time' || stop === 'run_stopped') {
    await keepWhatWasLearned(run, input.snapshot, lessons);
    await rememberWithoutEffect(run, becameWithoutEffect);
  }
  return { results, events, mayWrite: stop !== 'lease_lost' && stop !== 'ledger_unavailable' };
}

/** `unknown` once the account has shown both behaviours: then it is no evidence. */
async function keepWhatWasLearned(
  run: HeldRun,
  snapshot: AccountSnapshot,
  lessons: ReadonlySet<'yes' | 'no'>,
) {
  const known = snapshot.facts.pauseMovesModifiedTime;
  const all = new Set([...lessons, ...(known === 'unknown' ? [] : [known])]);
  const [only] = all;
  const pauseMovesModifiedTime = all.size === 1 && only !== undefined ? only : 'unknown';
  const takeOvers = [...snapshot.takeOvers.keys()];
  const writes = takeOvers.map(
    (reportId) => ({ kind: 'delete', rowKey: rowKeys.takeOver(reportId) }) as const,
  );
  if (pauseMovesModifiedTime !== known) {
    const row = encodeRow(run.accountKey, rowKeys.facts, { ...snapshot.facts, pauseMovesModifiedTime });
    await run.held.writer.write([{ kind: 'put', row }]);
  }
  for (const write of writes) {
    await run.held.writer.write([write]);
  }
}

/** A read right before the PUT showed that a human had acted: these holds leave the report alone until they end. */
async function rememberWithoutEffect(run: HeldRun, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) {
    return;
  }
  const states = new Map(holds.map((hold) => [rowKeys.hold(hold), hold.state]));
  await run.ledger.changeHolds(run.accountKey, (hold) => {
    const state = states.get(rowKeys.hold(hold));
    return state === undefined || state === hold.state || hold.ended !== null ? null : { ...hold, state };
  });
}

function historyOf(
  run: HeldRun,
  decision: ReportDecision,
  result: ReportResult | null,
  events: readonly ReportEvent[],
): readonly HistoryEntry[] {
  const common = { reportId: decision.reportId, atMs: run.clock.now(), who: run.who, runId: run.runId };
  // What lasts is told again by the watchdog at its own rate, and would fill the history.
  const once = events.filter(({ name }) => name !== 'ReportUnseen');
  const told = once.map((event) => ({
    ...common,
    what: event.name,
    why: event.detail,
    observed: null,
    requestId: null,
  }));
  if (result === null || decision.action === 'none') {
    return told;
  }
  const { outcome, code, after, requestId } = result;
  return [
    ...told,
    { ...common, what: outcome, why: `${decision.reason} ${code}`, observed: after, requestId },
  ];
}
