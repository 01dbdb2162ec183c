import {
  type Attempt,
  type Evidence,
  nothingLearned,
  type Observation,
  type Ownership,
} from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { compareTimes, isEdited, isOwnStamp } from './evidence.ts';
import { netAfterLook, netAtIntent } from './netAfter.ts';

/** What an event `ReportPaused` says of a pause of ours, for a ledger that was lost. */
export interface PauseRecord {
  readonly reportId: string;
  /** When the pause was confirmed, epoch milliseconds. */
  readonly pausedAtMs: number;
  /** What the report showed right after it. */
  readonly kept: Evidence;
}

/** Whether a pause that an event calls ours is taken into the ledger. */
export type Adoption =
  | { readonly kind: 'adopted'; readonly ownership: Ownership; readonly report: Report }
  | { readonly kind: 'ownedAlready'; readonly report: Report | null }
  | { readonly kind: 'notPaused'; readonly report: Report }
  /** It is paused, and somebody touched or edited it since: no record of ours proves whose pause it is now. */
  | { readonly kind: 'notAsRecorded'; readonly report: Report }
  | { readonly kind: 'notShown' };

/**
 * Judges one record by what the service shows now. Stricter than the ledger's own rules: a pause that was edited
 * since is not adopted, because nothing tells what else happened while there was no ledger. Pure.
 */
export function judgeAdoption(
  record: PauseRecord,
  seen: { readonly observation: Observation | null; readonly ownership: Ownership | null },
  evidence: Evidence | null,
): Adoption {
  const { observation, ownership } = seen;
  const report = observation?.kind === 'seen' ? observation.report : null;
  if (ownership !== null) {
    return { kind: 'ownedAlready', report };
  }
  if (report === null || evidence === null) {
    return { kind: 'notShown' };
  }
  if (report.reportStatus !== 'Paused') {
    return { kind: 'notPaused', report };
  }
  const { kept, pausedAtMs } = record;
  const attempt = attemptOf(pausedAtMs);
  const isUnmoved =
    compareTimes(kept, evidence) === 'same' ||
    isOwnStamp(evidence.modifiedMs, Number.POSITIVE_INFINITY, [attempt], nothingLearned);
  return isUnmoved && !isEdited(kept, evidence)
    ? { kind: 'adopted', ownership: ownershipOf(report, attempt, evidence), report }
    : { kind: 'notAsRecorded', report };
}

/** The longest that an attempt of ours lasts before its pause is read. */
const MAX_ATTEMPT_MS = 40_000;

function attemptOf(pausedAtMs: number): Attempt {
  return {
    ...{ towards: 'Paused', sentMs: pausedAtMs - MAX_ATTEMPT_MS, endedMs: pausedAtMs, limitMs: pausedAtMs },
    ...{ answer: 'accepted', serviceOffsetInMs: 0 },
  };
}

function ownershipOf(report: Report, attempt: Attempt, kept: Evidence): Ownership {
  const { reportId, reportName, queryId } = report;
  const { sentMs, limitMs: sinceMs } = attempt;
  return {
    ...{ kind: 'paused', reportId, reportName, queryId, sinceMs, kept, owed: null },
    ...{ attempts: [attempt], odd: null, lookedMs: sinceMs, listed: '', trail: [] },
    chain: {
      ...{ readBeforeMs: null, readActiveMs: null, pauseSentMs: sentMs, pauseAnsweredMs: sinceMs },
      ...{ readPausedMs: sinceMs, resumeSentMs: null, readResumedMs: null, takenOver: null },
    },
    net: netAfterLook(netAtIntent(null, attempt), { status: 'Paused', readAtMs: sinceMs }),
  };
}
