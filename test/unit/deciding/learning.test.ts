import {
  learnFromChange,
  learnFromLateStamp,
  learnLag,
  type StrangerSample,
  timesMoveByThemselves,
} from '../../../shared/deciding/learning.ts';
import { type Evidence, nothingLearned } from '../../../shared/model/ownership.ts';
import type { Report } from '../../../shared/model/report.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import {
  ATTEMPT,
  BEFORE,
  HOUR,
  MINUTE,
  NOW,
  PAUSED_AT,
  paused,
  pausing,
  TIMES_MOVE,
} from './sampleSituation.ts';

const SECOND = 1000;
const DAY = 24 * HOUR;
const accepted = { ...ATTEMPT, answer: 'accepted', endedMs: PAUSED_AT + SECOND } as const;
const at = (modifiedMs: number | null): Evidence => ({ ...BEFORE, modifiedMs });

function learn(
  after: Evidence,
  more: Partial<Parameters<typeof learnFromChange>[1]> = {},
  known = nothingLearned,
) {
  const change = { before: BEFORE, after, attempt: accepted, readAtMs: PAUSED_AT + 2 * SECOND };
  return learnFromChange(known, { ...change, ...more });
}

describe('a change that was read teaches', () => {
  test('that changes move the time, and how far its clock is off, by the time of the read at most', () => {
    expect(learn(at(PAUSED_AT + 5 * SECOND))).toEqual({
      ...{ ...nothingLearned, changesMoveTime: 'yes', pauseWasRead: true },
      timeOffset: { minInMs: 3 * SECOND, maxInMs: 5 * SECOND },
    });
  });

  test('on the clock of the service, until the read where nobody knows when it ended', () => {
    const attempt = { ...ATTEMPT, serviceOffsetInMs: 60 * SECOND };
    expect(learn(at(PAUSED_AT + 60 * SECOND), { attempt }).timeOffset).toEqual({
      ...{ minInMs: -2 * SECOND, maxInMs: 0 },
    });
  });

  test('a range that holds all that was seen', () => {
    const known = { ...TIMES_MOVE, timeOffset: { minInMs: -9 * SECOND, maxInMs: 2 * SECOND } };
    expect(learn(at(PAUSED_AT + 5 * SECOND), {}, known).timeOffset).toEqual({
      ...{ minInMs: -9 * SECOND, maxInMs: 5 * SECOND },
    });
    const later = { ...TIMES_MOVE, timeOffset: { minInMs: 5 * SECOND, maxInMs: 9 * SECOND } };
    expect(learn(at(PAUSED_AT + 5 * SECOND), {}, later).timeOffset).toEqual({
      ...{ minInMs: 3 * SECOND, maxInMs: 9 * SECOND },
    });
  });

  test('nothing about the time where it is more than a quarter of an hour off: somebody else’s', () => {
    const limit = 15 * MINUTE;
    expect(learn(at(PAUSED_AT + limit)).changesMoveTime).toBe('yes');
    expect(learn(at(PAUSED_AT + limit + 1)).changesMoveTime).toBe('unknown');
    expect(learn(at(PAUSED_AT + 2 * SECOND - limit)).changesMoveTime).toBe('yes');
    expect(learn(at(PAUSED_AT + 2 * SECOND - limit - 1)).changesMoveTime).toBe('unknown');
  });

  test('that changes do not move it, where it stood long enough that it could have moved', () => {
    expect(learn(BEFORE).changesMoveTime).toBe('no');
    expect(learn(at(null), { before: at(null) }).changesMoveTime).toBe('no');
    const recent = PAUSED_AT - 16 * MINUTE;
    expect(learn(at(recent - 1), { before: at(recent - 1) }).changesMoveTime).toBe('no');
    expect(learn(at(recent), { before: at(recent) }).changesMoveTime).toBe('unknown');
  });

  test('nothing by a time that went back, cannot be read, or came with an edit', () => {
    expect(learn(at((BEFORE.modifiedMs ?? 0) - MINUTE)).changesMoveTime).toBe('unknown');
    expect(learn(at(null)).changesMoveTime).toBe('unknown');
    const edited = { modifiedMs: PAUSED_AT, contents: 'description=22222222' };
    expect(learn(edited)).toEqual({ ...nothingLearned, pauseWasRead: true });
  });

  test('that the time proves nothing, where some changes moved it and some did not', () => {
    expect(learn(BEFORE, {}, TIMES_MOVE).changesMoveTime).toBe('both');
    expect(learn(at(PAUSED_AT), {}, { ...TIMES_MOVE, changesMoveTime: 'no' }).changesMoveTime).toBe('both');
    expect(learn(at(PAUSED_AT), {}, { ...TIMES_MOVE, changesMoveTime: 'both' }).changesMoveTime).toBe('both');
    expect(learn(at(PAUSED_AT), {}, TIMES_MOVE).changesMoveTime).toBe('yes');
  });

  test('that pauses can be read, by a pause alone', () => {
    const resume = { attempt: { ...accepted, towards: 'Active' } as const };
    expect(learn(BEFORE, resume).pauseWasRead).toBe(false);
    expect(learn(BEFORE, resume, TIMES_MOVE).pauseWasRead).toBe(true);
    expect(learn(BEFORE).pauseWasRead).toBe(true);
  });
});

describe('a stamp that was stored late teaches', () => {
  const before = paused({ attempts: [accepted] });
  const stamped = (modifiedMs: number | null) => ({ ...before, kept: at(modifiedMs) });
  /** Three minutes after the end of an accepted attempt no effect is stamped any more. */
  const SETTLED = PAUSED_AT + SECOND + 3 * MINUTE;

  test('how far the clock is off, while nothing else is known of it', () => {
    expect(learnFromLateStamp(nothingLearned, before, stamped(PAUSED_AT + MINUTE))).toEqual({
      ...{ ...nothingLearned, changesMoveTime: 'yes' },
      timeOffset: { minInMs: PAUSED_AT + MINUTE - SETTLED, maxInMs: MINUTE },
    });
    expect(learnFromLateStamp(TIMES_MOVE, before, stamped(PAUSED_AT + MINUTE))).toBe(TIMES_MOVE);
  });

  test('by the pause, whatever was sent after it', () => {
    const resume = { ...accepted, towards: 'Active', sentMs: NOW, endedMs: NOW } as const;
    const later = { ...stamped(PAUSED_AT + MINUTE), attempts: [accepted, resume] };
    expect(learnFromLateStamp(nothingLearned, before, later).timeOffset?.maxInMs).toBe(MINUTE);
  });

  test('on the clock of the service', () => {
    const late = { ...stamped(PAUSED_AT + MINUTE), attempts: [{ ...accepted, serviceOffsetInMs: MINUTE }] };
    expect(learnFromLateStamp(nothingLearned, before, late).timeOffset).toEqual({
      ...{ minInMs: PAUSED_AT - SETTLED, maxInMs: 0 },
    });
  });

  test('nothing where it is half an hour off', () => {
    const [first, last] = [SETTLED - 30 * MINUTE, PAUSED_AT + 30 * MINUTE];
    for (const [modifiedMs, expected] of [
      [first, 'yes'],
      [first - 1, 'unknown'],
      [last, 'yes'],
      [last + 1, 'unknown'],
    ] as const) {
      expect(learnFromLateStamp(nothingLearned, before, stamped(modifiedMs)).changesMoveTime).toBe(expected);
    }
  });

  test('nothing of an edit, of an unmoved or unreadable time, or of a report that was not ours before', () => {
    const edited = { ...before, kept: { modifiedMs: PAUSED_AT, contents: 'description=22222222' } };
    const resumedOnly = { ...stamped(PAUSED_AT), attempts: [] };
    for (const after of [edited, before, stamped(null), resumedOnly, pausing()]) {
      expect(learnFromLateStamp(nothingLearned, before, after)).toBe(nothingLearned);
    }
    const near = { ...before, kept: at(PAUSED_AT - MINUTE) };
    expect(learnFromLateStamp(nothingLearned, near, near)).toBe(nothingLearned);
    expect(learnFromLateStamp(nothingLearned, pausing({ before: BEFORE }), before)).toBe(nothingLearned);
    const unanswered = { ...stamped(PAUSED_AT), attempts: [{ ...accepted, answer: 'unclear' as const }] };
    expect(learnFromLateStamp(nothingLearned, pausing({ before: BEFORE }), unanswered)).toBe(nothingLearned);
  });

  test('the same of an accepted pause that a later run found, unless somebody may have touched it since', () => {
    const found = (modifiedMs: number) =>
      learnFromLateStamp(nothingLearned, pausing({ before: BEFORE }), stamped(modifiedMs)).timeOffset;
    const lasts = SETTLED - PAUSED_AT;
    for (const shiftInMs of [0, 2 * MINUTE, -14 * MINUTE, -15 * MINUTE]) {
      expect(found(PAUSED_AT + shiftInMs)).toEqual({ minInMs: shiftInMs - lasts, maxInMs: shiftInMs });
    }
    expect([found(PAUSED_AT + 2 * MINUTE + 1), found(PAUSED_AT - 15 * MINUTE - 1)]).toEqual([null, null]);
  });

  test('that the time proves nothing where other changes did not move it', () => {
    const known = { ...nothingLearned, changesMoveTime: 'no' } as const;
    expect(learnFromLateStamp(known, before, stamped(PAUSED_AT)).changesMoveTime).toBe('both');
  });
});

describe('times are seen to move by themselves', () => {
  const sampleOf = (number: number, fields: Partial<StrangerSample> = {}): StrangerSample => ({
    ...{ reportId: reportIdOf(number), reportStatus: 'Active', evidence: BEFORE },
    ...fields,
  });
  const now = (number: number, isMoved: boolean, fields: Partial<Report> = {}): [string, Report] => {
    const modifiedMs = isMoved ? NOW : BEFORE.modifiedMs;
    return [reportIdOf(number), reportWith(number, { ...BEFORE, modifiedMs, ...fields })];
  };
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const isSeen = (moved: number, unmoved: number, fields: Partial<Report> = {}) => {
    const ids = numbers(moved + unmoved);
    const sample = ids.map((number) => sampleOf(number));
    return timesMoveByThemselves(sample, new Map(ids.map((number) => now(number, number <= moved, fields))));
  };

  test('in five reports of others, and a fifth of them', () => {
    expect([isSeen(5, 0), isSeen(4, 0)]).toEqual([true, false]);
    expect([isSeen(5, 20), isSeen(5, 21)]).toEqual([true, false]);
  });

  test('not where their status or contents changed, or they are shown no more', () => {
    expect(isSeen(9, 0, { reportStatus: 'Paused' })).toBe(false);
    expect(isSeen(9, 0, { contents: 'description=22222222' })).toBe(false);
    expect(
      timesMoveByThemselves(
        numbers(9).map((number) => sampleOf(number)),
        new Map(),
      ),
    ).toBe(false);
  });

  test('where those that are not compared do not count', () => {
    const sample = numbers(50).map((number) => sampleOf(number));
    const listed = new Map(
      numbers(50).map((number) => now(number, true, number > 5 ? { reportStatus: 'Paused' } : {})),
    );
    expect(timesMoveByThemselves(sample, listed)).toBe(true);
  });
});

describe('the lag of lists', () => {
  test('is the most that was seen, and half of it is forgotten in a day', () => {
    expect(learnLag(0, 30 * SECOND, 0)).toBe(30 * SECOND);
    expect(learnLag(30 * SECOND, 10 * SECOND, 0)).toBe(30 * SECOND);
    expect(learnLag(30 * SECOND, 0, DAY)).toBe(15 * SECOND);
    expect(learnLag(30 * SECOND, 20 * SECOND, DAY)).toBe(20 * SECOND);
    expect(learnLag(1, 0, 10 * DAY)).toBe(0);
  });
});
