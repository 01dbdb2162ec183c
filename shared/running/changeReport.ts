import { decideReport, type ReportDecision, type ReportSituation } from '../deciding/decideReport.ts';
import { judgeAnsweredPause, judgeFoundPause, learnFrom, narrowedTo } from '../deciding/judge.ts';
import { evidenceOf } from '../deciding/settle.ts';
import type { ChangeAnswer, PutAttempt, PutOptions } from '../insights/insightsClient.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { LedgerError } from '../ledger/ledgerError.ts';
import type { AttemptInterval, Evidence, Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { ownershipWrite } from './persistDecisions.ts';
import type { HeldRun } from './runContext.ts';

type Seen = Extract<Observation, { kind: 'seen' }>;

/** How one change of a report ended. */
export type Change =
  | {
      readonly kind: 'changed';
      readonly report: Report;
      readonly ownership: Ownership | null;
      readonly answer: Extract<ChangeAnswer, { ok: true }>;
      /** What the change taught about the account's API; null where nothing. */
      readonly learned: 'yes' | 'no' | null;
    }
  | { readonly kind: 'failed'; readonly failure: InsightsFailure; readonly ownership: Ownership | null }
  /** Read again right before the PUT, the report called for something else. */
  | { readonly kind: 'decidedOtherwise'; readonly decision: ReportDecision };

/** A row stays small however long a service times out; older attempts can hardly be the ones that took effect. */
const MAX_ATTEMPTS_KEPT = 20;

/** The longest one change may take, retries and waits included. */
const MAX_CHANGE_IN_MS = 90_000;

/**
 * Pauses or resumes one report as decided. Each attempt is written ahead with what was read before it, under the
 * account's lease; the outcome is written after. Where the client had to read the report again, the decision is
 * made again on that read. `begin` says when the PUT's turn has come, or null where it shall not be sent any more; then
 * null is all that comes of it. `readAgain` saves the client a read of its own.
 * @throws LedgerError where the ledger cannot be written: then nothing more may be done on the account.
 */
export async function changeReport(
  run: HeldRun,
  change: { readonly situation: ReportSituation; readonly decision: ReportDecision; readonly seen: Seen },
  turn: {
    readonly begin: <Answer>(put: () => Promise<Answer>) => Promise<Answer | null>;
    readonly readAgain: NonNullable<PutOptions['readAgain']>;
  },
): Promise<Change | null> {
  const { action } = change.decision;
  const before = change.decision.ownership;
  const state: ChangeState = { seen: change.seen, written: before, otherwise: null, fault: null };
  const onAttempt = (attempt: PutAttempt) => writeAhead(run, change, state, attempt);
  const put = action === 'pause' ? run.client.pause : run.client.resume;
  const { readAgain } = turn;
  const answer = await turn.begin(() => {
    const deadlineMs = Math.min(run.deadlineMs, run.clock.now() + MAX_CHANGE_IN_MS);
    const call = { correlationId: run.correlationId, signal: run.signal, deadlineMs };
    const options = { readAtMs: change.seen.readAtMs, readAgain, onAttempt };
    return put(change.decision.reportId, call, options);
  });
  if (answer === null) {
    return null;
  }
  if (state.fault !== null) {
    throw state.fault.error;
  }
  if (state.otherwise !== null) {
    await store(run, state.written, state.otherwise.ownership);
    return { kind: 'decidedOtherwise', decision: state.otherwise };
  }
  if (!answer.ok) {
    const ownership = afterFailure(state.written, before, answer.failure);
    await store(run, state.written, ownership);
    return { kind: 'failed', failure: answer.failure, ownership };
  }
  const sent = asSent(state, answer);
  const ownership = action === 'pause' ? afterPause(run, sent, answer, change.situation) : null;
  await store(run, state.written, ownership);
  return { kind: 'changed', report: answer.value, ownership, answer, learned: lesson(sent, answer) };
}

interface ChangeState {
  seen: Seen;
  /** The ownership as the ledger has it now. */
  written: Ownership | null;
  otherwise: ReportDecision | null;
  /** What the write ahead threw: thrown on once the client has stopped. */
  fault: { readonly error: unknown } | null;
}

/** What was written ahead, narrowed to what was really sent. */
function asSent(
  { written, seen }: ChangeState,
  answer: Extract<ChangeAnswer, { ok: true }>,
): Ownership | null {
  const sentServiceMs = answer.sentMs + seen.serviceOffsetInMs;
  return written?.kind === 'pausing'
    ? { ...written, attempts: narrowedTo(sentServiceMs, written.attempts) }
    : written;
}

/** True where the attempt may leave: it is still called for, the lease outlasts it, and it is written down. */
async function writeAhead(
  run: HeldRun,
  change: { readonly situation: ReportSituation; readonly decision: ReportDecision },
  state: ChangeState,
  attempt: PutAttempt,
): Promise<boolean> {
  const { action, ownership } = change.decision;
  if (attempt.reread !== null) {
    const observation: Seen = { ...state.seen, report: attempt.reread, readAtMs: attempt.readAtMs };
    const again = decideReport({ ...change.situation, ownership, observation, nowMs: attempt.startedMs });
    state.seen = observation;
    if (again.action !== action) {
      state.otherwise = again;
      return false;
    }
  }
  try {
    if (!(await run.held.writer.holdsUntil(attempt.latestEndMs))) {
      throw new LedgerError('lease_lost', 'the lease ends before the attempt would', null);
    }
    // What was plainly refused changed nothing: a pause in that time is somebody else's.
    const earlier = attemptsOf(attempt.isAfterUnclear ? state.written : ownership);
    const intent = intentOf(action, { written: state.written, earlier }, state.seen, attempt);
    await run.held.writer.write(ownershipWrite(run.accountKey, state.written, intent));
    state.written = intent;
    return true;
  } catch (error) {
    state.fault = { error };
    return false;
  }
}

async function store(run: HeldRun, before: Ownership | null, after: Ownership | null): Promise<void> {
  const writes = ownershipWrite(run.accountKey, before, after);
  if (writes.length > 0) {
    await run.held.writer.write(writes);
  }
}

function attemptsOf(ownership: Ownership | null): readonly AttemptInterval[] {
  return ownership !== null && 'attempts' in ownership ? ownership.attempts : [];
}

function intentOf(
  action: ReportDecision['action'],
  { written, earlier }: { readonly written: Ownership | null; readonly earlier: readonly AttemptInterval[] },
  seen: Seen,
  attempt: PutAttempt,
): Ownership {
  const { report, serviceOffsetInMs } = seen;
  const interval: AttemptInterval = {
    fromServiceMs: attempt.startedMs + serviceOffsetInMs,
    // The Date header is cut to the second, so the service may be up to a second further.
    untilServiceMs: attempt.latestEndMs + serviceOffsetInMs + 1000,
  };
  const common = {
    reportId: report.reportId,
    reportName: report.reportName,
    queryId: report.queryId,
    sinceMs: written?.sinceMs ?? attempt.startedMs,
    seenActiveAtMs: null,
    notFoundSinceMs: null,
    attempts: [...earlier, interval].slice(-MAX_ATTEMPTS_KEPT),
  };
  if (action === 'pause') {
    return { ...common, kind: 'pausing', sinceMs: attempt.startedMs, before: evidenceOf(report) };
  }
  const kept: Evidence = written !== null && 'kept' in written ? written.kept : evidenceOf(report);
  return { ...common, kind: 'resuming', kept };
}

function afterPause(
  run: HeldRun,
  written: Ownership | null,
  answer: Extract<ChangeAnswer, { ok: true }>,
  situation: ReportSituation,
): Ownership {
  const after = evidenceOf(answer.value);
  const { reportId, reportName, queryId } = answer.value;
  const common = {
    reportId,
    reportName,
    queryId,
    sinceMs: run.clock.now(),
    seenActiveAtMs: null,
    notFoundSinceMs: null,
  };
  if (written?.kind !== 'pausing') {
    return { ...common, kind: 'doubtful', because: 'paused without a written intent' };
  }
  const { before, attempts } = written;
  const verdict =
    answer.confirmedBy === 'answer'
      ? judgeAnsweredPause({ before, after, attempts })
      : judgeFoundPause({ before, found: after, attempts, pauseMovesModifiedTime: situation.learned });
  return verdict === 'ours'
    ? { ...common, kind: 'paused', kept: after, owed: null }
    : { ...common, kind: 'doubtful', because: 'somebody changed it between our read and our pause' };
}

/** What stays known after a call that failed: an attempt that may have taken effect is never forgotten. */
function afterFailure(
  written: Ownership | null,
  decided: Ownership | null,
  failure: InsightsFailure,
): Ownership | null {
  if (failure.mayHaveTakenEffect) {
    return written;
  }
  return decided?.kind === 'paused' ? { ...decided, owed: failure.code } : decided;
}

function lesson(written: Ownership | null, answer: Extract<ChangeAnswer, { ok: true }>): 'yes' | 'no' | null {
  return written?.kind === 'pausing' && answer.confirmedBy === 'answer'
    ? learnFrom({ before: written.before, after: evidenceOf(answer.value), attempts: written.attempts })
    : null;
}
