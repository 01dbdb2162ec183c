import type { ResultClass, ResultClasses } from '../model/codeClass.ts';

/** Why a report gets the action it gets; stable, for people and for queries. `docs/faults.md` explains each. */
export const reasons = {
  // pause
  hold_began: {},
  pause_not_done: {},
  // resume
  last_hold_ended: { isOvertaken: true },
  resume_not_done: {},
  hidden_since_pause: {},
  // none
  held: {},
  no_hold: { isOvertaken: true, restsUnseen: true },
  foreign_pause: {},
  paused_by_others: {},
  hold_without_effect: {},
  inactive: { endsHold: 'whenAsked' },
  not_found: { endsHold: 'whenAsked' },
  unseen: { keepsStatement: true },
  held_unseen: { restsUnseen: true, keepsStatement: true },
  doubtful: {},
  attempt_under_way: { isUndone: true, triedAgain: 'byNextTick' },
  fresh_read_awaited: { triedAgain: 'byNextTick' },
  seen_active_once: { triedAgain: 'byNextTick' },
  seen_inactive_once: { triedAgain: 'byNextTick' },
  resume_settles: { triedAgain: 'byNextTick' },
  resumed_already: { restsUnseen: true },
  pause_not_effective: { isUndone: true },
  acknowledged: {},
  next_hold_begins_soon: { triedAgain: 'byNextTick' },
  manual_resume_respected: {},
  gone: { endsHold: 'forGood' },
  exhausted: { endsHold: 'forGood' },
  back_already: {},
  observe_mode: {},
  mode_off: {},
} as const satisfies ResultClasses;

export type Reason = keyof typeof reasons;

/** The row of a reason, whichever it is. */
export function classOfReason(reason: Reason): ResultClass {
  return reasons[reason];
}
