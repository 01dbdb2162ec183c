import type { ReportDecision } from '../deciding/decideReport.ts';
import type { Reason } from '../deciding/reasons.ts';
import type { Outcome } from './reportResult.ts';

/** What doing nothing means for a report, how a person is told why, and what that person can do about it. */
interface Explanation {
  readonly outcome: Outcome;
  readonly message: string;
  readonly remedy: string;
}

const NOTHING_TO_DO = 'Nothing.';

/** The one sentence for each reason: answers, `ctl` and `docs/faults.md` show it. */
export const explained: { readonly [R in Reason]: Explanation } = {
  hold_began: {
    outcome: 'skipped',
    message: 'A hold began: the report is paused.',
    remedy: NOTHING_TO_DO,
  },
  pause_not_done: {
    outcome: 'skipped',
    message: 'An earlier pause did not take effect: it is paused again.',
    remedy: 'Nothing; if it repeats, see the code of the failed report.',
  },
  last_hold_ended: {
    outcome: 'skipped',
    message: 'Its last hold ended: the report is resumed.',
    remedy: NOTHING_TO_DO,
  },
  resume_not_done: {
    outcome: 'skipped',
    message: 'A resume is owed from earlier: it is tried again.',
    remedy: 'If it repeats, see why the earlier one failed.',
  },
  held: {
    outcome: 'alreadyPaused',
    message: 'Paused by us and still held.',
    remedy: NOTHING_TO_DO,
  },
  no_hold: {
    outcome: 'alreadyActive',
    message: 'Nothing holds it, and it is not paused by us.',
    remedy: NOTHING_TO_DO,
  },
  foreign_pause: {
    outcome: 'foreign',
    message:
      'Somebody else paused it, before the hold began or during it. It is left alone and stays paused afterwards.',
    remedy: 'Nothing, if that person meant it. Else resume it in Partner Center.',
  },
  paused_by_others: {
    outcome: 'foreign',
    message: 'It is paused, and not by us, so it is not ours to resume.',
    remedy: 'Resume it in Partner Center if it should run.',
  },
  hold_without_effect: {
    outcome: 'foreign',
    message:
      'Somebody resumed the report, drained it or asked for it, so its hold leaves it alone until it ends.',
    remedy: 'Nothing. To pause it all the same, POST /api/pause.',
  },
  inactive: {
    outcome: 'inactive',
    message: 'Its schedule has run out, so there is nothing to pause.',
    remedy: 'Take it out of the window, or give it a new schedule in Partner Center.',
  },
  not_found: {
    outcome: 'notFound',
    message: 'Partner Center shows no such report to this identity.',
    remedy:
      'Correct the id, or take it out: the report may be deleted, or belong to another account or API family.',
  },
  unseen: {
    outcome: 'notFound',
    message:
      'It is ours, and Partner Center does not show it now: a resume may be owed to it, and that is told until it is.',
    remedy: 'Check that it exists and that the identity still sees it.',
  },
  held_unseen: {
    outcome: 'notFound',
    message:
      'Paused by us and still held, and Partner Center does not show it now. It stays ours; ReportUnseen tells it once a day, and no tick counts as undone for it.',
    remedy: 'Check that it exists and that the identity still sees it.',
  },
  doubtful: {
    outcome: 'doubtful',
    message: 'It cannot be told whether the pause is ours or a person’s. It is never resumed by itself.',
    remedy:
      'Ask who paused it. If it shall run: POST /api/resume with "takeOver": true and a reason. If not: leave it, and end its hold.',
  },
  attempt_under_way: {
    outcome: 'skipped',
    message: 'An earlier attempt may still take effect, so nothing is done yet.',
    remedy: 'Nothing: it is looked at again within minutes.',
  },
  fresh_read_awaited: {
    outcome: 'skipped',
    message: 'It is shown active so shortly after our pause that the read may be old.',
    remedy: 'Nothing: it is looked at again within minutes.',
  },
  seen_active_once: {
    outcome: 'skipped',
    message: 'It was shown active during a hold, once. A second read decides whether a person resumed it.',
    remedy: 'Nothing: it is looked at again within minutes.',
  },
  seen_inactive_once: {
    outcome: 'skipped',
    message: 'It was shown inactive, once. A second read decides.',
    remedy: 'Nothing: it is looked at again within minutes.',
  },
  resume_settles: {
    outcome: 'skipped',
    message: 'Our resume was read, and the report is shown paused so shortly after that the read may be old.',
    remedy: 'Nothing: it is looked at again within minutes.',
  },
  resumed_already: {
    outcome: 'alreadyActive',
    message: 'It was resumed a moment ago, and is looked at twice more before it is forgotten.',
    remedy: NOTHING_TO_DO,
  },
  pause_not_effective: {
    outcome: 'failed',
    message: 'Partner Center accepted the pause three times, and reads show the report active.',
    remedy: 'Look at the report in Partner Center. It is tried again every 15 minutes while its hold lasts.',
  },
  acknowledged: {
    outcome: 'foreign',
    message: 'A person settled it: it is left as it is.',
    remedy: NOTHING_TO_DO,
  },
  hidden_since_pause: {
    outcome: 'skipped',
    message: 'Partner Center answers 404 for it ever since our pause: its resume is sent all the same.',
    remedy: 'If it is not resumed, look at the report in Partner Center.',
  },
  next_hold_begins_soon: {
    outcome: 'alreadyPaused',
    message: 'Its next hold begins within a tick, so it stays paused in between.',
    remedy: NOTHING_TO_DO,
  },
  manual_resume_respected: {
    outcome: 'alreadyActive',
    message: 'Somebody resumed it during the hold, so it is left alone until the hold ends.',
    remedy:
      'Nothing. To pause it again, POST /api/pause, or set onManualResume to "reassert" for the window.',
  },
  gone: {
    outcome: 'notFound',
    message:
      'Partner Center has shown no such report for 7 days: it may have been deleted, in whatever state it was.',
    remedy: 'Take its id out of the windows, if it does not exist any more.',
  },
  exhausted: {
    outcome: 'inactive',
    message: 'Its schedule ran out while we looked after it: nothing is left to resume.',
    remedy: 'Give it a new schedule in Partner Center if it is still needed.',
  },
  back_already: {
    outcome: 'resumed',
    message: 'An earlier resume had taken effect.',
    remedy: NOTHING_TO_DO,
  },
  observe_mode: {
    outcome: 'skipped',
    message: 'It would be paused, but MODE is observe.',
    remedy: 'Set MODE to act when you trust the plan.',
  },
  mode_off: {
    outcome: 'skipped',
    message: 'MODE is off, so nothing was done.',
    remedy: 'Set MODE to act or observe. What is owned is not resumed while it is off.',
  },
};

/** How a decision is told where nothing was done about it. */
export function outcomeOf({ reason }: Pick<ReportDecision, 'reason'>): Explanation {
  return explained[reason];
}
