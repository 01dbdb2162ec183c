import type { Decided } from '../deciding/decide.ts';
import type { ReportDecision, ReportSituation } from '../deciding/decideReport.ts';
import type { ClosedHold } from '../deciding/reconcileHolds.ts';
import type { EventWithFacts } from '../deciding/reportEvent.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { LearnedFacts } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import { type Change, changeReport } from './changeReport.ts';
import { changesAtOnce } from './changesAtOnce.ts';
import { createRoom, type Room } from './createRoom.ts';
import { followUpWrite } from './followUps.ts';
import { inTurns } from './inTurns.ts';
import { keepFacts, rememberWithoutEffect } from './keepFacts.ts';
import type { Observed } from './observeReports.ts';
import { classOf, type ReportResult, type StopCode } from './reportResult.ts';
import {
  changedResult,
  doneNothing,
  failedResult,
  lookUpFailed,
  stoppedResult,
  unconfirmedResult,
} from './resultOf.ts';
import type { HeldRun } from './runContext.ts';
import { createRunLog, type RunLog } from './runLog.ts';

/** With less time than this left, no change begins. */
const MIN_TIME_IN_MS = 5_000;

/** What came of the decisions. */
export interface Acted {
  readonly results: readonly ReportResult[];
  readonly events: readonly EventWithFacts[];
  /** False where the lease or the ledger was lost on the way: then nothing more may be written either. */
  readonly mayWrite: boolean;
}

interface ActInput {
  readonly snapshot: AccountSnapshot;
  readonly decided: Decided;
  readonly decisions: readonly ReportDecision[];
  readonly observed: Observed;
}

interface Progress {
  readonly log: RunLog;
  readonly room: Room;
  learned: LearnedFacts;
  readonly withoutEffect: Hold[];
  stop: StopCode | null;
}

type Todo = {
  readonly decision: ReportDecision;
  readonly situation: ReportSituation;
  /** Holds of the report that this run ends. */
  readonly closed: readonly ClosedHold[];
  /** As it was observed; null where the service did not show it. */
  readonly report: Report | null;
};

/**
 * Carries out the decisions: resumes first, then pauses, several at once. One bad report never hides the others; a
 * failure that all would meet, a lost lease or the end of the time stops the rest, and says so per report.
 */
export async function actOnReports(run: HeldRun, input: ActInput): Promise<Acted> {
  const { closed } = input.decided.holdChanges;
  const closedOf = Map.groupBy(closed, ({ hold }) => hold.reportId);
  const log = createRunLog(run, input.decided.holdChanges);
  const { inAll, towardsAnswer } = changesAtOnce(run.account);
  const room = createRoom(towardsAnswer);
  const { learned } = input.snapshot.facts;
  const progress: Progress = { log, room, learned, withoutEffect: [], stop: null };
  await untilLedgerFails(progress, () => tellDoneNothing(input, log));
  const todo = ['resume', 'pause'].map((action) => {
    const decisions = input.decisions.filter((decision) => decision.action === action);
    return inTurns(
      decisions.flatMap((decision) => todoOf(input, decision, closedOf.get(decision.reportId) ?? [])),
      holderOf,
    );
  });
  for (const ofAction of todo) {
    const rest = await untilPauseWasRead(run, progress, ofAction);
    await forEachConcurrently(rest, inAll, (one) => changeOne(run, progress, one));
  }
  if (mayWrite(progress)) {
    await untilLedgerFails(progress, async () => {
      await keepFacts(run, input, progress.learned);
      await rememberWithoutEffect(run, progress.withoutEffect);
    });
  }
  return { results: log.results, events: log.events, mayWrite: mayWrite(progress) };
}

/** Until one pause was read Paused on this account, one report is paused at a time. Returns those that are left. */
async function untilPauseWasRead(
  run: HeldRun,
  progress: Progress,
  todo: readonly Todo[],
): Promise<readonly Todo[]> {
  let at = 0;
  for (const one of todo) {
    if (progress.learned.pauseWasRead || one.decision.action !== 'pause') {
      break;
    }
    at += 1;
    await changeOne(run, progress, one);
  }
  return todo.slice(at);
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

async function tellDoneNothing({ decisions, decided, observed }: ActInput, log: RunLog): Promise<void> {
  const told = decisions.map(async (decision) => {
    const situation = decided.situations.get(decision.reportId);
    const isConcerned =
      situation !== undefined && (situation.holds.length > 0 || situation.ownership !== null);
    if (decision.action !== 'none' || !isConcerned) {
      return;
    }
    const failure = failureOf(observed, situation);
    const report = situation.observation.kind === 'seen' ? situation.observation.report : null;
    const result = failure === null ? doneNothing(decision, report) : lookUpFailed(decision, failure);
    await log.tell(decision, result, decision.events);
  });
  await Promise.all(told);
}

/** Why nothing is known of the report now; null where something is. */
function failureOf({ failures, listFailure }: Observed, { reportId, observation }: ReportSituation) {
  return failures.get(reportId) ?? (observation.kind === 'absent' ? listFailure : null);
}

function todoOf(
  { decided }: ActInput,
  decision: ReportDecision,
  closed: readonly ClosedHold[],
): readonly Todo[] {
  const situation = decided.situations.get(decision.reportId);
  if (situation === undefined) {
    return [];
  }
  const { observation } = situation;
  const report = observation.kind === 'seen' ? observation.report : null;
  return [{ decision, situation: { ...situation, holds: decision.holds }, closed, report }];
}

/** Whoever holds the report; windows and requests take turns, so that none has to wait for all of another. */
function holderOf({ decision }: Todo): string {
  const holder = decision.holds.find(({ state }) => state === 'live')?.holder;
  switch (holder?.kind) {
    case undefined:
      return '';
    case 'window':
      return `window ${holder.window}`;
    case 'request':
      return `request ${holder.caller}`;
    case 'webhook':
      return `webhook ${holder.source}`;
  }
}

async function changeOne(run: HeldRun, progress: Progress, todo: Todo): Promise<void> {
  const { room } = progress;
  // Looked at when its turn comes: by then an earlier one may have met what all would meet.
  const begin = <Answer>(put: () => Promise<Answer>) =>
    room.within(async () => (mayBegin(run, progress) ? await put() : null));
  let change: Change | null = null;
  if (progress.stop === null) {
    await untilLedgerFails(progress, async () => {
      const situation = { ...todo.situation, learned: progress.learned };
      change = await changeReport(run, { ...todo, situation }, begin);
      if (change !== null) {
        await tellChange(run, progress, todo, change);
      }
    });
  }
  if (change === null && progress.stop !== null) {
    const result = stoppedResult(todo.decision, todo.report, progress.stop);
    await untilLedgerFails(progress, () => progress.log.tell(todo.decision, result, todo.decision.events));
  }
}

function mayBegin(run: HeldRun, progress: Progress): boolean {
  if (run.clock.now() + MIN_TIME_IN_MS > run.deadlineMs || run.mustGiveWay()) {
    progress.stop ??= 'out_of_time';
  }
  return progress.stop === null;
}

async function tellChange(run: HeldRun, progress: Progress, todo: Todo, change: Change): Promise<void> {
  const { decision } = todo;
  const { log } = progress;
  switch (change.kind) {
    case 'decidedOtherwise': {
      progress.withoutEffect.push(...change.decision.holds.filter((hold) => hold.state !== 'live'));
      const events = [...decision.events, ...change.decision.events];
      return log.tell(change.decision, doneNothing(change.decision, change.report), events);
    }
    case 'failed':
      progress.stop = classOf(change.failure.code).endsRun ? 'run_stopped' : progress.stop;
      return log.tell(decision, failedResult(decision, todo.report, change), [
        ...decision.events,
        ...change.events,
      ]);
    case 'unconfirmed':
      return log.tell(decision, unconfirmedResult(decision, todo.report, change), [
        ...decision.events,
        ...change.events,
      ]);
    case 'changed': {
      progress.learned = change.learned;
      const nowMs = run.clock.now();
      const span = { pausedAtMs: decision.ownership?.sinceMs ?? nowMs, nowMs };
      const told = changedResult(decision, todo.report, change, span);
      await log.tell(decision, told.result, [...decision.events, ...change.events, ...told.events]);
      const followUp =
        told.result.outcome === 'resumed' ? followUpWrite(run.accountKey, change.report, nowMs) : [];
      return followUp.length > 0 ? run.held.writer.write(followUp) : undefined;
    }
  }
}
