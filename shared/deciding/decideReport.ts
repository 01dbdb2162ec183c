import type { Hold } from '../model/hold.ts';
import { isLiveAt } from '../model/hold.ts';
import type { Observation, Ownership, PauseMovesModifiedTime } from '../model/ownership.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';
import { settle } from './settle.ts';
import type { ReadTiming, Settled } from './settled.ts';

export type Mode = 'act' | 'observe' | 'off';

/** All that the decision about one report depends on. */
export interface ReportSituation {
  readonly nowMs: number;
  readonly reportId: string;
  readonly holds: readonly Hold[];
  readonly ownership: Ownership | null;
  readonly observation: Observation;
  readonly learned: PauseMovesModifiedTime;
  /** A window's next occurrence begins within a tick, and nobody asked for the report back: no resume just before it. */
  readonly nextHoldBeginsSoon: boolean;
  /** Why a person settles a doubtful pause as ours; null where nobody does. */
  readonly takeOver: string | null;
  readonly mode: Mode;
  readonly timing: ReadTiming;
}

/** One action with one reason; doing nothing included. */
export interface ReportDecision {
  readonly reportId: string;
  readonly action: 'pause' | 'resume' | 'none';
  readonly reason: Reason;
  /** What the ledger shall say before anything is done. */
  readonly ownership: Ownership | null;
  /** The report's holds, with their new states. */
  readonly holds: readonly Hold[];
  readonly events: readonly ReportEvent[];
}

/** Decides about one report from what is known. Pure: the same situation gives the same decision. */
export function decideReport(situation: ReportSituation): ReportDecision {
  const { ownership, observation, mode } = situation;
  if (mode === 'off') {
    return decision(situation, 'none', 'mode_off');
  }
  if (observation.kind !== 'seen') {
    return decideWithoutSight(situation, observation.kind);
  }
  if (ownership === null) {
    return decideUnowned(situation, observation.report.reportStatus);
  }
  const liveHolds = situation.holds.filter((hold) => isLiveAt(hold, situation.nowMs));
  const settled = settle({ ...situation, ownership, seen: observation, liveHolds });
  return decideSettled(situation, settled);
}

function decideSettled(situation: ReportSituation, settled: Settled): ReportDecision {
  const holds = situation.holds.map((hold) => becomeSettled(hold, settled, situation));
  const after = { ...situation, holds, ownership: settled.ownership };
  const { ownership, wait, events } = settled;
  if (wait !== null) {
    return decision(after, 'none', wait, events);
  }
  if (ownership === null) {
    const reason = situation.ownership?.kind === 'pausing' ? 'pause_not_done' : 'hold_began';
    return decision(after, ...pauseUnlessObserving(after, reason), events);
  }
  if (ownership.kind === 'pausing') {
    return decision(after, ...pauseUnlessObserving(after, 'pause_not_done'), events);
  }
  return decision(after, ...holdOrResume(after), events);
}

/** The report is paused, and it is ours. */
function holdOrResume(situation: ReportSituation): readonly [ReportDecision['action'], Reason] {
  const { ownership, nextHoldBeginsSoon } = situation;
  if (wantsPause(situation)) {
    return ['none', 'held'];
  }
  if (nextHoldBeginsSoon) {
    return ['none', 'next_hold_begins_soon'];
  }
  const isOwed = ownership?.kind === 'paused' && ownership.owed !== null;
  return ['resume', isOwed ? 'resume_not_done' : 'last_hold_ended'];
}

function decideUnowned(situation: ReportSituation, status: 'Active' | 'Paused' | 'Inactive'): ReportDecision {
  if (!wantsPause(situation)) {
    const hasHold = situation.holds.some((hold) => hold.fromMs <= situation.nowMs && hold.ended === null);
    const unheld = status === 'Paused' ? 'paused_by_others' : 'no_hold';
    return decision(situation, 'none', hasHold ? 'hold_without_effect' : unheld);
  }
  switch (status) {
    case 'Active':
      return decision(situation, ...pauseUnlessObserving(situation, 'hold_began'));
    case 'Inactive':
      return decision(situation, 'none', 'inactive');
    case 'Paused':
      return decideForeign(situation);
  }
}

/** Found paused, and not by us: left alone, and remembered so for as long as these holds last. */
function decideForeign(situation: ReportSituation): ReportDecision {
  const { reportId, observation, nowMs, mode } = situation;
  const reportName = observation.kind === 'seen' ? observation.report.reportName : '';
  const holds = situation.holds.map((hold) => become(hold, 'foreign', nowMs));
  const detail = 'somebody else had paused it; it is left alone';
  const event: ReportEvent = { name: 'ForeignPauseFound', reportId, reportName, detail };
  // While observing, no hold remembers that it was told.
  return decision({ ...situation, holds }, 'none', 'foreign_pause', mode === 'act' ? [event] : []);
}

/** The list did not show it, or a look-up by id answered 404. Ownership is given up only after two such ticks. */
function decideWithoutSight(situation: ReportSituation, kind: 'absent' | 'notFound'): ReportDecision {
  const { ownership, nowMs, timing } = situation;
  if (ownership === null) {
    return decision(situation, 'none', wantsPause(situation) ? 'not_found' : 'no_hold');
  }
  const { reportId, reportName } = ownership;
  const since = kind === 'notFound' ? (ownership.notFoundSinceMs ?? nowMs) : ownership.notFoundSinceMs;
  if (kind === 'notFound' && since !== null && nowMs - since >= timing.betweenReadsInMs) {
    return decision({ ...situation, ownership: null }, 'none', 'gone', [
      { name: 'ReportGone', reportId, reportName, detail: 'it was deleted while it was paused' },
    ]);
  }
  return decision({ ...situation, ownership: { ...ownership, notFoundSinceMs: since } }, 'none', 'unseen');
}

function pauseUnlessObserving(
  situation: ReportSituation,
  reason: Reason,
): readonly [ReportDecision['action'], Reason] {
  if (!wantsPause(situation)) {
    return ['none', 'no_hold'];
  }
  return situation.mode === 'observe' ? ['none', 'observe_mode'] : ['pause', reason];
}

function wantsPause({ holds, nowMs }: ReportSituation): boolean {
  return holds.some((hold) => isLiveAt(hold, nowMs));
}

/** A hold that began when the report was seen active, or later, is a newer decision than the person's, and stays. */
function becomeSettled(hold: Hold, { holdsBecome }: Settled, { ownership, nowMs }: ReportSituation): Hold {
  const seenActiveAtMs = ownership?.seenActiveAtMs ?? null;
  const isNewer = holdsBecome === 'dropped' && seenActiveAtMs !== null && hold.createdMs >= seenActiveAtMs;
  return isNewer ? hold : become(hold, holdsBecome, nowMs);
}

function become(hold: Hold, state: Hold['state'], nowMs: number): Hold {
  const stays = state === 'dropped' && hold.onManualResume === 'reassert';
  return isLiveAt(hold, nowMs) && !stays ? { ...hold, state } : hold;
}

function decision(
  situation: Pick<ReportSituation, 'reportId' | 'ownership' | 'holds'>,
  action: ReportDecision['action'],
  reason: Reason,
  events: readonly ReportEvent[] = [],
): ReportDecision {
  const { reportId, ownership, holds } = situation;
  return { reportId, action, reason, ownership, holds, events };
}
