import type { Hold } from '../model/hold.ts';
import { isOverAt } from '../model/hold.ts';
import { inSteps, runSteps, type Steps } from '../time/steps.ts';

/** A window's occurrence that covers now, and one report it selects. */
export interface DesiredHold {
  readonly window: string;
  readonly occurrence: string;
  readonly reportId: string;
  readonly fromMs: number;
  /** Null stays until somebody resumes. */
  readonly untilMs: number | null;
  readonly onManualResume: 'respect' | 'reassert';
}

export interface HoldsInput {
  readonly nowMs: number;
  readonly holds: readonly Hold[];
  readonly desired: readonly DesiredHold[];
  /** True for a window of which nothing is known now, invalid or unread: only the ledger's own ends count for it. */
  readonly isFrozen: (window: string) => boolean;
}

export interface HoldChanges {
  /** The holds that exist from now on, new and moved ones included. */
  readonly holds: readonly Hold[];
  readonly opened: readonly Hold[];
  /** Holds whose end, or what else their window says, has changed. */
  readonly moved: readonly Hold[];
  readonly closed: readonly ClosedHold[];
}

export interface ClosedHold {
  readonly hold: Hold;
  readonly because: CloseReason;
}

type CloseReason = 'over' | 'ended_by_person' | 'window_no_longer_covers';

/**
 * Brings the ledger's holds in line with the windows: opens, moves and closes them together, so that a rename, an
 * edit or an overlap is one step. A hold that replaces one without effect (foreign, dropped) on the same report is
 * without effect too: an edit of a window is no reason to fight a human. Pure.
 */
export function reconcileHolds(input: HoldsInput): HoldChanges {
  return runSteps(reconcileInSteps(input));
}

/** The same in steps. */
export function* reconcileInSteps(input: HoldsInput): Steps<HoldChanges> {
  const { nowMs, holds, desired } = input;
  const wanted = new Map<string, DesiredHold>();
  yield* inSteps(desired, (one) => wanted.set(holdKey(one.reportId, windowHoldId(one)), one));
  const kept: Hold[] = [];
  const moved: Hold[] = [];
  const closed: ClosedHold[] = [];
  const seen = new Set<string>();
  yield* inSteps(holds, (hold) => {
    const key = holdKey(hold.reportId, hold.holdId);
    const match = wanted.get(key);
    const because = match === undefined ? whyClosed(hold, input) : null;
    seen.add(key);
    if (because !== null) {
      closed.push({ hold, because });
    } else if (match === undefined || isAsWanted(hold, match)) {
      kept.push(hold);
    } else {
      moved.push(movedTo(hold, match));
    }
  });
  const replaced = replacedByReport(closed);
  const opened: Hold[] = [];
  yield* inSteps(wanted, ([key, one]) => {
    if (!seen.has(key)) {
      opened.push(openHold(one, inheritedState(one, replaced.get(one.reportId) ?? []), nowMs));
    }
  });
  return { holds: [...kept, ...moved, ...opened], opened, moved, closed };
}

/** Why a hold that no window wants ends now; null where it goes on. */
function whyClosed(hold: Hold, { nowMs, isFrozen }: HoldsInput): CloseReason | null {
  if (hold.ended !== null) {
    return 'ended_by_person';
  }
  if (isOverAt(hold, nowMs)) {
    return 'over';
  }
  return hold.holder.kind === 'window' && !isFrozen(hold.holder.window) ? 'window_no_longer_covers' : null;
}

function isAsWanted(hold: Hold, { untilMs, onManualResume }: DesiredHold): boolean {
  return hold.ended === null && hold.untilMs === untilMs && hold.onManualResume === onManualResume;
}

/** Ended by a person while its occurrence lasts, it stays without effect: closed, it would open again next tick. */
function movedTo(hold: Hold, { untilMs, onManualResume }: DesiredHold): Hold {
  const state = hold.ended === null ? hold.state : 'dropped';
  return { ...hold, state, ended: null, untilMs, onManualResume };
}

/** Holds that a new one may replace. By report, so that ten thousand that are renamed at once do not take minutes. */
function replacedByReport(closed: readonly ClosedHold[]): ReadonlyMap<string, readonly Hold[]> {
  const replaced = closed.flatMap(({ hold, because }) =>
    because === 'window_no_longer_covers' ? [hold] : [],
  );
  return Map.groupBy(replaced, ({ reportId }) => reportId);
}

/** From the hold that a new one most likely replaces: of its own window, else of the same start, else of any. */
function inheritedState(one: DesiredHold, replaced: readonly Hold[]): Hold['state'] {
  const ofWindow = replaced.filter(({ holder }) => holder.kind === 'window' && holder.window === one.window);
  const ofStart = replaced.filter(({ fromMs }) => fromMs === one.fromMs);
  const nearest = [ofWindow, ofStart].find(({ length }) => length > 0) ?? replaced;
  if (nearest.length === 0 || nearest.some(({ state }) => state === 'live')) {
    return 'live';
  }
  return nearest.some(({ state }) => state === 'dropped') ? 'dropped' : 'foreign';
}

function openHold(one: DesiredHold, state: Hold['state'], nowMs: number): Hold {
  return {
    holdId: windowHoldId(one),
    reportId: one.reportId,
    holder: { kind: 'window', window: one.window, occurrence: one.occurrence },
    state,
    who: `window ${one.window}`,
    why: 'maintenance window',
    fromMs: one.fromMs,
    untilMs: one.untilMs,
    onManualResume: one.onManualResume,
    requestId: null,
    createdMs: nowMs,
    place: 0,
    ended: null,
  };
}

/** The id of a window's hold: the same occurrence, the same hold. */
export function windowHoldId({ window, occurrence }: Pick<DesiredHold, 'window' | 'occurrence'>): string {
  return `window.${window}.${occurrence}`;
}

function holdKey(reportId: string, holdId: string): string {
  return `${reportId} ${holdId}`;
}
