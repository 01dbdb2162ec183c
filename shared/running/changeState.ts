import { decideReport, type ReportDecision, type ReportSituation } from '../deciding/decideReport.ts';
import type { ClosedHold } from '../deciding/reconcileHolds.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { CallContext, ReadBeforePut, SentPut } from '../insights/insightsClient.ts';
import type { Attempt, Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import type { HeldRun } from './runContext.ts';

/** A row stays small however long a service times out; older attempts can hardly be the ones that took effect. */
export const MAX_ATTEMPTS_KEPT = 20;

export interface ChangeState {
  readonly action: 'pause' | 'resume';
  readonly situation: ReportSituation;
  readonly decision: ReportDecision;
  /** Holds of the report that this run ends. */
  readonly closed: readonly ClosedHold[];
  readonly call: CallContext;
  /** The ownership before the intent, and as the ledger has it now. */
  before: Ownership | null;
  written: Ownership | null;
  /** The same with what only this process knows: how its attempts ended, what it has read since. */
  current: Ownership | null;
  /** Whether the last intent was written and its PUT has not left. */
  isUnsent: boolean;
  /** What a read and its repeats agreed on, in this change. */
  confirmed: Observation | null;
  /** The report as it was last read. */
  report: Report | null;
  otherwise: ReportDecision | null;
  /** What the reads before the PUTs made known. */
  events: readonly ReportEvent[];
  /** What the write ahead threw: thrown on once the client has stopped. */
  fault: { readonly error: unknown } | null;
}

/** What was written ahead and never left is no attempt; whoever takes over from a killed process cannot know that. */
export function forgetUnsent(state: ChangeState): void {
  if (state.isUnsent) {
    state.current = state.before;
    state.isUnsent = false;
  }
}

export function decideOn(run: HeldRun, state: ChangeState, observation: Observation): ReportDecision {
  const { situation, current } = state;
  return decideReport({ ...situation, ownership: current, observation, nowMs: run.clock.now() });
}

export function observationOf({ report, readAtMs, serviceOffsetInMs }: ReadBeforePut): Observation {
  return report === null
    ? { kind: 'notFound', readAtMs }
    : { kind: 'seen', by: 'id', report, readAtMs, serviceOffsetInMs, listed: '' };
}

export function reportOf(observation: Observation): Report | null {
  return observation.kind === 'seen' ? observation.report : null;
}

/** How the attempt ended, known to this process before the ledger knows it. */
export function noteSent(state: ChangeState, { sentMs, endedMs, limitMs, answer }: SentPut): void {
  const { current } = state;
  const last = current?.attempts.at(-1);
  state.isUnsent = false;
  if (current === null || last === undefined) {
    return;
  }
  const attempt: Attempt = { ...last, sentMs, endedMs, limitMs, answer };
  const chain =
    attempt.towards === 'Paused'
      ? { ...current.chain, pauseSentMs: sentMs, pauseAnsweredMs: endedMs }
      : { ...current.chain, resumeSentMs: sentMs };
  state.current = { ...current, chain, attempts: [...current.attempts.slice(0, -1), attempt] };
}

export function isReached({ action, current }: ChangeState): boolean {
  return current?.kind === (action === 'pause' ? 'paused' : 'resumed');
}
