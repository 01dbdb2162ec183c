import { noFacts } from '../../../shared/ledger/ledgerRows.ts';
import { type LearnedFacts, nothingLearned } from '../../../shared/model/ownership.ts';
import { forgotten } from '../../../shared/service/relearn.ts';
import { learnedWords } from '../../../shared/service/showLearned.ts';

const much: LearnedFacts = {
  ...{ changesMoveTime: 'both', timeOffset: { minInMs: -240, maxInMs: 1_260 } },
  ...{ timesMoveByThemselves: true, pauseWasRead: true, listLagInMs: 42_000 },
};

describe('what was learned of an account', () => {
  test('is told as not known where nothing was seen, with what follows from it', () => {
    expect(learnedWords(nothingLearned, null)).toBe(
      'not known yet whether our changes move the time at which a report was modified; how far the clock of those times is off was not seen yet; times were not seen to move by themselves; no pause of ours was read yet, so that one report is paused at a time; no list was seen to be late.',
    );
  });

  test('is told with its values, and with what proves nothing by it', () => {
    expect(learnedWords(much, null)).toBe(
      'some of our changes moved the time at which a report was modified and some did not, so that it proves nothing; the clock of those times is off by -0.2 to 1.3 s; times of reports that nobody touched were seen to move by themselves, so that they prove nothing; a pause of ours was read; lists were up to 42 s late.',
    );
  });

  test.each([
    ['yes', 'our changes move the time at which a report was modified;'],
    ['no', 'our changes do not move the time at which a report was modified, so that it proves nothing;'],
  ] as const)('tells whether our changes move times: %s', (changesMoveTime, words) => {
    expect(learnedWords({ ...nothingLearned, changesMoveTime }, null)).toContain(words);
  });

  test('tells how many calls a second are taken, where that was seen', () => {
    expect(learnedWords(nothingLearned, 19.2)).toContain('; some 19.2 calls a second are taken.');
  });

  test('is forgotten with what it would be learned from, and alarms are not told twice for that', () => {
    const strangers = [
      {
        ...{ reportId: 'b0000000-0000-4000-8000-000000000001', reportStatus: 'Active' as const },
        evidence: { modifiedMs: 1, contents: '' },
      },
    ];

    const pace = { callsPerSecond: 20, steadyInMs: 2_000, obeyedPerSecond: 10 };
    expect(forgotten({ learned: much, learnedMs: 5, strangers, pace, told: { LeftPaused: 7 } })).toEqual({
      ...noFacts,
      told: { LeftPaused: 7 },
    });
  });
});
