import {
  judgeAnsweredPause,
  judgeFoundPause,
  judgeKept,
  learnFrom,
  narrowedTo,
} from '../../../shared/deciding/judge.ts';
import { floorToSecond, parseServiceTime } from '../../../shared/deciding/serviceTime.ts';
import type { AttemptInterval, Evidence } from '../../../shared/model/ownership.ts';
import { at } from '../windows/sampleWindow.ts';
import { ATTEMPT, BEFORE } from './sampleSituation.ts';

function movedTo(modifiedTime: string | null): Evidence {
  return { ...BEFORE, modifiedTime };
}

function attemptFrom(instant: string): AttemptInterval {
  return { fromServiceMs: at(instant), untilServiceMs: at(instant) + 21_000 };
}

describe('a pause that the service answered', () => {
  const judge = (after: Evidence, attempts: readonly AttemptInterval[] = [ATTEMPT]) =>
    judgeAnsweredPause({ before: BEFORE, after, attempts });

  test('is ours where modifiedTime never moves', () => {
    expect(judge(BEFORE)).toBe('ours');
  });

  test('is ours where modifiedTime moved after our PUT left', () => {
    expect(judge(movedTo('2026-03-01T09:00:03Z'))).toBe('ours');
  });

  test('is ours in the very second in which our PUT left, since the service writes whole seconds', () => {
    expect(judge(movedTo('2026-03-01T09:00:00Z'), [attemptFrom('2026-03-01T09:00:00.900Z')])).toBe('ours');
  });

  test('is ours however late after our PUT the service says that it moved', () => {
    expect(judge(movedTo('2026-03-01T09:05:00Z'))).toBe('ours');
  });

  test('is doubtful where modifiedTime moved to an instant before our PUT left', () => {
    expect(judge(movedTo('2026-03-01T08:59:59Z'))).toBe('doubtful');
  });

  test('is doubtful where it moved while our PUT, written ahead already, waited for its turn', () => {
    const written = [ATTEMPT, attemptFrom('2026-03-01T09:01:00Z')];
    const attempts = narrowedTo(at('2026-03-01T09:01:01.500Z'), written);
    expect(judge(movedTo('2026-03-01T09:01:00Z'), attempts)).toBe('doubtful');
    expect(judge(movedTo('2026-03-01T09:01:01Z'), attempts)).toBe('ours');
    expect(judge(movedTo('2026-03-01T09:00:05Z'), attempts)).toBe('ours');
    expect(narrowedTo(at('2026-03-01T08:00:00Z'), written)).toEqual(written);
    expect(narrowedTo(0, [])).toEqual([]);
  });

  test('is ours where an earlier attempt of ours moved it', () => {
    const attempts = [ATTEMPT, attemptFrom('2026-03-01T09:01:00Z')];
    expect(judge(movedTo('2026-03-01T09:00:05Z'), attempts)).toBe('ours');
  });

  test('is doubtful where it moved between two attempts of ours', () => {
    const attempts = [ATTEMPT, attemptFrom('2026-03-01T09:01:00Z')];
    expect(judge(movedTo('2026-03-01T09:00:40Z'), attempts)).toBe('doubtful');
  });

  test('is ours where the time cannot be read', () => {
    expect(judge(movedTo('soon'))).toBe('ours');
    expect(judge(movedTo(null))).toBe('ours');
  });
});

test('a pause that was found is ours in the whole second in which our PUT left, and not in the one before', () => {
  const attempts = [attemptFrom('2026-03-01T09:00:00.900Z')];
  const judge = (modifiedTime: string) =>
    judgeFoundPause({
      before: BEFORE,
      found: movedTo(modifiedTime),
      attempts,
      pauseMovesModifiedTime: 'yes',
    });
  expect(judge('2026-03-01T09:00:00Z')).toBe('ours');
  expect(judge('2026-03-01T08:59:59Z')).toBe('doubtful');
});

describe('what a confirmed pause teaches about modifiedTime', () => {
  const learn = (after: Evidence, before = BEFORE) => learnFrom({ before, after, attempts: [ATTEMPT] });

  test('that it moves, where it moved while we paused', () => {
    expect(learn(movedTo('2026-03-01T09:00:03Z'))).toBe('yes');
  });

  test('that it stays, where it stayed', () => {
    expect(learn(BEFORE)).toBe('no');
    expect(learn(movedTo(null), movedTo(null))).toBe('no');
  });

  test('nothing, where the report was changed in the second before, and a move would not show', () => {
    for (const modifiedTime of ['2026-03-01T09:00:00Z', '2026-03-01T08:59:59Z']) {
      expect(learn(movedTo(modifiedTime), movedTo(modifiedTime))).toBeNull();
    }
  });

  test('nothing, where somebody else moved it or edited the report', () => {
    expect(learn(movedTo('2026-03-01T08:00:00Z'))).toBeNull();
    expect(learn(movedTo(null))).toBeNull();
    expect(learn({ modifiedTime: '2026-03-01T09:00:03Z', contentHash: 'edited' })).toBeNull();
  });
});

describe('a report that we keep paused', () => {
  const judge = (kept: Evidence, found: Evidence) =>
    judgeKept({ kept, found, confirmedServiceMs: at('2026-03-01T09:00:00Z') });

  test('is untouched, edited or touched', () => {
    expect(judge(BEFORE, BEFORE)).toBe('untouched');
    expect(judge(BEFORE, { ...BEFORE, contentHash: 'edited' })).toBe('edited');
    expect(judge(BEFORE, { modifiedTime: '2026-03-01T09:30:00Z', contentHash: 'edited' })).toBe('edited');
    expect(judge(BEFORE, movedTo('2026-03-01T09:30:00Z'))).toBe('touched');
    expect(judge(BEFORE, movedTo(null))).toBe('touched');
    expect(judge(movedTo(null), BEFORE)).toBe('touched');
  });

  test('is not touched where our own pause was stored only after it was answered', () => {
    expect(judge(BEFORE, movedTo('2026-03-01T08:59:38Z'))).toBe('late');
    expect(judge(BEFORE, movedTo('2026-03-01T09:00:22Z'))).toBe('late');
    expect(judge(BEFORE, movedTo('2026-03-01T08:59:37Z'))).toBe('touched');
    expect(judge(BEFORE, movedTo('2026-03-01T09:00:23Z'))).toBe('touched');
  });
});

describe('a time as the service writes it', () => {
  test.each([
    ['2026-03-01T09:00:00Z', at('2026-03-01T09:00:00Z')],
    ['2026-03-01T09:00:00', at('2026-03-01T09:00:00Z')],
    ['2026-03-01 09:00:00Z', at('2026-03-01T09:00:00Z')],
    ['2026-03-01T09:00:00.123Z', at('2026-03-01T09:00:00Z')],
    ['2026-13-01T09:00:00Z', null],
    ['2026-03-01', null],
    ['', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(parseServiceTime(text)).toBe(expected);
  });

  test('is compared in whole seconds', () => {
    expect(floorToSecond(at('2026-03-01T09:00:00.999Z'))).toBe(at('2026-03-01T09:00:00Z'));
  });
});
