import { type Hold, isLiveAt } from '../model/hold.ts';
import type { LearnedFacts, Observation, Ownership } from '../model/ownership.ts';
import type { ReportStatus } from '../model/report.ts';
import { afterLook, isHiddenSincePause, lookMs, rowAfter } from './ownedRow.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';
import { sightOf } from './sight.ts';
import { foundOf, MAX_REFUTED, type Transition } from './transition.ts';
import { transitionOf } from './transitions.ts';

export type Mode = 'act' | 'observe' | 'off';

/** A person's word about whose pause it is: `ours` shall come back, `theirs` stays as it is. */
export interface PersonsWord {
  readonly whose: 'ours' | 'theirs';
  readonly why: string;
}

/** All that the decision about one report depends on. */
export interface ReportSituation {
  readonly nowMs: number;
  readonly reportId: string;
  readonly holds: readonly Hold[];
  readonly ownership: Ownership | null;
  readonly observation: Observation;
  readonly learned: LearnedFacts;
  /** So many of ours are 404 that none of them is taken for gone. */
  readonly isAccountBlind: boolean;
  /** A window's next occurrence begins within a tick, and nobody asked for the report back: no resume just before it. */
  readonly nextHoldBeginsSoon: boolean;
  /** What a person said about whose pause it is; null where nobody did. */
  readonly word: PersonsWord | null;
  readonly mode: Mode;
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

/** After so many refuted pauses the next try waits for so long. */
const REFUTED_WAIT_MS = 900_000;

/** Decides about one report from what is known. Pure: the same situation gives the same decision. */
export function decideReport(situation: ReportSituation): ReportDecision {
  const { ownership, word, mode } = situation;
  if (mode === 'off') {
    return decision(situation, 'none', 'mode_off');
  }
  if (ownership === null) {
    return decideUnowned(situation);
  }
  return word?.whose === 'theirs'
    ? acknowledged(situation, ownership, word.why)
    : decideOwned(situation, ownership);
}

function decideOwned(situation: ReportSituation, before: Ownership): ReportDecision {
  const { observation, learned, isAccountBlind, nowMs } = situation;
  const sight = sightOf({ ownership: before, observation, learned, isAccountBlind });
  const looked = afterLook(before, situation, sight);
  const transition = transitionOf(
    {
      ownership: looked,
      observation,
      found: foundOf(observation),
      atMs: lookMs(observation) ?? nowMs,
      isHeld: wantsPause(situation),
      isReasserted: liveHolds(situation).some((hold) => hold.onManualResume === 'reassert'),
      takeOver: situation.word?.why ?? null,
    },
    sight,
  );
  const holds = situation.holds.map((hold) => becomeSettled(hold, transition, before, nowMs));
  const after = { ...situation, holds, ownership: rowAfter(transition, situation) };
  if (sight === 'missing' && !wantsPause(after) && isHiddenSincePause(looked)) {
    return decision(after, 'resume', 'hidden_since_pause', transition.events);
  }
  if (transition.wait !== null) {
    return decision(after, 'none', transition.wait, transition.events);
  }
  return decision(after, ...actionOf(after, transition.ownership), transition.events);
}

function actionOf(
  situation: ReportSituation,
  ownership: Ownership,
): readonly [ReportDecision['action'], Reason] {
  switch (ownership.kind) {
    case 'ended':
      return ownership.because === 'not_effective' && isToWait(ownership, situation.nowMs)
        ? ['none', wantsPause(situation) ? 'pause_not_effective' : 'no_hold']
        : actionUnowned(situation, statusOf(situation.observation), 'hold_began');
    case 'pausing':
      return isToWait(ownership, situation.nowMs)
        ? ['none', 'pause_not_effective']
        : pauseUnlessObserving(situation, 'pause_not_done');
    case 'paused':
      return holdOrResume(situation, ownership);
    case 'resuming':
    case 'resumed':
      return pauseUnlessObserving(situation, 'hold_began');
    case 'doubtful':
      return ['none', 'doubtful'];
  }
}

/** Refuted so often that the next try is made later; until then it is told. */
function isToWait(
  { refuted, attempts }: { refuted: number; attempts: Ownership['attempts'] },
  nowMs: number,
) {
  return refuted >= MAX_REFUTED && nowMs < (attempts.at(-1)?.limitMs ?? 0) + REFUTED_WAIT_MS;
}

/** The report is paused, and it is ours. */
function holdOrResume(
  situation: ReportSituation,
  { owed }: Extract<Ownership, { kind: 'paused' }>,
): readonly [ReportDecision['action'], Reason] {
  if (wantsPause(situation)) {
    return ['none', 'held'];
  }
  if (situation.nextHoldBeginsSoon) {
    return ['none', 'next_hold_begins_soon'];
  }
  return ['resume', owed === null ? 'last_hold_ended' : 'resume_not_done'];
}

function decideUnowned(situation: ReportSituation): ReportDecision {
  const status = statusOf(situation.observation);
  const [action, reason] = actionUnowned(situation, status, 'hold_began');
  return reason === 'foreign_pause' && wantsPause(situation)
    ? decideForeign(situation)
    : decision(situation, action, reason);
}

function actionUnowned(
  situation: ReportSituation,
  status: ReportStatus | null,
  began: Reason,
): readonly [ReportDecision['action'], Reason] {
  if (status === null) {
    return ['none', wantsPause(situation) ? 'not_found' : 'no_hold'];
  }
  if (!wantsPause(situation)) {
    const begun = situation.holds.filter((hold) => hold.fromMs <= situation.nowMs && hold.ended === null);
    if (status === 'Paused' && begun.some(({ state }) => state === 'foreign')) {
      return ['none', 'foreign_pause'];
    }
    const unheld = status === 'Paused' ? 'paused_by_others' : 'no_hold';
    return ['none', begun.length > 0 ? 'hold_without_effect' : unheld];
  }
  switch (status) {
    case 'Active':
      return pauseUnlessObserving(situation, began);
    case 'Inactive':
      return ['none', 'inactive'];
    case 'Paused':
      // A list may lag behind our own resume: only a read by id makes a pause somebody else's.
      return ['none', isReadById(situation.observation) ? 'foreign_pause' : 'fresh_read_awaited'];
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

/** A person says that it is not ours to look after: doubt, ownership and net end together. */
function acknowledged(situation: ReportSituation, { reportName }: Ownership, why: string): ReportDecision {
  const { reportId, nowMs } = situation;
  const holds = situation.holds.map((hold) => become(hold, 'foreign', nowMs));
  const event: ReportEvent = { name: 'ReportAcknowledged', reportId, reportName, detail: why };
  return decision({ ...situation, holds, ownership: null }, 'none', 'acknowledged', [event]);
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

function liveHolds({ holds, nowMs }: ReportSituation): readonly Hold[] {
  return holds.filter((hold) => isLiveAt(hold, nowMs));
}

function wantsPause(situation: ReportSituation): boolean {
  return liveHolds(situation).length > 0;
}

/** A hold that began when the report was seen active, or later, is a newer decision than the person's, and stays. */
function becomeSettled(hold: Hold, { holdsBecome }: Transition, { odd }: Ownership, nowMs: number): Hold {
  const isNewer = odd !== null && hold.createdMs >= odd.firstMs;
  return isNewer ? hold : become(hold, holdsBecome, nowMs);
}

function become(hold: Hold, state: Hold['state'], nowMs: number): Hold {
  const stays = state === 'dropped' && hold.onManualResume === 'reassert';
  return isLiveAt(hold, nowMs) && !stays ? { ...hold, state } : hold;
}

function statusOf(observation: Observation): ReportStatus | null {
  return observation.kind === 'seen' ? observation.report.reportStatus : null;
}

function isReadById(observation: Observation): boolean {
  return observation.kind === 'seen' && observation.by === 'id';
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
