import { attributePause } from '../../../shared/deciding/attribution.ts';
import { type Attempt, nothingLearned } from '../../../shared/model/ownership.ts';
import { ATTEMPT, BEFORE, MINUTE, PAUSED_AT, TIMES_MOVE } from './sampleSituation.ts';

const SECOND = 1000;
const ENDED = PAUSED_AT + SECOND;
const accepted: Attempt = { ...ATTEMPT, answer: 'accepted', endedMs: ENDED };
const unclear: Attempt = { ...ATTEMPT, answer: 'unclear', endedMs: ENDED };
const refused: Attempt = { ...ATTEMPT, answer: 'refused', endedMs: ENDED };
const UNMOVED = BEFORE;
const movedTo = (atMs: number) => ({ ...BEFORE, modifiedMs: atMs });
const LATE = PAUSED_AT + 10 * MINUTE;

function attribute(more: Partial<Parameters<typeof attributePause>[0]>) {
  return attributePause({
    ...{ before: BEFORE, found: UNMOVED, readAtMs: LATE, attempts: [accepted] },
    ...{ readActiveMs: PAUSED_AT - SECOND, stoodActive: false, learned: nothingLearned },
    ...more,
  });
}

describe('read Paused within ten seconds of the attempt’s end', () => {
  const soon = { readAtMs: ENDED + 10 * SECOND };

  test('it is ours, whatever the times say', () => {
    expect(attribute({ ...soon, found: movedTo(PAUSED_AT - 5 * MINUTE), learned: TIMES_MOVE })).toBe('ours');
    expect(attribute({ ...soon, attempts: [unclear] })).toBe('ours');
    expect(attribute({ ...soon, attempts: [refused] })).toBe('ours');
    const touched = { ...soon, found: movedTo(PAUSED_AT - 5 * MINUTE), learned: TIMES_MOVE };
    expect(attribute({ ...touched, attempts: [unclear] })).toBe('ours');
    expect(attribute({ ...touched, attempts: [unclear], readActiveMs: null })).toBe('ours');
  });

  test('but by the times where a read has shown it active since an attempt which was not accepted', () => {
    const found = movedTo(PAUSED_AT - 5 * MINUTE);
    const since = { ...soon, found, readActiveMs: ENDED + SECOND, learned: TIMES_MOVE };
    expect(attribute({ ...since, attempts: [unclear] })).toBe('doubtful');
    expect(attribute({ ...since, readActiveMs: ENDED, attempts: [unclear] })).toBe('doubtful');
    expect(attribute({ ...since, attempts: [accepted] })).toBe('ours');
  });

  test('and not where nobody knows when the attempt ended', () => {
    const killed = { ...soon, attempts: [ATTEMPT], found: movedTo(PAUSED_AT - 5 * MINUTE) };
    expect(attribute({ ...killed, learned: TIMES_MOVE })).toBe('doubtful');
  });
});

describe('read Paused later', () => {
  test('a time that moved within the attempt makes it ours, anywhere else not', () => {
    for (const attempts of [[ATTEMPT], [accepted], [unclear]]) {
      const at = (atMs: number) => attribute({ attempts, found: movedTo(atMs), learned: TIMES_MOVE });
      expect(at(PAUSED_AT)).toBe('ours');
      expect(at(PAUSED_AT + 20 * SECOND)).toBe('ours');
      expect(at(PAUSED_AT - 10 * SECOND)).toBe('doubtful');
      expect(at(PAUSED_AT + 5 * MINUTE)).toBe('doubtful');
    }
  });

  test('of several attempts each counts', () => {
    const second = { ...ATTEMPT, sentMs: LATE, limitMs: LATE + 20 * SECOND };
    const both = { attempts: [ATTEMPT, second], learned: TIMES_MOVE, readAtMs: LATE + 10 * MINUTE };
    expect(attribute({ ...both, found: movedTo(PAUSED_AT + SECOND) })).toBe('ours');
    expect(attribute({ ...both, found: movedTo(LATE + SECOND) })).toBe('ours');
    expect(attribute({ ...both, found: movedTo(LATE - 2 * MINUTE) })).toBe('doubtful');
  });

  test('two minutes each side are allowed for clocks until they were compared, and then what was seen', () => {
    const early = { found: movedTo(PAUSED_AT - 110 * SECOND), attempts: [ATTEMPT] };
    expect(attribute(early)).toBe('ours');
    expect(attribute({ ...early, learned: TIMES_MOVE })).toBe('doubtful');
    const behind = { ...TIMES_MOVE, timeOffset: { minInMs: -600 * SECOND, maxInMs: -599 * SECOND } };
    expect(attribute({ found: movedTo(PAUSED_AT - 595 * SECOND), learned: behind })).toBe('ours');
    expect(attribute({ found: movedTo(PAUSED_AT + SECOND), attempts: [ATTEMPT], learned: behind })).toBe(
      'doubtful',
    );
  });

  test('a time long before an accepted pause is no touch after it, as long as no clock was compared', () => {
    const early = { found: movedTo(PAUSED_AT - 10 * MINUTE) };
    expect(attribute(early)).toBe('ours');
    expect(attribute({ ...early, attempts: [unclear] })).toBe('doubtful');
    const learned = { ...nothingLearned, changesMoveTime: 'yes' } as const;
    expect(attribute({ ...early, learned })).toBe('ours');
    expect(attribute({ ...early, learned, stoodActive: true })).toBe('doubtful');
  });

  test('an unmoved time makes it doubtful where our changes are known to move it, else ours', () => {
    expect(attribute({ learned: TIMES_MOVE })).toBe('doubtful');
    expect(attribute({ learned: { ...TIMES_MOVE, changesMoveTime: 'no' } })).toBe('ours');
    expect(attribute({ learned: { ...TIMES_MOVE, changesMoveTime: 'both' } })).toBe('ours');
    expect(attribute({})).toBe('ours');
  });

  test('a time that cannot be read, or is older than before, is no evidence', () => {
    for (const modifiedMs of [null, (BEFORE.modifiedMs ?? 0) - MINUTE]) {
      expect(attribute({ found: { ...BEFORE, modifiedMs }, learned: TIMES_MOVE })).toBe('ours');
    }
  });

  test('where times move by themselves they prove nothing', () => {
    const learned = { ...TIMES_MOVE, timesMoveByThemselves: true };
    expect(attribute({ found: movedTo(PAUSED_AT + 60 * MINUTE), learned })).toBe('ours');
    expect(attribute({ found: UNMOVED, learned })).toBe('ours');
  });

  test('an attempt that had no effect yet when it was read may have had it by its limit, or by its answer if refused', () => {
    const since = { readActiveMs: ENDED + 2 * SECOND, learned: TIMES_MOVE };
    const found = movedTo(PAUSED_AT + 25 * SECOND);
    expect(attribute({ ...since, attempts: [unclear], found })).toBe('ours');
    expect(attribute({ ...since, attempts: [refused], found })).toBe('doubtful');
    expect(attribute({ ...since, attempts: [unclear], found: movedTo(PAUSED_AT + MINUTE) })).toBe('doubtful');
    for (const attempts of [[unclear], [refused]]) {
      expect(attribute({ ...since, attempts, learned: nothingLearned })).toBe('ours');
      expect(attribute({ ...since, attempts, found: movedTo(PAUSED_AT + SECOND) })).toBe('ours');
    }
  });

  test('unmoved tells nothing as long as the time may be stored late', () => {
    const storedMs = ENDED + 5 * MINUTE;
    const at = (readAtMs: number) => attribute({ readAtMs, learned: TIMES_MOVE });
    expect([at(storedMs - 1), at(storedMs)]).toEqual(['unclear', 'doubtful']);
    const over = { ...accepted, sentMs: PAUSED_AT - 60 * MINUTE, endedMs: PAUSED_AT - 60 * MINUTE };
    expect(attribute({ attempts: [over, accepted], readAtMs: storedMs - 1, learned: TIMES_MOVE })).toBe(
      'unclear',
    );
  });

  test('a report that stood active when no attempt could take effect any more is not ours without a stamp', () => {
    const stood = { stoodActive: true, readActiveMs: LATE - MINUTE };
    expect(attribute(stood)).toBe('doubtful');
    expect(attribute({ ...stood, found: movedTo(PAUSED_AT + SECOND), learned: TIMES_MOVE })).toBe('ours');
  });
});

test('without an attempt nothing is ours', () => {
  expect(attribute({ attempts: [] })).toBe('doubtful');
});
