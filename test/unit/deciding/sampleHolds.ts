import {
  type DesiredHold,
  type HoldsInput,
  reconcileHolds,
} from '../../../shared/deciding/reconcileHolds.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { HOUR, NOW, windowHold } from './sampleSituation.ts';

export const FROM = NOW - HOUR;
export const UNTIL = NOW + HOUR;

/** The first report, wanted by a window's occurrence from {@link FROM} to {@link UNTIL}. */
export function wanted(window: string, fields: Partial<DesiredHold> = {}): DesiredHold {
  const fromMs = fields.fromMs ?? FROM;
  return {
    ...{
      window,
      occurrence: new Date(fromMs).toISOString(),
      reportId: reportIdOf(1),
      fromMs,
      untilMs: UNTIL,
    },
    onManualResume: 'respect',
    ...fields,
  };
}

/** The hold that {@link wanted} has in the ledger. */
export function held(window: string, fields: Partial<Hold> = {}): Hold {
  return windowHold(window, fields.fromMs ?? FROM, UNTIL, fields);
}

/** Reconciles with nothing but what is told. */
export function reconcile(fields: Partial<HoldsInput>) {
  return reconcileHolds({ nowMs: NOW, holds: [], desired: [], isFrozen: () => false, ...fields });
}

/** What becomes of the holds, each by its id and state. */
export function brief(fields: Partial<HoldsInput>) {
  const { holds, opened, moved, closed } = reconcile(fields);
  const name = ({ holdId, state }: Hold) => `${holdId.split('.')[1]} ${state}`;
  return {
    holds: holds.map(name),
    opened: opened.map(name),
    moved: moved.map(name),
    closed: closed.map(({ hold, because }) => `${name(hold)} ${because}`),
  };
}
