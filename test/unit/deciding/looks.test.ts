import { listedOf } from '../../../shared/deciding/evidence.ts';
import { isLookDue, isOddLook, isSameLook, outvoted, teachesTimes } from '../../../shared/deciding/looks.ts';
import { nothingLearned, type Observation, type Ownership } from '../../../shared/model/ownership.ts';
import {
  BEFORE,
  doubtful,
  ended,
  HOUR,
  MINUTE,
  NOW,
  odd,
  paused,
  pausing,
  RESUME_ATTEMPT,
  resumed,
  resuming,
  seen,
  TIMES_MOVE,
} from './sampleSituation.ts';

const DAY = 24 * HOUR;
const absent: Observation = { kind: 'absent' };
const listed = (...drawn: Parameters<typeof seen>): Observation => ({ ...seen(...drawn), by: 'list' });
const [isPaused, isActive] = [listed('Paused'), listed('Active')];

function isDue(ownership: Ownership, shown = isPaused, learned = nothingLearned) {
  return isLookDue({ ...ownership, lookedMs: ownership.lookedMs }, shown, { nowMs: NOW, learned });
}

const looked = { lookedMs: NOW - MINUTE };
const listedAsLeft = listedOf(seen('Paused').report, nothingLearned);

describe('a look by id is due', () => {
  test('at every run while the outcome of a change is open', () => {
    expect([isDue(pausing(looked), isActive), isDue(resuming(looked))]).toEqual([true, true]);
    const underWay = { ...looked, attempts: [{ ...RESUME_ATTEMPT, limitMs: NOW }] };
    expect([isDue(pausing(underWay)), isDue(resuming(underWay))]).toEqual([true, true]);
  });

  test('after a resume, when it can take effect no more, and again three minutes later', () => {
    const settling = (limitMs: number) => resumed({ ...looked, attempts: [{ ...RESUME_ATTEMPT, limitMs }] });
    expect(isDue(settling(NOW - 3 * MINUTE + 1), isActive)).toBe(false);
    expect(isDue(settling(NOW - 3 * MINUTE), isActive)).toBe(true);
    expect(isDue(resumed({ ...looked, odd: odd('Active', 3 * MINUTE - 1) }), isActive)).toBe(false);
    expect(isDue(resumed({ ...looked, odd: odd('Active', 3 * MINUTE) }), isActive)).toBe(true);
  });

  test.each<readonly [string, Ownership]>([
    ['paused', paused(looked)],
    ['doubtful', doubtful({ ...looked, listed: listedAsLeft })],
  ])('not for a report that is %s and listed as it was left', (_, ownership) => {
    expect(isDue(ownership)).toBe(false);
  });

  test('once a day in any case', () => {
    for (const make of [paused, ended]) {
      const shown = make === ended ? isActive : isPaused;
      expect(isDue(make({ lookedMs: NOW - DAY + 1 }), shown)).toBe(false);
      expect(isDue(make({ lookedMs: NOW - DAY }), shown)).toBe(true);
    }
  });

  test.each(['Active', 'Inactive'] as const)('a second time, three minutes after it was %s', (status) => {
    expect(isDue(paused({ ...looked, odd: odd(status, 3 * MINUTE - 1) }))).toBe(false);
    expect(isDue(paused({ ...looked, odd: odd(status, 3 * MINUTE) }))).toBe(true);
  });

  test('a second time also where the list still shows it paused, for as long as it is not given up', () => {
    const standsActive = { firstMs: NOW - HOUR, lastMs: NOW - 3 * MINUTE };
    const net = { ...paused().net, standsActive };
    const again = { ...looked, odd: odd('Active', 3 * MINUTE), net };
    expect([isDue(paused(again)), isDue(doubtful({ ...again, listed: listedAsLeft }))]).toEqual([true, true]);
  });

  test('where the list lacks it or shows another status', () => {
    expect(isDue(paused(looked), absent)).toBe(true);
    expect(isDue(paused(looked), isActive)).toBe(true);
    expect(isDue(doubtful(looked), listed('Inactive'))).toBe(true);
  });

  test('a 404 that is listed again is no reason by itself', () => {
    expect(isDue(paused({ ...looked, odd: odd('notFound', HOUR) }))).toBe(false);
  });

  test('where the list shows it touched or edited, until a look has explained it', () => {
    const touched = { modifiedMs: NOW - HOUR };
    for (const fields of [touched, { contents: 'description=22222222' }]) {
      const shown = listed('Paused', fields);
      const explained = listedOf(seen('Paused', fields).report, nothingLearned);
      expect(isDue(paused(looked), shown)).toBe(true);
      expect(isDue(paused({ ...looked, listed: explained }), shown)).toBe(false);
    }
  });

  test('not for a touch where times move by themselves', () => {
    const shown = listed('Paused', { modifiedMs: NOW - HOUR });
    expect(isDue(paused(looked), shown, { ...TIMES_MOVE, timesMoveByThemselves: true })).toBe(false);
  });

  test('for a doubtful one whenever the list shows something new of it', () => {
    expect(isDue(doubtful(looked))).toBe(true);
  });
});

describe('a report that was given up', () => {
  const net = paused().net;
  const standsActive = (forMs: number) => ({ firstMs: NOW - MINUTE - forMs, lastMs: NOW - MINUTE });

  test('is read where the list shows it paused, and not where it is active or missing', () => {
    expect(isDue(ended(looked), isPaused)).toBe(true);
    expect([isDue(ended(looked), isActive), isDue(ended(looked), absent)]).toEqual([false, false]);
  });

  test('is read again until two looks have shown it active, and then once a day', () => {
    const again = { ...looked, odd: odd('Active', 3 * MINUTE) };
    expect(isDue(ended({ ...again, net }), isActive)).toBe(true);
    const once = ended({ ...again, net: { ...net, standsActive: standsActive(3 * MINUTE - 1) } });
    expect(isDue(once, isActive)).toBe(true);
    const twice = ended({ ...again, net: { ...net, standsActive: standsActive(3 * MINUTE) } });
    expect(isDue(twice, isActive)).toBe(false);
    expect(isDue({ ...twice, lookedMs: NOW - DAY }, isActive)).toBe(true);
  });

  test.each(['exhausted', 'gone'] as const)('and is %s is read once a day', (closed) => {
    const again = { ...looked, odd: odd('Inactive', HOUR), net: { ...net, closed } };
    expect(isDue(ended(again), listed('Inactive'))).toBe(false);
  });
});

describe('a look is odd, and repeated', () => {
  const missing: Observation = { kind: 'notFound', readAtMs: NOW };
  const looks = [seen('Active'), seen('Paused'), seen('Inactive'), missing, absent];

  test.each<readonly [string, Ownership | null, readonly string[]]>([
    ['nobody owns', null, []],
    ['pausing', pausing(), ['Inactive', 'notFound']],
    ['resuming', resuming(), ['Inactive', 'notFound']],
    ['paused', paused(), ['Active', 'Inactive', 'notFound', 'absent']],
    ['doubtful', doubtful(), ['Active', 'Inactive', 'notFound', 'absent']],
    ['resumed', resumed(), ['Paused', 'Inactive', 'notFound', 'absent']],
    ['ended', ended(), ['Paused']],
  ])('where it shows something else than expected: %s', (_, ownership, expected) => {
    const nameOf = (look: Observation) => (look.kind === 'seen' ? look.report.reportStatus : look.kind);
    expect(looks.filter((look) => isOddLook(ownership, look)).map(nameOf)).toEqual(expected);
  });
});

test('a time that went back, or got lost, is odd in a report that we keep paused', () => {
  const kept = paused();
  const isOdd = (modifiedMs: number | null) => isOddLook(kept, seen('Paused', { ...BEFORE, modifiedMs }));
  const keptMs = kept.kept.modifiedMs ?? 0;
  expect([isOdd(keptMs - MINUTE), isOdd(null), isOdd(keptMs), isOdd(keptMs + MINUTE)]).toEqual([
    ...[true, true, false, false],
  ]);
});

test('two looks are the same where status and time are', () => {
  const [one, missing] = [seen('Paused'), { kind: 'notFound', readAtMs: NOW } as const];
  const isSame = (other: Observation) => isSameLook(one, other);
  expect([
    isSame(seen('Paused', {}, NOW - MINUTE)),
    isSameLook(missing, { ...missing, readAtMs: 1 }),
  ]).toEqual([true, true]);
  expect([isSame(seen('Active')), isSame(seen('Paused', { modifiedMs: NOW })), isSame(missing)]).toEqual([
    ...[false, false, false],
  ]);
});

describe('of several looks', () => {
  const active = (readAtMs: number) => seen('Active', {}, readAtMs);
  const isPausedAt = (readAtMs: number) => seen('Paused', {}, readAtMs);

  test('one that more than half of them contradict never happened', () => {
    expect(outvoted([active(1), isPausedAt(2), isPausedAt(3)])).toEqual(isPausedAt(3));
    expect(outvoted([active(1), active(2), isPausedAt(3)])).toEqual(active(2));
    const missing = (readAtMs: number) => ({ kind: 'notFound', readAtMs }) as const;
    expect(outvoted([missing(1), isPausedAt(2), isPausedAt(3)])).toEqual(isPausedAt(3));
    expect(outvoted([missing(1), missing(2), isPausedAt(3)])).toEqual(missing(2));
  });

  test('the last one counts where none has more than half', () => {
    expect(outvoted([active(1), isPausedAt(2)])).toEqual(isPausedAt(2));
    const missing = { kind: 'notFound', readAtMs: 2 } as const;
    expect(outvoted([active(1), missing, seen('Paused', BEFORE, 3)])).toEqual(seen('Paused', BEFORE, 3));
    const newer = seen('Active', { modifiedMs: NOW }, 1);
    expect(outvoted([newer, isPausedAt(2)])).toEqual(isPausedAt(2));
  });

  test('the first counts where the list had shown the report active, or run out, as well: two sources are no glitch', () => {
    const reads = [active(1), isPausedAt(2), isPausedAt(3)] as const;
    expect(outvoted([...reads], isActive)).toEqual(active(1));
    expect(outvoted([active(1), active(2), isPausedAt(3)], isActive)).toEqual(active(2));
    expect(outvoted([...reads], isPaused)).toEqual(isPausedAt(3));
    expect(outvoted([isPausedAt(1), active(2), active(3)], isPaused)).toEqual(active(3));
    expect(outvoted([isPausedAt(1), active(2), active(3)], isActive)).toEqual(active(3));
  });

  test('the one with the newest time tells how a report is, since a time never goes back', () => {
    const at = (modifiedMs: number | null, readAtMs: number) => seen('Paused', { modifiedMs }, readAtMs);
    expect(outvoted([at(1_000, 1), at(5_000, 2), at(null, 3)])).toEqual(at(5_000, 2));
    expect(outvoted([at(5_000, 1), at(5_000, 2)])).toEqual(at(5_000, 2));
  });

  test('a single one is what was seen', () => {
    expect(outvoted([active(1)])).toEqual(active(1));
  });
});

describe('a look teaches how far the clock of the times is off', () => {
  const endedMs = NOW - 3 * MINUTE;
  const attempts = [{ ...RESUME_ATTEMPT, towards: 'Paused', answer: 'accepted', endedMs } as const];
  const early = paused({ attempts, lookedMs: endedMs + 1_000 });

  test('three minutes after a pause that was read before its time can have been stored', () => {
    expect(teachesTimes(early, nothingLearned, NOW)).toBe(true);
    expect(teachesTimes(early, nothingLearned, NOW - 1)).toBe(false);
  });

  test('never where that is known, where times prove nothing, or where the pause was looked at since', () => {
    const known = { ...nothingLearned, timeOffset: { minInMs: 0, maxInMs: 0 } };
    expect(teachesTimes(early, known, NOW)).toBe(false);
    expect(teachesTimes(early, { ...nothingLearned, timesMoveByThemselves: true }, NOW)).toBe(false);
    expect(teachesTimes({ ...early, lookedMs: NOW }, nothingLearned, NOW)).toBe(false);
    expect(teachesTimes(doubtful({ attempts, lookedMs: endedMs }), nothingLearned, NOW)).toBe(false);
  });
});
