import type { ReportSituation } from '../../../shared/deciding/decideReport.ts';
import type { Reason } from '../../../shared/deciding/reasons.ts';
import {
  ATTEMPT,
  brief,
  decideWith,
  doubtful,
  holdWith,
  MINUTE,
  NOW,
  paused,
  pausing,
  resuming,
  seen,
} from './sampleSituation.ts';

const none: readonly [] = [];
const active = seen('Active');
const isPaused = seen('Paused');
const touched = seen('Paused', { modifiedTime: '2026-03-01T09:30:00Z' });
const reallyActive = paused({ seenActiveAtMs: NOW - MINUTE });
const long404 = paused({ notFoundSinceMs: NOW - MINUTE });
const underWay = pausing({ attempts: [{ ...ATTEMPT, untilServiceMs: NOW }] });

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
  held: ['none', 'ours has a live hold', { ownership: paused(), observation: isPaused }],
  no_hold: ['none', 'nothing wants it paused', { holds: none }],
  foreign_pause: ['none', 'a human had paused it before the hold', { observation: isPaused }],
  paused_by_others: [
    'none',
    'it is paused without hold or ownership',
    { holds: none, observation: isPaused },
  ],
  hold_without_effect: ['none', 'its hold was dropped', { holds: [holdWith({ state: 'dropped' })] }],
  inactive: ['none', 'its schedule has run out', { observation: seen('Inactive') }],
  not_found: ['none', 'the service does not know it', { observation: { kind: 'notFound' } }],
  unseen: ['none', 'the list lacks what is ours', { ownership: paused(), observation: { kind: 'absent' } }],
  doubtful: ['none', 'nobody has settled the doubt', { ownership: doubtful(), observation: isPaused }],
  attempt_under_way: ['none', 'a PUT may still take effect', { ownership: underWay }],
  fresh_read_awaited: ['none', 'a read may be stale', { ownership: paused({ sinceMs: NOW - MINUTE }) }],
  seen_active_once: ['none', 'one read shows it active', { ownership: paused() }],
  next_hold_begins_soon: [
    'none',
    'its next hold begins within a tick',
    { ownership: paused(), holds: none, observation: isPaused, nextHoldBeginsSoon: true },
  ],
  manual_pause_respected: ['none', 'a human touched ours', { ownership: paused(), observation: touched }],
  manual_resume_respected: ['none', 'a human resumed ours', { ownership: reallyActive }],
  gone: ['none', '404 lasts', { ownership: long404, observation: { kind: 'notFound' } }],
  exhausted: ['none', 'ours ran out', { ownership: paused(), observation: seen('Inactive') }],
  back_already: ['none', 'the resume was done', { ownership: resuming(), holds: none, observation: active }],
  observe_mode: ['none', 'it would be paused, but we only observe', { mode: 'observe' }],
  mode_off: ['none', 'everything is off', { mode: 'off' }],
};

const rows = Object.entries(situations).map(
  ([reason, [does, when, situation]]) => [reason, when, does, situation] as const,
);

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
  });

  test('off changes nothing in the ledger, whatever is seen', () => {
    const ownership = paused({ seenActiveAtMs: NOW - MINUTE });
    const decided = decideWith({ mode: 'off', ownership, observation: active });
    expect(decided).toMatchObject({ ownership, holds: [holdWith()], events: [] });
  });
});
