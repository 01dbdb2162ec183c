import { careSettledMs, oddAfter, SIGHTS, type Sight, sightOf } from '../../../shared/deciding/sight.ts';
import { nothingLearned, type Observation, type Ownership } from '../../../shared/model/ownership.ts';
import {
  ATTEMPT,
  doubtful,
  ended,
  HOUR,
  MINUTE,
  NOW,
  odd,
  PAUSED_AT,
  paused,
  pausing,
  RESUME_ATTEMPT,
  resumed,
  resuming,
  seen,
  TIMES_MOVE,
} from './sampleSituation.ts';

const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const SETTLED = 3 * MINUTE;
const missing: Observation = { kind: 'notFound', readAtMs: NOW };
const everyKind = [pausing(), paused(), resuming(), resumed(), doubtful(), ended()] as const;
/** The last attempt was over at the latest so long ago. */
const since = (agoInMs: number) => ({ attempts: [{ ...ATTEMPT, limitMs: NOW - agoInMs }] });
const touched = { modifiedMs: NOW - MINUTE };
const edited = { contents: 'description=22222222' };

function sight(
  ownership: Ownership,
  observation: Observation,
  { learned = nothingLearned, isAccountBlind = false } = {},
): Sight {
  return sightOf({ ownership, observation, learned, isAccountBlind });
}

test('a list is no look, whatever it shows', () => {
  for (const ownership of everyKind) {
    for (const status of ['Active', 'Paused', 'Inactive'] as const) {
      expect(sight(ownership, { ...seen(status), by: 'list' })).toBe('notLooked');
    }
    expect(sight(ownership, { kind: 'absent' })).toBe('notLooked');
  }
});

describe('read active', () => {
  test.each(everyKind.map(({ kind }, at) => [kind, at] as const))(
    'a report that is %s counts when no attempt can take effect any more, and twice three minutes later',
    (_, at) => {
      const ownership = everyKind[at] ?? pausing();
      const look = (agoInMs: number, stands: ReturnType<typeof odd> | null) =>
        sight({ ...ownership, ...since(agoInMs), odd: stands }, seen('Active'));
      expect(look(SETTLED - 1, odd('Active', HOUR))).toBe('activeEarly');
      expect(look(SETTLED, null)).toBe('activeFirst');
      expect(look(SETTLED, odd('Active', 3 * MINUTE - 1))).toBe('activeFirst');
      expect(look(SETTLED, odd('Active', 3 * MINUTE))).toBe('activeTwice');
      expect(look(SETTLED, odd('Inactive', HOUR))).toBe('activeFirst');
    },
  );
});

describe('read inactive', () => {
  const look = (agoInMs: number, stands: ReturnType<typeof odd> | null) =>
    sight(paused({ ...since(agoInMs), odd: stands }), seen('Inactive'));

  test('it counts twice three minutes later, and not while an attempt may take effect', () => {
    expect(look(HOUR, null)).toBe('inactiveFirst');
    expect(look(HOUR, odd('Inactive', 3 * MINUTE - 1))).toBe('inactiveFirst');
    expect(look(HOUR, odd('Inactive', 3 * MINUTE))).toBe('inactiveTwice');
    expect(look(HOUR, odd('Active', HOUR))).toBe('inactiveFirst');
    expect(look(SETTLED, odd('Inactive', HOUR))).toBe('inactiveTwice');
    expect(look(SETTLED - 1, odd('Inactive', HOUR))).toBe('inactiveFirst');
  });
});

describe('not found', () => {
  test('for a week it is gone, unless the account is blind', () => {
    const look = (agoInMs: number, isAccountBlind = false) =>
      sight(paused({ odd: odd('notFound', agoInMs) }), missing, { isAccountBlind });
    expect([look(WEEK - 1), look(WEEK), look(WEEK, true)]).toEqual([
      ...['missing', 'missingForDays', 'missing'],
    ]);
  });

  test('for the first time, also after it was seen active or inactive', () => {
    for (const stands of [null, odd('Active', WEEK), odd('Inactive', WEEK)]) {
      expect(sight(paused({ odd: stands }), missing)).toBe('missing');
    }
  });
});

describe('read paused', () => {
  test('a report that we keep so is ours as it was, edited, or touched', () => {
    for (const ownership of [paused(), resuming(), ended({ because: 'gone' })]) {
      expect(sight(ownership, seen('Paused'))).toBe('pausedByUs');
      expect(sight(ownership, seen('Paused', edited))).toBe('pausedAndEdited');
      expect(sight(ownership, seen('Paused', { ...edited, ...touched }))).toBe('pausedAndEdited');
      expect(sight(ownership, seen('Paused', touched))).toBe('pausedByOthers');
      expect(sight(ownership, seen('Paused', { modifiedMs: null }))).toBe('pausedByUs');
      const stamped = { ...ownership, attempts: [ATTEMPT, RESUME_ATTEMPT] };
      expect(sight(stamped, seen('Paused', { modifiedMs: PAUSED_AT }))).toBe('pausedByUs');
    }
  });

  test('a time that moved while our resume lasted is no stamp of it: that one would have left it active', () => {
    for (const ownership of [paused({ attempts: [RESUME_ATTEMPT] }), resuming()]) {
      expect(sight(ownership, seen('Paused', { modifiedMs: PAUSED_AT }))).toBe('pausedByOthers');
    }
  });

  test('where times move by themselves a touch is none', () => {
    const learned = { ...TIMES_MOVE, timesMoveByThemselves: true };
    expect(sight(paused(), seen('Paused', touched), { learned })).toBe('pausedByUs');
  });

  test('after it stood active, only an unmoved time that is evidence makes it ours', () => {
    const stood = paused({ odd: odd('Active', HOUR) });
    expect(sight(stood, seen('Paused'))).toBe('pausedByOthers');
    expect(sight(stood, seen('Paused'), { learned: TIMES_MOVE })).toBe('pausedByUs');
    expect(sight(stood, seen('Paused', edited), { learned: TIMES_MOVE })).toBe('pausedAndEdited');
    expect(sight(stood, seen('Paused', { modifiedMs: PAUSED_AT }), { learned: TIMES_MOVE })).toBe(
      'pausedByOthers',
    );
    expect(sight(paused({ odd: odd('Inactive', HOUR) }), seen('Paused'))).toBe('pausedByUs');
  });

  test('an attempt under way is judged by the attempts to pause it alone', () => {
    const stamped = seen('Paused', { modifiedMs: PAUSED_AT });
    expect(sight(pausing(), stamped, { learned: TIMES_MOVE })).toBe('pausedByUs');
    expect(sight(pausing({ attempts: [RESUME_ATTEMPT] }), stamped, { learned: TIMES_MOVE })).toBe(
      'pausedByOthers',
    );
    const stood = pausing({ odd: odd('Active', HOUR) });
    expect([sight(pausing(), seen('Paused')), sight(stood, seen('Paused'))]).toEqual([
      ...['pausedByUs', 'pausedByOthers'],
    ]);
  });

  test('soon after our resume it says nothing; later it is ours only where nothing moved since our pause', () => {
    const back = (agoInMs: number) => resumed({ attempts: [{ ...RESUME_ATTEMPT, limitMs: NOW - agoInMs }] });
    expect(sight(back(SETTLED - 1), seen('Paused'), { learned: TIMES_MOVE })).toBe('pausedEarly');
    expect(sight(back(SETTLED), seen('Paused'), { learned: TIMES_MOVE })).toBe('pausedByUs');
    expect(sight(back(SETTLED), seen('Paused'))).toBe('pausedByOthers');
    expect(sight(back(SETTLED), seen('Paused', touched), { learned: TIMES_MOVE })).toBe('pausedByOthers');
  });

  test('after a pause that reads refuted, only its own stamp makes it ours', () => {
    const refuted = ended({ because: 'not_effective' });
    const stamped = seen('Paused', { modifiedMs: PAUSED_AT });
    expect(sight(refuted, stamped, { learned: TIMES_MOVE })).toBe('pausedByUs');
    expect(sight(refuted, stamped)).toBe('pausedByOthers');
    expect(sight(refuted, seen('Paused'))).toBe('pausedByOthers');
    expect(sight(ended({ attempts: [RESUME_ATTEMPT] }), stamped, { learned: TIMES_MOVE })).toBe(
      'pausedByOthers',
    );
  });

  test('what is doubtful stays so', () => {
    expect(sight(doubtful(), seen('Paused'), { learned: TIMES_MOVE })).toBe('pausedByOthers');
  });
});

describe('an odd look', () => {
  const oddOf = (ownership: Ownership, ...sights: readonly Sight[]) =>
    sights.map((one) => oddAfter(ownership, one, NOW));
  const status = { Active: 'activeFirst', Inactive: 'inactiveFirst', notFound: 'missing' } as const;
  const again = { Active: 'activeTwice', Inactive: 'inactiveTwice', notFound: 'missingForDays' } as const;

  test.each(['Active', 'Inactive', 'notFound'] as const)('that shows it %s begins, and goes on', (one) => {
    const begun = { status: one, firstMs: NOW, lastMs: NOW };
    expect(oddOf(paused(), status[one], again[one])).toEqual([begun, begun]);
    const goesOn = { ...begun, firstMs: NOW - HOUR };
    expect(oddOf(paused({ odd: odd(one, HOUR) }), status[one], again[one])).toEqual([goesOn, goesOn]);
    const other = odd(one === 'Active' ? 'Inactive' : 'Active', HOUR);
    expect(oddOf(paused({ odd: other }), status[one])).toEqual([begun]);
  });

  test('that shows it inactive while an attempt may take effect counts for nothing', () => {
    expect(oddOf(paused(since(SETTLED - 1)), 'inactiveFirst', 'inactiveTwice')).toEqual([null, null]);
  });

  test('stands while nothing was looked at that counts, and is gone when it is read paused', () => {
    const ownership = paused({ odd: odd('Active', HOUR) });
    const stands = SIGHTS.filter((one) => oddAfter(ownership, one, NOW) === ownership.odd);
    expect(stands).toEqual(['pausedEarly', 'activeEarly', 'notLooked']);
    expect(oddOf(ownership, 'pausedByUs', 'pausedAndEdited', 'pausedByOthers')).toEqual([null, null, null]);
  });
});

test('looks count from when the last of all attempts is over', () => {
  const attempts = [since(MINUTE), since(HOUR)].flatMap((one) => one.attempts);
  expect(careSettledMs(paused({ attempts }))).toBe(NOW - MINUTE + SETTLED);
  expect(careSettledMs(paused({ attempts: [] }))).toBe(0);
});
