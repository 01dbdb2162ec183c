import type { Hold } from '../model/hold.ts';
import { isOverAt } from '../model/hold.ts';

/** A window's occurrence that covers now, and one report it selects. */
export interface DesiredHold {
  readonly window: string;
  readonly occurrence: string;
  readonly reportId: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly onManualResume: 'respect' | 'reassert';
}

export interface HoldsInput {
  readonly nowMs: number;
  readonly holds: readonly Hold[];
  readonly desired: readonly DesiredHold[];
  /** False where the windows could not be read: nothing opens, and only the ledger's own ends count. */
  readonly windowsAreReadable: boolean;
  /** Windows that are present but invalid, or over their limit: their holds freeze. */
  readonly frozenWindows: ReadonlySet<string>;
}

export interface HoldChanges {
  /** The holds that exist from now on, new and moved ones included. */
  readonly holds: readonly Hold[];
  readonly opened: readonly Hold[];
  readonly moved: readonly Hold[];
  readonly closed: readonly { readonly hold: Hold; readonly because: CloseReason }[];
}

export type CloseReason = 'over' | 'ended_by_person' | 'window_no_longer_covers';

/**
 * Brings the ledger's holds in line with the windows: opens, moves and closes them together, so that a rename, an
 * edit or an overlap is one step. A hold that replaces one without effect (foreign, dropped) on the same report is
 * without effect too: an edit of a window is no reason to fight a human. Pure.
 */
export function reconcileHolds(input: HoldsInput): HoldChanges {
  const { nowMs, holds, desired, windowsAreReadable, frozenWindows } = input;
  const wanted = new Map(desired.map((one) => [holdKey(one.reportId, windowHoldId(one)), one]));
  const kept: Hold[] = [];
  const moved: Hold[] = [];
  const closed: { hold: Hold; because: CloseReason }[] = [];
  const seen = new Set<string>();
  for (const hold of holds) {
    const key = holdKey(hold.reportId, hold.holdId);
    const match = wanted.get(key);
    seen.add(key);
    if (hold.ended !== null) {
      closed.push({ hold, because: 'ended_by_person' });
    } else if (match !== undefined && match.untilMs !== hold.untilMs) {
      moved.push({ ...hold, untilMs: match.untilMs, onManualResume: match.onManualResume });
    } else if (match !== undefined) {
      kept.push(hold);
    } else if (isOverAt(hold, nowMs)) {
      closed.push({ hold, because: 'over' });
    } else if (
      hold.holder.kind === 'window' &&
      windowsAreReadable &&
      !frozenWindows.has(hold.holder.window)
    ) {
      closed.push({ hold, because: 'window_no_longer_covers' });
    } else {
      kept.push(hold);
    }
  }
  const opened = desired
    .filter((one) => !seen.has(holdKey(one.reportId, windowHoldId(one))))
    .map((one) => openHold(one, inheritedState(one.reportId, closed), nowMs));
  return { holds: [...kept, ...moved, ...opened], opened, moved, closed };
}

function inheritedState(
  reportId: string,
  closed: readonly { readonly hold: Hold; readonly because: CloseReason }[],
): Hold['state'] {
  const edited = closed.filter(
    ({ hold, because }) => hold.reportId === reportId && because === 'window_no_longer_covers',
  );
  return edited.find(({ hold }) => hold.state !== 'live')?.hold.state ?? 'live';
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
