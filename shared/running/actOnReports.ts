import type { Decided } from '../deciding/decide.ts';
import type { ReportDecision, ReportSituation } from '../deciding/decideReport.ts';
import type { EventWithFacts } from '../deciding/reportEvent.ts';
import type { InsightsFailure, InsightsFailureCode } from '../insights/insightsFailure.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { Observation } from '../model/ownership.ts';
import { SIGN_IN_CODES } from '../signIn/signInFailure.ts';
import { type Change, changeReport } from './changeReport.ts';
import { changesAtOnce } from './changesAtOnce.ts';
import { createFreshList, type FreshList } from './createFreshList.ts';
import { createRoom, type Room } from './createRoom.ts';
import { followUpWrite } from './followUps.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import { inTurns } from './inTurns.ts';
import { keepLessons } from './keepLessons.ts';
import type { ReportResult, StopCode } from './reportResult.ts';
import { changedResult, doneNothing, failedResult, lookUpFailed, stoppedResult } from './resultOf.ts';
import type { HeldRun } from './runContext.ts';
import { createRunLog, type RunLog } from './runLog.ts';

/** A failure that every further call would meet too. */
const ENDS_THE_RUN: ReadonlySet<InsightsFailureCode> = new Set([
  ...SIGN_IN_CODES,
  'unauthorized',
  'foreign_origin',
  'aborted',
]);

/** With less time than this left, no change begins. */
const MIN_TIME_IN_MS = 5_000;

const MIN_CALLS_FOR_LISTS = 2;

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
  readonly lookUpFailures: ReadonlyMap<string, InsightsFailure>;
}

interface Progress {
  readonly log: RunLog;
  readonly room: Room;
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
  const { inAll, towardsAnswer } = changesAtOnce(run.account);
  const room = createRoom(towardsAnswer);
  const progress: Progress = { log, room, movesModifiedTime: new Set(), withoutEffect: [], stop: null };
  await untilLedgerFails(progress, () => tellDoneNothing(input, log));
  const todo = ['resume', 'pause'].map((action) => {
    const decisions = input.decisions.filter((decision) => decision.action === action);
    return inTurns(
      decisions.flatMap((decision) => todoOf(input, decision)),
      holderOf,
    );
  });
  const freshList = freshListOf(run, todo.flat());
  for (const ofAction of todo) {
    await forEachConcurrently(ofAction, inAll, (one) => changeOne(run, progress, freshList, one));
  }
  if (mayWrite(progress)) {
    await untilLedgerFails(progress, () => keepLessons(run, input.snapshot, input.decisions, progress));
  }
  return { results: log.results, events: log.events, mayWrite: mayWrite(progress) };
}

/** The list that all were decided on, read again while there is much left to do. */
function freshListOf(run: HeldRun, todo: readonly Todo[]): FreshList & { readonly begins: () => void } {
  // Under a low ceiling a list serves too few changes before it is old.
  const { callsPerSecond } = run.account;
  let left = callsPerSecond === null || callsPerSecond >= MIN_CALLS_FOR_LISTS ? todo.length : 0;
  const call = { correlationId: run.correlationId, signal: run.signal, deadlineMs: run.deadlineMs };
  const freshList = createFreshList({
    list: () => run.client.list({}, call),
    clock: run.clock,
    readAtMs: Math.min(...todo.map(({ seen }) => seen.readAtMs)),
    left: () => left,
  });
  const begins = () => {
    left -= 1;
    freshList.keepFresh();
  };
  return { ...freshList, begins };
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

async function changeOne(
  run: HeldRun,
  progress: Progress,
  freshList: ReturnType<typeof freshListOf>,
  todo: Todo,
): Promise<void> {
  const { room } = progress;
  freshList.begins();
  // Looked at when its turn comes: by then an earlier one may have met what all would meet.
  const begin = <Answer>(put: () => Promise<Answer>) =>
    room.within(async () => (mayBegin(run, progress) ? await put() : null));
  let change: Change | null = null;
  if (progress.stop === null) {
    await untilLedgerFails(progress, async () => {
      change = await changeReport(run, todo, {
        begin,
        readAgain: () => freshList.find(todo.decision.reportId),
      });
      if (change !== null) {
        await tellChange(run, progress, todo, change);
      }
    });
  }
  if (change === null && progress.stop !== null) {
    const result = stoppedResult(todo.seen.report, progress.stop);
    await untilLedgerFails(progress, () => progress.log.tell(todo.decision, result, todo.decision.events));
  }
}

function mayBegin(run: HeldRun, progress: Progress): boolean {
  if (run.clock.now() + MIN_TIME_IN_MS > run.deadlineMs) {
    progress.stop ??= 'out_of_time';
  }
  return progress.stop === null;
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
