import fc from 'fast-check';
import { SIGHTS, type Sight } from '../../../shared/deciding/sight.ts';
import type { TransitionInput } from '../../../shared/deciding/transition.ts';
import { transitionOf } from '../../../shared/deciding/transitions.ts';
import type { Ownership } from '../../../shared/model/ownership.ts';
import {
  ATTEMPT,
  BEFORE,
  doubtful,
  ended,
  HOUR,
  MINUTE,
  NOW,
  paused,
  pausing,
  resumed,
  resuming,
  seen,
} from './sampleSituation.ts';

/** What a pair comes to: the state after it, why nothing may be done (`-`: the holds decide), and what is told. */
type Outcome = `${Ownership['kind']} ${string}`;

const states: { readonly [Kind in Ownership['kind']]: Extract<Ownership, { kind: Kind }> } = {
  pausing: pausing(),
  paused: paused(),
  resuming: resuming(),
  resumed: resumed(),
  doubtful: doubtful(),
  ended: ended(),
};

/** Every state with every sight, nothing holding the report and no attempt under way. */
const unheld: { readonly [Kind in Ownership['kind']]: { readonly [S in Sight]: Outcome } } = {
  pausing: {
    pausedByUs: 'paused - ReportPaused',
    pausedAndEdited: 'paused - ReportPaused',
    pausedByOthers: 'doubtful doubtful ReportDoubtful',
    pausedEarly: 'pausing attempt_under_way',
    activeEarly: 'pausing fresh_read_awaited',
    activeFirst: 'pausing fresh_read_awaited',
    activeTwice: 'ended -',
    inactiveFirst: 'pausing seen_inactive_once',
    inactiveTwice: 'ended exhausted ReportExhausted',
    missing: 'pausing unseen',
    missingForDays: 'ended gone ReportGone',
    notLooked: 'pausing attempt_under_way',
  },
  paused: {
    pausedByUs: 'paused -',
    pausedAndEdited: 'paused - ReportEdited',
    pausedByOthers: 'doubtful doubtful ReportDoubtful',
    pausedEarly: 'paused -',
    activeEarly: 'paused fresh_read_awaited',
    activeFirst: 'paused seen_active_once',
    activeTwice: 'ended manual_resume_respected ManualResumeRespected',
    inactiveFirst: 'paused seen_inactive_once',
    inactiveTwice: 'ended exhausted ReportExhausted',
    missing: 'paused unseen',
    missingForDays: 'ended gone ReportGone',
    notLooked: 'paused -',
  },
  resuming: {
    pausedByUs: 'paused -',
    pausedAndEdited: 'paused -',
    pausedByOthers: 'doubtful doubtful ReportDoubtful',
    pausedEarly: 'resuming attempt_under_way',
    activeEarly: 'resumed back_already ReportResumed',
    activeFirst: 'resumed back_already ReportResumed',
    activeTwice: 'resumed back_already ReportResumed',
    inactiveFirst: 'resuming seen_inactive_once',
    inactiveTwice: 'ended exhausted ReportExhausted',
    missing: 'resuming unseen',
    missingForDays: 'ended gone ReportGone',
    notLooked: 'resuming attempt_under_way',
  },
  resumed: {
    pausedByUs: 'paused - ResumeNotEffective',
    pausedAndEdited: 'doubtful doubtful ReportDoubtful',
    pausedByOthers: 'doubtful doubtful ReportDoubtful',
    pausedEarly: 'resumed resume_settles',
    activeEarly: 'resumed resumed_already',
    activeFirst: 'resumed resumed_already',
    activeTwice: 'ended resumed_already',
    inactiveFirst: 'resumed resumed_already',
    inactiveTwice: 'ended exhausted ReportExhausted',
    missing: 'resumed resumed_already',
    missingForDays: 'ended gone ReportGone',
    notLooked: 'resumed resumed_already',
  },
  doubtful: {
    pausedByUs: 'doubtful doubtful',
    pausedAndEdited: 'doubtful doubtful',
    pausedByOthers: 'doubtful doubtful',
    pausedEarly: 'doubtful doubtful',
    activeEarly: 'doubtful doubtful',
    activeFirst: 'doubtful seen_active_once',
    activeTwice: 'ended manual_resume_respected ManualResumeRespected',
    inactiveFirst: 'doubtful seen_inactive_once',
    inactiveTwice: 'ended exhausted ReportExhausted',
    missing: 'doubtful unseen',
    missingForDays: 'ended gone ReportGone',
    notLooked: 'doubtful doubtful',
  },
  ended: {
    pausedByUs: 'paused - ReportReturned',
    pausedAndEdited: 'paused - ReportReturned',
    pausedByOthers: 'doubtful doubtful ReportDoubtful',
    pausedEarly: 'ended -',
    activeEarly: 'ended -',
    activeFirst: 'ended -',
    activeTwice: 'ended -',
    inactiveFirst: 'ended -',
    inactiveTwice: 'ended exhausted ReportExhausted',
    missing: 'ended -',
    missingForDays: 'ended gone ReportGone',
    notLooked: 'ended -',
  },
};

function inputOf(ownership: Ownership, more: Partial<TransitionInput> = {}): TransitionInput {
  return {
    ...{ ownership, observation: seen('Paused'), found: BEFORE, atMs: NOW },
    ...{ isHeld: false, isReasserted: false, takeOver: null },
    ...more,
  };
}

function outcomeOf(ownership: Ownership, sight: Sight, more: Partial<TransitionInput> = {}): string {
  const { ownership: after, wait, events } = transitionOf(inputOf(ownership, more), sight);
  return [after?.kind ?? 'none', wait ?? '-', ...events.map(({ name }) => name)].join(' ');
}

describe.each(Object.keys(states) as Ownership['kind'][])('a report that is %s', (kind) => {
  test.each(SIGHTS)('and %s', (sight) => {
    expect(outcomeOf(states[kind], sight)).toBe(unheld[kind][sight]);
  });
});

describe('while a hold wants it paused', () => {
  const held = { isHeld: true };

  test('a pause that two looks refute is made again, and no resume is owed', () => {
    expect(outcomeOf(pausing(), 'activeFirst', held)).toBe('pausing -');
    expect(outcomeOf(pausing(), 'activeTwice', held)).toBe('pausing -');
    expect(transitionOf(inputOf(resuming(), held), 'pausedByUs').ownership).toMatchObject({
      kind: 'paused',
      owed: null,
    });
  });

  test('a person who resumes it is respected, unless a window reasserts', () => {
    const respected = transitionOf(inputOf(paused(), held), 'activeTwice');
    expect(respected).toMatchObject({ holdsBecome: 'dropped', wait: 'manual_resume_respected' });
    const reasserted = transitionOf(inputOf(paused(), { ...held, isReasserted: true }), 'activeTwice');
    expect(reasserted).toMatchObject({ holdsBecome: 'dropped', wait: null });
    expect(reasserted.events.map(({ name }) => name)).toEqual(['ManualResumeReasserted']);
  });

  test('what is not to be seen active after our resume gets no pause yet', () => {
    expect(outcomeOf(resumed(), 'inactiveFirst', held)).toBe('resumed seen_inactive_once');
    expect(outcomeOf(resumed(), 'missing', held)).toBe('resumed unseen');
  });

  test('what is ours and not shown is no owed resume', () => {
    expect(outcomeOf(paused(), 'missing', held)).toBe('paused held_unseen');
    expect(outcomeOf(pausing(), 'missing', held)).toBe('pausing unseen');
    expect(outcomeOf(resuming(), 'missing', held)).toBe('resuming unseen');
  });

  test('a resume that may still arrive is waited for before the next pause', () => {
    const unclear = { ...ATTEMPT, towards: 'Active', answer: 'unclear', limitMs: NOW - MINUTE } as const;
    expect(outcomeOf(resumed({ attempts: [unclear] }), 'activeEarly', held)).toBe(
      'resumed attempt_under_way',
    );
    const accepted = { ...unclear, answer: 'accepted', endedMs: NOW - MINUTE } as const;
    expect(outcomeOf(resumed({ attempts: [accepted] }), 'activeEarly', held)).toBe('resumed -');
  });
});

describe('an attempt that may still take effect is waited for, in either direction', () => {
  test.each([
    ['unknown', NOW - 2 * MINUTE, true],
    ['unclear', NOW - 2 * MINUTE, true],
    ['unclear', NOW - 3 * MINUTE, false],
    ['accepted', NOW - 2 * MINUTE, true],
    ['refused', NOW - MINUTE, false],
  ] as const)('%s, with a limit %s', (answer, limitMs, isWaitedFor) => {
    const attempt = { ...ATTEMPT, answer, limitMs, endedMs: limitMs };
    const pause = transitionOf(inputOf(pausing({ attempts: [attempt] }), { isHeld: true }), 'activeFirst');
    expect(pause.wait === 'attempt_under_way').toBe(isWaitedFor);
    const back = resuming({ attempts: [{ ...attempt, towards: 'Active' }] });
    expect(transitionOf(inputOf(back), 'pausedByUs').wait === 'attempt_under_way').toBe(isWaitedFor);
  });
});

describe('of several attempts', () => {
  const over = { ...ATTEMPT, limitMs: NOW - HOUR };
  const underWay = { ...ATTEMPT, answer: 'unclear', limitMs: NOW - MINUTE } as const;
  const back = { ...underWay, towards: 'Active' } as const;
  const held = { isHeld: true };

  test('one that may still take effect is enough to wait for', () => {
    expect(outcomeOf(pausing({ attempts: [over, underWay] }), 'activeFirst', held)).toBe(
      'pausing attempt_under_way',
    );
    expect(outcomeOf(resuming({ attempts: [over, back] }), 'pausedByUs')).toBe('resuming attempt_under_way');
    expect(outcomeOf(resumed({ attempts: [over, back] }), 'activeEarly', held)).toBe(
      'resumed attempt_under_way',
    );
  });

  test('the way back waits for resumes alone: a pause that is still under way changes nothing', () => {
    const refused = { ...back, answer: 'refused' } as const;
    expect(outcomeOf(resuming({ attempts: [underWay, refused] }), 'pausedByUs')).toBe('paused -');
    const accepted = { ...back, answer: 'accepted', endedMs: NOW - MINUTE } as const;
    expect(outcomeOf(resumed({ attempts: [underWay, accepted] }), 'activeEarly', held)).toBe('resumed -');
  });
});

test('a person who takes a doubtful pause over makes it ours, also as the doubt arises', () => {
  for (const ownership of [doubtful(), paused(), pausing(), resuming(), resumed(), ended()]) {
    const taken = transitionOf(
      inputOf(ownership, { takeOver: 'kim: it was the maintenance' }),
      'pausedByOthers',
    );
    expect(taken.ownership?.kind).toBe('paused');
    expect(taken.events.map(({ name }) => name)).toEqual(['ReportTakenOver']);
  }
});

test('no verdict touches the net, and each keeps the report’s facts', () => {
  const anyState = fc.constantFrom(...Object.values(states));
  fc.assert(
    fc.property(anyState, fc.constantFrom(...SIGHTS), fc.boolean(), (ownership, sight, isHeld) => {
      const { ownership: after } = transitionOf(inputOf(ownership, { isHeld }), sight);
      expect(after?.net).toBe(ownership.net);
      expect(after?.attempts).toBe(ownership.attempts);
      expect(after?.trail).toBe(ownership.trail);
      expect(after?.chain).toEqual({
        ...ownership.chain,
        ...(after?.kind === 'resumed' && ownership.kind === 'resuming' ? { readResumedMs: NOW } : {}),
      });
    }),
  );
});

test('no state is without an exit: from each, some sights lead to an end that forgets it', () => {
  const canEnd = (kind: Ownership['kind']) =>
    SIGHTS.some((sight) => outcomeOf(states[kind], sight).startsWith('ended'));
  expect(Object.keys(states).filter((kind) => !canEnd(kind as Ownership['kind']))).toEqual([]);
});

test('what was told as run out or gone is not told again', () => {
  expect(outcomeOf(ended({ because: 'exhausted' }), 'inactiveTwice')).toBe('ended -');
  expect(outcomeOf(ended({ because: 'gone' }), 'missingForDays')).toBe('ended -');
});

test('what is told says in words what happened, and a doubt says why', () => {
  const words = /^\w.* .*\w$/;
  for (const [ownership, sight, isReasserted] of Object.values(states).flatMap((state) =>
    SIGHTS.flatMap((one) => [true, false].map((flag) => [state, one, flag] as const)),
  )) {
    const { events, ownership: after } = transitionOf(inputOf(ownership, { isReasserted }), sight);
    expect(events.map(({ detail }) => detail)).toEqual(events.map(() => expect.stringMatching(words)));
    if (after?.kind === 'doubtful' && ownership.kind !== 'doubtful') {
      expect(after.because).toBe(events[0]?.detail);
    }
  }
});

describe('a resume that had no effect is owed', () => {
  test.each([resuming(), resumed()])('where nothing holds the report: $kind', (ownership) => {
    const becomes = (isHeld: boolean) => transitionOf(inputOf(ownership, { isHeld }), 'pausedByUs').ownership;
    expect(becomes(false)).toMatchObject({ kind: 'paused', owed: 'resume_not_done' });
    expect(becomes(true)).toMatchObject({ kind: 'paused', owed: null });
  });
});

describe('a report that is given up', () => {
  const found = { modifiedMs: NOW - MINUTE, contents: 'description=22222222' };
  const givenUp = (ownership: Ownership, sight: Sight) =>
    transitionOf(inputOf(ownership, { found }), sight).ownership;

  test('says why', () => {
    const because = [pausing(), paused(), resumed(), doubtful()].map((one) => givenUp(one, 'activeTwice'));
    expect(because).toMatchObject([
      { because: 'not_effective' },
      { because: 'resumed_by_person' },
      { because: 'resumed' },
      { because: 'resumed_by_person' },
    ]);
    expect(givenUp(paused(), 'inactiveTwice')).toMatchObject({ because: 'exhausted' });
    expect(givenUp(paused(), 'missingForDays')).toMatchObject({ because: 'gone' });
  });

  test('keeps how our pause was seen, by which it would be known again; of a doubtful one, how it is now', () => {
    const known = { kept: BEFORE, refuted: 0 };
    for (const ownership of [pausing(), paused(), resuming(), resumed(), ended()]) {
      expect(givenUp(ownership, 'inactiveTwice')).toMatchObject(known);
      expect(givenUp(ownership, 'missingForDays')).toMatchObject(known);
    }
    for (const ownership of [pausing(), paused(), resumed()]) {
      expect(givenUp(ownership, 'activeTwice')).toMatchObject(known);
    }
    for (const sight of ['activeTwice', 'inactiveTwice', 'missingForDays'] as const) {
      expect(givenUp(doubtful(), sight)).toMatchObject({ kept: found, refuted: 0 });
    }
  });
});

test('an edit sets the contents anew and breaks no link', () => {
  const found = { modifiedMs: NOW - HOUR / 2, contents: 'description=22222222' };
  const { ownership } = transitionOf(inputOf(paused(), { found }), 'pausedAndEdited');
  expect(ownership).toMatchObject({ kind: 'paused', kept: found });
});
