import type { ReportDecision, ReportSituation } from '../deciding/decideReport.ts';
import { isOddLook, isSameLook, outvoted } from '../deciding/looks.ts';
import type { ClosedHold } from '../deciding/reconcileHolds.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { ChangeAnswer, ReadBeforePut } from '../insights/insightsClient.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { LedgerError } from '../ledger/ledgerError.ts';
import type { LearnedFacts, Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { intentOf } from './changeIntent.ts';
import {
  type ChangeState,
  decideOn,
  forgetUnsent,
  isReached,
  noteSent,
  observationOf,
  reportOf,
} from './changeState.ts';
import { lookById } from './observeReports.ts';
import { ownershipWrite } from './persistDecisions.ts';
import { failureOf, learn, owedAfter, readAfter, unsent, withTrail } from './readAfterPut.ts';
import type { HeldRun } from './runContext.ts';

/** How one change of a report ended. */
export type Change =
  /** A read by id after the PUT showed it. */
  | {
      readonly kind: 'changed';
      readonly report: Report;
      readonly ownership: Ownership | null;
      readonly facts: ChangeAnswer['facts'];
      readonly learned: LearnedFacts;
      readonly events: readonly ReportEvent[];
    }
  /** It left, and no read has shown it yet: it is under way, and a later run looks again. */
  | {
      readonly kind: 'unconfirmed';
      readonly report: Report | null;
      readonly facts: ChangeAnswer['facts'];
      readonly events: readonly ReportEvent[];
    }
  | {
      readonly kind: 'failed';
      readonly report: Report | null;
      readonly failure: InsightsFailure;
      readonly events: readonly ReportEvent[];
    }
  /** Read again right before the PUT or after it, the report called for something else. */
  | { readonly kind: 'decidedOtherwise'; readonly decision: ReportDecision; readonly report: Report | null };

/** The longest one change may take, waits included. */
const MAX_CHANGE_IN_MS = 90_000;

/** A read that calls for something else is repeated so often, so far apart, before it counts. */
const REPEATS = 2;
const REPEATED_AFTER_MS = 2_000;

/**
 * Pauses or resumes one report as decided: read by id, decided again on that read, written ahead, sent, and read by id until
 * it shows, for ten seconds. Each attempt is decided anew. `begin` says when its turn has come, or null where it shall
 * not be sent any more; then null is all that comes of it.
 * @throws LedgerError where the ledger cannot be written: then nothing more may be done on the account.
 */
export async function changeReport(
  run: HeldRun,
  change: {
    readonly situation: ReportSituation;
    readonly decision: ReportDecision;
    readonly closed: readonly ClosedHold[];
  },
  begin: <Answer>(put: () => Promise<Answer>) => Promise<Answer | null>,
): Promise<Change | null> {
  const { decision, situation, closed } = change;
  const { action, reportId, ownership } = decision;
  if (action === 'none') {
    return null;
  }
  const { observation } = situation;
  const begun = await begin(async () => {
    const deadlineMs = Math.min(run.deadlineMs, run.clock.now() + MAX_CHANGE_IN_MS);
    const call = { correlationId: run.correlationId, signal: run.signal, deadlineMs };
    const state: ChangeState = {
      ...{
        action,
        situation,
        decision,
        closed,
        call,
        otherwise: null,
        events: [],
        fault: null,
        confirmed: null,
      },
      ...{ before: ownership, written: ownership, current: ownership, isUnsent: false },
      report: observation.kind === 'seen' ? observation.report : null,
    };
    const put = await run.client.change(action, reportId, call, {
      beforePut: (read) => beforePut(run, state, read),
      afterPut: (sent) => noteSent(state, sent),
    });
    return { state, put };
  });
  if (begun === null) {
    return null;
  }
  const { state, put } = begun;
  if (state.fault !== null) {
    throw state.fault.error;
  }
  return settle(run, state, put);
}

/** True where the PUT may leave: it is still called for, the lease outlasts it, and it is written down. */
async function beforePut(run: HeldRun, state: ChangeState, read: ReadBeforePut): Promise<boolean> {
  forgetUnsent(state);
  const observation = await expected(run, state, read);
  const again = decideOn(run, state, observation);
  state.report = reportOf(observation) ?? state.report;
  if (again.action !== state.action) {
    state.otherwise = again;
    return false;
  }
  state.events = [...state.events, ...again.events];
  try {
    if (!(await run.held.writer.holdsUntil(read.latestEndMs))) {
      throw new LedgerError('lease_lost', 'the lease ends before the attempt would', null);
    }
    state.before = again.ownership;
    const intent = intentOf(run, state, again.ownership, observation, read);
    await run.held.writer.write(ownershipWrite(run.accountKey, state.written, intent));
    state.written = intent;
    state.current = intent;
    state.isUnsent = true;
    return true;
  } catch (error) {
    state.fault = { error };
    return false;
  }
}

/**
 * What was read, repeated where it is odd or calls for something else than was decided: a glitch of one read changes nothing.
 * Repeats take longer than a PUT may follow its read by: what they confirmed is not repeated when it is read again.
 */
async function expected(run: HeldRun, state: ChangeState, read: ReadBeforePut): Promise<Observation> {
  const first = observationOf(read);
  const isExpected = decideOn(run, state, first).action === state.action;
  const isConfirmed = state.confirmed !== null && isSameLook(state.confirmed, first);
  if (isExpected && (isConfirmed || !isOddLook(state.before, first))) {
    return first;
  }
  read.giveWay();
  const reads: [Observation, ...Observation[]] = [first];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    await run.clock.sleep(REPEATED_AFTER_MS, run.signal);
    const look = await lookById({ ...run, call: state.call }, state.decision.reportId, '');
    if (look.ok) {
      reads.push(look.observation);
    }
  }
  state.confirmed = outvoted(reads);
  return state.confirmed;
}

/** What a PUT that left, or none, came to. */
async function settle(run: HeldRun, state: ChangeState, put: ChangeAnswer): Promise<Change> {
  const { sent, failure, facts } = put;
  forgetUnsent(state);
  if (sent === null) {
    // Nothing left: what was written ahead is taken back.
    const after = state.otherwise === null ? state.before : state.otherwise.ownership;
    await store(run, state.written, after);
    if (state.otherwise !== null) {
      return { kind: 'decidedOtherwise', decision: state.otherwise, report: state.report };
    }
    return { kind: 'failed', report: state.report, failure: failure ?? unsent(facts), events: state.events };
  }
  if (state.otherwise !== null) {
    // An earlier attempt was refused, and the read before the next one called for something else.
    await store(run, state.written, state.otherwise.ownership);
    return { kind: 'decidedOtherwise', decision: state.otherwise, report: state.report };
  }
  const look = await readAfter(run, state, sent);
  const learned = isReached(state) ? learn(state, look) : state.situation.learned;
  const settled = isReached(state)
    ? withTrail(run, state, put)
    : owedAfter(state, failure ?? failureOf(sent, facts));
  await store(run, state.written, settled);
  if (isReached(state) && look?.kind === 'seen') {
    return { kind: 'changed', report: look.report, ownership: settled, facts, learned, events: state.events };
  }
  if (state.otherwise !== null) {
    return { kind: 'decidedOtherwise', decision: state.otherwise, report: state.report };
  }
  return sent.answer === 'refused'
    ? {
        kind: 'failed',
        report: state.report,
        failure: failure ?? failureOf(sent, facts),
        events: state.events,
      }
    : { kind: 'unconfirmed', report: state.report, facts, events: state.events };
}

async function store(run: HeldRun, before: Ownership | null, after: Ownership | null): Promise<void> {
  const writes = ownershipWrite(run.accountKey, before, after);
  if (writes.length > 0) {
    await run.held.writer.write(writes);
  }
}
