import type { ReportSituation } from '../../../shared/deciding/decideReport.ts';
import type { Reason } from '../../../shared/deciding/reasons.ts';
import {
  ATTEMPT,
  brief,
  decideWith,
  doubtful,
  HOUR,
  holdWith,
  MINUTE,
  NOW,
  odd,
  paused,
  pausing,
  resumed,
  resuming,
  seen,
} from './sampleSituation.ts';

const none: readonly [] = [];
const active = seen('Active');
const isPaused = seen('Paused');
const inactive = seen('Inactive');
const missing = { kind: 'notFound', readAtMs: NOW } as const;
const WEEK = 7 * 24 * HOUR;
const reallyActive = paused({ odd: odd('Active', 3 * MINUTE) });
const underWay = pausing({ attempts: [{ ...ATTEMPT, limitMs: NOW }] });
const settling = { ...ATTEMPT, towards: 'Active', limitMs: NOW } as const;

/** One situation per reason; the type keeps the table whole. */
const situations: {
  readonly [R in Reason]: readonly [does: string, when: string, situation: Partial<ReportSituation>];
} = {
  hold_began: ['pause', 'an active report has a live hold', {}],
  pause_not_done: ['pause', 'an earlier pause did not take effect', { ownership: pausing() }],
  last_hold_ended: [
    'resume',
    'ours has no live hold',
    { ownership: paused(), holds: none, observation: isPaused },
  ],
  resume_not_done: [
    'resume',
    'an earlier resume was refused',
    { ownership: paused({ owed: 'forbidden' }), holds: none, observation: isPaused },
  ],
  hidden_since_pause: [
    'resume',
    'the service hides it since our pause',
    { ownership: pausing(), holds: none, observation: missing },
  ],
  held: ['none', 'ours has a live hold', { ownership: paused(), observation: isPaused }],
  no_hold: ['none', 'nothing wants it paused', { holds: none }],
  foreign_pause: ['none', 'a human had paused it before the hold', { observation: isPaused }],
  paused_by_others: [
    'none',
    'it is paused without hold or ownership',
    { holds: none, observation: isPaused },
  ],
  hold_without_effect: ['none', 'its hold was dropped', { holds: [holdWith({ state: 'dropped' })] }],
  inactive: ['none', 'its schedule has run out', { observation: inactive }],
  not_found: ['none', 'the service does not know it', { observation: missing }],
  unseen: [
    'none',
    'the service shows no more what a resume is owed to',
    { ownership: paused(), holds: none, observation: missing },
  ],
  held_unseen: [
    'none',
    'the service shows no more what is ours and held',
    { ownership: paused(), observation: missing },
  ],
  doubtful: ['none', 'nobody has settled the doubt', { ownership: doubtful(), observation: isPaused }],
  attempt_under_way: ['none', 'a PUT may still take effect', { ownership: underWay }],
  fresh_read_awaited: [
    'none',
    'a read may be stale',
    { ownership: paused({ attempts: [{ ...ATTEMPT, limitMs: NOW }] }) },
  ],
  seen_active_once: ['none', 'one read shows it active', { ownership: paused() }],
  seen_inactive_once: ['none', 'one read shows it inactive', { ownership: paused(), observation: inactive }],
  resume_settles: [
    'none',
    'a read right after our resume shows it paused',
    { ownership: resumed({ attempts: [settling] }), holds: none, observation: isPaused },
  ],
  pause_not_effective: [
    'none',
    'reads refuted our pause three times, and the next try is later',
    { ownership: pausing({ refuted: 3, attempts: [{ ...ATTEMPT, limitMs: NOW - 14 * MINUTE }] }) },
  ],
  acknowledged: [
    'none',
    'a person said that it is not ours',
    { ownership: doubtful(), word: { whose: 'theirs', why: 'kim: mine' }, observation: isPaused },
  ],
  next_hold_begins_soon: [
    'none',
    'its next hold begins within a tick',
    { ownership: paused(), holds: none, observation: isPaused, nextHoldBeginsSoon: true },
  ],
  manual_resume_respected: ['none', 'a human resumed ours', { ownership: reallyActive }],
  gone: ['none', '404 lasts', { ownership: paused({ odd: odd('notFound', WEEK) }), observation: missing }],
  exhausted: [
    'none',
    'ours ran out',
    { ownership: paused({ odd: odd('Inactive', 3 * MINUTE) }), observation: inactive },
  ],
  resumed_already: [
    'none',
    'it was resumed a moment ago',
    { ownership: resumed({ attempts: [settling] }), holds: none, observation: active },
  ],
  back_already: ['none', 'the resume was done', { ownership: resuming(), holds: none, observation: active }],
  observe_mode: ['none', 'it would be paused, but we only observe', { mode: 'observe' }],
  mode_off: ['none', 'everything is off', { mode: 'off' }],
};

const rows = Object.entries(situations).map(
  ([reason, [does, when, situation]]) => [reason, when, does, situation] as const,
);

test('of a report that nothing shows and nobody wants paused, there is nothing to say', () => {
  const observation = { kind: 'absent' } as const;
  expect(brief(decideWith({ holds: none, observation })).does).toBe('none no_hold');
});

test.each(rows)('reason %s is given where %s', (reason, _, does, situation) => {
  expect(brief(decideWith(situation)).does).toBe(`${does} ${reason}`);
});

describe('MODE', () => {
  test('observe starts no pause, not even one that was begun, and still resumes what is ours', () => {
    const mode = 'observe';
    expect(brief(decideWith({ mode, ownership: pausing() })).does).toBe('none observe_mode');
    const decided = decideWith({ mode, ownership: paused(), holds: none, observation: isPaused });
    expect(brief(decided).does).toBe('resume last_hold_ended');
  });

  test('observe does not tell of the same foreign pause at every tick', () => {
    expect(brief(decideWith({ mode: 'observe', observation: isPaused }))).toMatchObject({
      does: 'none foreign_pause',
      tells: '',
    });
    expect(decideWith({ mode: 'observe', observation: isPaused }).events).toEqual([]);
  });

  test('off changes nothing in the ledger, whatever is seen', () => {
    const ownership = reallyActive;
    const decided = decideWith({ mode: 'off', ownership, observation: active });
    expect(decided).toMatchObject({ ownership, holds: [holdWith()], events: [] });
  });
});
