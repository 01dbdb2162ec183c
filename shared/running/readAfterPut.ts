import { CONFIRMED_WITHIN_MS, evidenceOf } from '../deciding/evidence.ts';
import { learnFromChange } from '../deciding/learning.ts';
import type { ChangeAnswer, SentPut } from '../insights/insightsClient.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import type { LearnedFacts, Observation, Ownership } from '../model/ownership.ts';
import { type ChangeState, decideOn, isReached, MAX_ATTEMPTS_KEPT, reportOf } from './changeState.ts';
import { lookById } from './observeReports.ts';
import type { HeldRun } from './runContext.ts';
import { trailEntry } from './trail.ts';

/** Waits between the reads after an accepted PUT: ten seconds in all. */
const READ_AFTER_MS: readonly number[] = [0, 500, 1_000, 2_000, 3_000, 3_000];

/** Reads by id until the change shows; after anything but an accepted PUT once, at once. */
export async function readAfter(
  run: HeldRun,
  state: ChangeState,
  sent: SentPut,
): Promise<Observation | null> {
  const waits = sent.answer === 'accepted' ? READ_AFTER_MS : READ_AFTER_MS.slice(0, 1);
  let last: Observation | null = null;
  for (const waitInMs of waits) {
    if (waitInMs > 0) {
      if (run.clock.now() + waitInMs > sent.endedMs + CONFIRMED_WITHIN_MS) {
        break;
      }
      await run.clock.sleep(waitInMs, run.signal);
    }
    const look = await lookById(
      // In line with the reads that begin changes: before them all, the last changes would go one by one, places idle.
      { ...run, call: state.call, rank: 'confirm' },
      state.decision.reportId,
      state.current?.listed ?? '',
    );
    if (!look.ok) {
      break;
    }
    last = look.observation;
    const decided = decideOn(run, state, look.observation);
    state.report = reportOf(look.observation) ?? state.report;
    state.current = decided.ownership ?? state.current;
    if (isReached(state)) {
      break;
    }
    if (state.current?.kind === 'doubtful' || state.current?.kind === 'ended') {
      state.otherwise = decided;
      break;
    }
  }
  return last;
}

export function learn(
  { written, situation, current, action }: ChangeState,
  look: Observation | null,
): LearnedFacts {
  const attempt = current?.attempts.at(-1);
  if (written === null || attempt === undefined || look?.kind !== 'seen' || action === 'resume') {
    return situation.learned;
  }
  const before = written.kind === 'pausing' ? written.before : evidenceOf(look.report);
  return learnFromChange(situation.learned, {
    ...{ before, after: evidenceOf(look.report), attempt, readAtMs: look.readAtMs },
  });
}

/** What was done stands in the report's own row, so that it costs no row of its own. */
export function withTrail(
  run: HeldRun,
  { current, decision, action, closed }: ChangeState,
  { facts }: ChangeAnswer,
): Ownership | null {
  const entry = trailEntry(run, decision, closed, {
    ...{ what: action === 'pause' ? 'paused' : 'resumed', requestId: facts.requestId },
    observed: action === 'pause' ? 'Paused' : 'Active',
  });
  return current === null ? null : { ...current, trail: [...current.trail, entry].slice(-MAX_ATTEMPTS_KEPT) };
}

/** A resume that was refused stays owed, with why. */
export function owedAfter({ current, action }: ChangeState, { code }: InsightsFailure): Ownership | null {
  return action === 'resume' && current?.kind === 'paused' ? { ...current, owed: code } : current;
}

export function failureOf({ failure }: SentPut, facts: ChangeAnswer['facts']): InsightsFailure {
  const { attempts, durationInMs, throttledInMs, requestId } = facts;
  const told = { attempts, durationInMs, throttledInMs, requestId };
  return failure === null
    ? {
        ...told,
        code: 'not_confirmed',
        message: 'No read shows the change yet',
        httpStatus: 200,
        retryable: true,
      }
    : {
        ...told,
        code: failure.code,
        message: failure.message,
        httpStatus: failure.httpStatus,
        retryable: failure.retryable,
      };
}

export function unsent({
  attempts,
  durationInMs,
  throttledInMs,
  requestId,
}: ChangeAnswer['facts']): InsightsFailure {
  return {
    ...{ code: 'deadline_too_near', message: 'The change was not sent', httpStatus: null, retryable: true },
    ...{ attempts, durationInMs, throttledInMs, requestId },
  };
}
