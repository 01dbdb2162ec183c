import type { Reason } from '../deciding/reasons.ts';
import type { InsightsFailureCode } from '../insights/insightsFailure.ts';
import { type FaultEntries, NOTHING_TO_DO } from './faultEntry.ts';

/** Why a report was treated as it was; most of these are no faults, but an operator meets them in the same place. */
export const reasonEntries: FaultEntries<Exclude<Reason, InsightsFailureCode>> = {
  hold_began: { meaning: 'A hold began: the report is paused.', remedy: NOTHING_TO_DO },
  pause_not_done: {
    meaning: 'An earlier pause did not take effect: it is paused again.',
    remedy: 'Nothing; if it repeats, see the code of the failed report.',
  },
  last_hold_ended: { meaning: 'Its last hold ended: the report is resumed.', remedy: NOTHING_TO_DO },
  resume_not_done: {
    meaning: 'A resume is owed from earlier: it is tried again.',
    remedy: 'If it repeats, see why the earlier one failed.',
  },
  held: { meaning: 'Paused by us and still held.', remedy: NOTHING_TO_DO },
  no_hold: { meaning: 'Nothing holds it, and it is not paused by us.', remedy: NOTHING_TO_DO },
  foreign_pause: {
    meaning:
      'Somebody else had paused it before the hold began. It is left alone and stays paused afterwards.',
    remedy: 'Nothing, if that person meant it. Else resume it in Partner Center.',
  },
  paused_by_others: {
    meaning: 'It is paused, and not by us, so it is not ours to resume.',
    remedy: 'Resume it in Partner Center if it should run.',
  },
  hold_without_effect: {
    meaning:
      'A person decided otherwise during this hold, so the hold leaves the report alone until it ends.',
    remedy: 'Nothing. To pause it all the same, POST /api/pause.',
  },
  inactive: {
    meaning: 'Its schedule has run out, so there is nothing to pause.',
    remedy: 'Take it out of the window, or give it a new schedule in Partner Center.',
  },
  unseen: {
    meaning: 'Paused by us, and Partner Center does not show it now. It stays ours.',
    remedy: 'Check that it exists and that the identity still sees it.',
  },
  doubtful: {
    meaning: 'It cannot be told whether the pause is ours or a person’s. It is never resumed by itself.',
    remedy:
      'Ask who paused it. If it shall run: POST /api/resume with "takeOver": true and a reason. If not: leave it, and end its hold.',
  },
  attempt_under_way: {
    meaning: 'An earlier attempt may still take effect, so nothing is done yet.',
    remedy: 'Nothing: the next tick looks again.',
  },
  fresh_read_awaited: {
    meaning: 'It is shown active so shortly after our pause that the read may be old.',
    remedy: 'Nothing: the next tick looks again.',
  },
  seen_active_once: {
    meaning: 'It was shown active during a hold, once. A second read decides whether a person resumed it.',
    remedy: 'Nothing: the next tick looks again.',
  },
  next_hold_begins_soon: {
    meaning: 'Its next hold begins within a tick, so it stays paused in between.',
    remedy: NOTHING_TO_DO,
  },
  manual_pause_respected: {
    meaning: 'Somebody paused it too while we held it, so it is not resumed.',
    remedy: 'Resume it in Partner Center when that person agrees.',
  },
  manual_resume_respected: {
    meaning: 'Somebody resumed it during the hold, so it is left alone until the hold ends.',
    remedy:
      'Nothing. To pause it again, POST /api/pause, or set onManualResume to "reassert" for the window.',
  },
  gone: {
    meaning: 'It was deleted while it was paused by us.',
    remedy: 'Take its id out of the windows.',
  },
  exhausted: {
    meaning: 'Its schedule ran out while it was paused.',
    remedy: 'Give it a new schedule in Partner Center if it is still needed.',
  },
  back_already: { meaning: 'An earlier resume had taken effect.', remedy: NOTHING_TO_DO },
  observe_mode: {
    meaning: 'It would be paused, but MODE is observe.',
    remedy: 'Set MODE to act when you trust the plan.',
  },
  mode_off: {
    meaning: 'MODE is off, so nothing was done.',
    remedy: 'Set MODE to act or observe. What is owned is not resumed while it is off.',
  },
};
