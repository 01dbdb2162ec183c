/** The app's reasons in sentences; a reason that is newer than this command is told by its code. */
export const reasonWords: Readonly<Record<string, string>> = {
  hold_began: 'A hold has begun: the next tick pauses it.',
  pause_not_done: 'An earlier pause did not take effect: the next tick tries again.',
  last_hold_ended: 'Its last hold is over: the next tick resumes it.',
  resume_not_done: 'Its resume is owed: each tick tries again until it is done.',
  held: 'It is paused by us, and still held.',
  no_hold: 'Nothing holds it.',
  foreign_pause: 'Somebody else had paused it before the hold began, so it stays as it is, also afterwards.',
  paused_by_others: 'It is paused, and not by us, so it is not ours to resume: do that in Partner Center.',
  hold_without_effect:
    'A person decided otherwise during this hold, so it is left alone until the hold ends.',
  inactive: 'Its schedule has run out: there is nothing to pause.',
  not_found: 'Partner Center shows no such report.',
  unseen: 'It is ours, and Partner Center does not show it now. Check that it exists.',
  doubtful: 'It cannot be told whose pause it is, so it is never resumed by itself: a person must settle it.',
  attempt_under_way: 'An earlier attempt may still take effect: the next tick looks again.',
  fresh_read_awaited:
    'It is shown active right after our pause, which may be an old read: the next tick looks again.',
  seen_active_once: 'It was shown active during its hold, once: the next tick looks again.',
  next_hold_begins_soon: 'Its next hold begins within a tick, so it stays paused in between.',
  manual_pause_respected: 'Somebody paused it too while we held it, so it is not resumed.',
  manual_resume_respected: 'Somebody resumed it during its hold, so it is left alone until the hold ends.',
  gone: 'It was deleted while it was paused.',
  exhausted: 'Its schedule ran out while it was paused.',
  back_already: 'An earlier resume has taken effect.',
  observe_mode: 'It would be paused, but MODE is observe.',
  mode_off: 'MODE is off: nothing is done.',
};
