import type { Decided, DecideInput } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { Reason } from '../deciding/reasons.ts';
import { MAX_REFUTED } from '../deciding/transition.ts';
import { type Hold, isLiveAt, isOfOccurrence } from '../model/hold.ts';
import type { Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { explained, outcomeOf } from '../running/explain.ts';
import type { ResultCode } from '../running/reportResult.ts';
import { inSteps, type Steps } from '../time/steps.ts';
import type { Occurrence } from '../windows/occurrences.ts';
import { selectForWindow } from '../windows/selectForWindow.ts';
import type { Window } from '../windows/window.ts';
import type { RunProblemCode } from './run.ts';

/**
 * How far a report is that an open window selects.
 * - `paused`: by us, read so by its id, and shown so since.
 * - `pausedByOthers`: a person had paused it, or it cannot be told who did.
 * - `notPaused`: it is not, will not be now, and the code says why.
 * - `waiting`: none of these yet.
 */
export type Standing = 'paused' | 'pausedByOthers' | 'notPaused' | 'waiting';

/** Why a report is that far; `docs/faults.md` explains each. */
type ReadyCode =
  | Reason
  | Extract<ResultCode | RunProblemCode, 'unconfirmed' | 'window_over_limit'>
  | 'upstream_refused';

/** One selected report, how far it is, and why. */
export interface ReadyReport {
  readonly reportId: string;
  readonly reportName: string;
  readonly standing: Standing;
  readonly code: ReadyCode;
  readonly message: string;
  /** Whether the service shows it, so that its executions can be asked for. */
  readonly isShown: boolean;
  /** Changes when it is paused anew: what was known of its executions before proves nothing then. */
  readonly pausedMs: number;
}

/** How far each report is that the window selects, or holds though it is not shown; none of those that are left out of it. Pure. */
export function* judgeReadiness(
  {
    window,
    occurrence,
    hasBegun,
  }: {
    readonly window: Window;
    readonly occurrence: Occurrence;
    /** Whether a look has ended that began the occurrence: before that nothing is known but what a list shows. */
    readonly hasBegun: boolean;
  },
  known: DecideInput,
  decided: Decided,
): Steps<readonly ReadyReport[]> {
  const reports = [...known.observations.values()].flatMap((one) =>
    one.kind === 'seen' ? [one.report] : [],
  );
  const { selected, unknownIds, overLimit, exempt } = yield* selectForWindow(window, reports, known.nowMs);
  const leftOut = new Set(exempt.map(({ reportId }) => reportId));
  const state = decided.windowStates.find((one) => one.window.name === window.name);
  const held = (state?.desired ?? []).map(({ reportId }) => reportId);
  const desired = new Set(held.filter((reportId) => !leftOut.has(reportId)));
  const ids = new Set([...selected.map(({ reportId }) => reportId), ...unknownIds, ...desired]);
  const decisions = new Map(decided.decisions.map((decision) => [decision.reportId, decision]));
  const holdsOf = Map.groupBy(known.holds, ({ reportId }) => reportId);
  const judged: ReadyReport[] = [];
  yield* inSteps(ids, (reportId) => {
    const observation = known.observations.get(reportId);
    const ownership = known.ownerships.get(reportId) ?? null;
    const report = observation?.kind === 'seen' ? observation.report : null;
    const facts: Facts = {
      ...{ report, observation, ownership, decision: decisions.get(reportId) ?? null },
      ...{ holds: holdsOf.get(reportId) ?? [], occurrence, hasBegun, nowMs: known.nowMs },
      isLeftOut: overLimit && !desired.has(reportId),
    };
    judged.push({
      reportId,
      reportName: report?.reportName ?? ownership?.reportName ?? '',
      ...standingOf(facts),
      isShown: report !== null,
      pausedMs: ownership?.sinceMs ?? 0,
    });
  });
  return judged;
}

interface Facts {
  readonly report: Report | null;
  readonly observation: Observation | undefined;
  readonly ownership: Ownership | null;
  readonly decision: ReportDecision | null;
  readonly holds: readonly Hold[];
  readonly occurrence: Occurrence;
  readonly hasBegun: boolean;
  readonly nowMs: number;
  readonly isLeftOut: boolean;
}

type Judged = Pick<ReadyReport, 'standing' | 'code' | 'message'>;

function standingOf(facts: Facts): Judged {
  if (facts.isLeftOut) {
    const message = 'The window selects more reports than its maxReports, so it pauses none of them.';
    return { standing: 'notPaused', code: 'window_over_limit', message };
  }
  switch (facts.report?.reportStatus) {
    case 'Paused':
      return standingOfPaused(facts);
    case 'Active':
      return standingOfActive(facts);
    case 'Inactive':
      // One of ours that is shown so once may be a slip of the service: two looks decide.
      return facts.hasBegun && (facts.ownership === null || facts.ownership.kind === 'ended')
        ? told('notPaused', 'inactive')
        : waiting(facts);
    case undefined:
      return standingOfMissing(facts);
  }
}

/** Shown paused by a list is no proof: ours are read by id, and what is somebody else's a run has read so. */
function standingOfPaused(facts: Facts): Judged {
  const { ownership, holds, occurrence } = facts;
  if (ownership?.kind === 'paused') {
    return told('paused', 'held');
  }
  if (ownership?.kind === 'doubtful') {
    return told('pausedByOthers', 'doubtful');
  }
  const isForeign = holds.some((hold) => isOfOccurrence(hold, occurrence) && hold.state === 'foreign');
  return isForeign && (ownership === null || ownership.kind === 'ended')
    ? told('pausedByOthers', 'foreign_pause')
    : waiting(facts);
}

/** A list may lack a report that is there: a look reads it by its id. */
function standingOfMissing(facts: Facts): Judged {
  switch (facts.ownership?.kind) {
    case undefined:
    case 'ended':
      return facts.hasBegun ? told('notPaused', 'not_found') : waiting(facts);
    case 'paused':
    case 'doubtful':
      return told('notPaused', 'held_unseen');
    default:
      return waiting(facts);
  }
}

function standingOfActive(facts: Facts): Judged {
  const { ownership, holds, occurrence, nowMs } = facts;
  const last = ownership?.attempts.at(-1);
  // What an earlier occurrence tried says nothing of this one.
  if (last !== undefined && last.towards === 'Paused' && last.sentMs >= occurrence.fromMs) {
    if (last.answer === 'refused') {
      const message = 'Partner Center refused the pause. It is tried again while the window lasts.';
      return { standing: 'notPaused', code: 'upstream_refused', message };
    }
    if ((ownership?.kind === 'pausing' || ownership?.kind === 'ended') && ownership.refuted >= MAX_REFUTED) {
      return told('notPaused', 'pause_not_effective');
    }
  }
  // What anything still wants paused is only not paused yet.
  const isWanted = holds.some((hold) => isLiveAt(hold, nowMs));
  const own = holds.find((hold) => isOfOccurrence(hold, occurrence));
  return isWanted || own === undefined || own.state === 'live'
    ? waiting(facts)
    : {
        standing: 'notPaused',
        code: 'hold_without_effect',
        message: own.state === 'dropped' ? explained.hold_without_effect.message : RESUMED_BY_OTHERS,
      };
}

const RESUMED_BY_OTHERS = 'Somebody else had paused it and has resumed it since, so it is left alone.';

function told(standing: Standing, code: Reason): Judged {
  return { standing, code, message: explained[code].message };
}

function waiting({ ownership, decision, hasBegun }: Facts): Judged {
  const isUnderWay = ownership?.kind === 'pausing' || ownership?.kind === 'resuming';
  if (isUnderWay) {
    return {
      standing: 'waiting',
      code: 'unconfirmed',
      message: 'A change left, and no read has shown it yet.',
    };
  }
  if (decision?.reason === 'foreign_pause') {
    return {
      ...{ standing: 'waiting', code: 'fresh_read_awaited' },
      message: 'It is shown paused, and is to be read by its id before that is believed.',
    };
  }
  return decision === null || decision.action !== 'none' || !hasBegun
    ? {
        standing: 'waiting',
        code: decision?.action === 'pause' ? decision.reason : 'hold_began',
        message: 'It is not paused yet: its turn has not come.',
      }
    : { standing: 'waiting', code: decision.reason, message: outcomeOf(decision).message };
}
