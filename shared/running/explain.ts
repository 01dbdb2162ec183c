import type { ReportDecision } from '../deciding/decideReport.ts';
import type { Reason } from '../deciding/reasons.ts';
import type { Outcome } from './reportResult.ts';

/** What doing nothing means for a report, and how a person is told why. */
export const explained: { readonly [R in Reason]: { readonly outcome: Outcome; readonly message: string } } =
  {
    hold_began: { outcome: 'skipped', message: 'a hold began, so it is to be paused' },
    pause_not_done: {
      outcome: 'skipped',
      message: 'an earlier pause did not take effect, so it is to be paused',
    },
    last_hold_ended: { outcome: 'skipped', message: 'its last hold ended, so it is to be resumed' },
    resume_not_done: { outcome: 'skipped', message: 'its resume is owed' },
    held: { outcome: 'alreadyPaused', message: 'paused by us, and still held' },
    no_hold: { outcome: 'alreadyActive', message: 'nothing holds it' },
    foreign_pause: {
      outcome: 'foreign',
      message: 'somebody else had paused it: it is left alone, and stays paused',
    },
    paused_by_others: { outcome: 'foreign', message: 'paused, and not by us: it is not ours to resume' },
    hold_without_effect: {
      outcome: 'foreign',
      message: 'a person decided otherwise: this hold leaves it alone until it ends',
    },
    inactive: { outcome: 'inactive', message: 'its schedule has run out: there is nothing to pause' },
    not_found: { outcome: 'notFound', message: 'the service shows no such report' },
    unseen: {
      outcome: 'notFound',
      message: 'paused by us, and the service does not show it now; still owned',
    },
    doubtful: {
      outcome: 'doubtful',
      message: 'it cannot be told whose pause this is; a person must settle it',
    },
    attempt_under_way: {
      outcome: 'skipped',
      message: 'an earlier attempt may still take effect; looked at again next tick',
    },
    fresh_read_awaited: {
      outcome: 'skipped',
      message: 'shown active shortly after our pause; looked at again next tick',
    },
    seen_active_once: {
      outcome: 'skipped',
      message: 'shown active once; believed when a later read shows it again',
    },
    next_hold_begins_soon: {
      outcome: 'alreadyPaused',
      message: 'its next hold begins within a tick: it stays paused',
    },
    manual_pause_respected: { outcome: 'foreign', message: 'somebody paused it too: it is not resumed' },
    manual_resume_respected: { outcome: 'alreadyActive', message: 'somebody resumed it: it is left alone' },
    gone: { outcome: 'notFound', message: 'it was deleted while it was paused' },
    exhausted: { outcome: 'inactive', message: 'its schedule ran out while it was paused' },
    back_already: { outcome: 'resumed', message: 'an earlier resume had taken effect' },
    observe_mode: { outcome: 'skipped', message: 'would be paused; MODE is observe' },
    mode_off: { outcome: 'skipped', message: 'MODE is off' },
  };

/** How a decision is told where nothing was done about it. */
export function outcomeOf({ reason }: Pick<ReportDecision, 'reason'>): { outcome: Outcome; message: string } {
  return explained[reason];
}
