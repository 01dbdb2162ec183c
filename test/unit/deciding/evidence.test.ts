import {
  areTimesEvidence,
  compareTimes,
  isEdited,
  isOwnStamp,
  listedOf,
  mergeEvidence,
  settledMs,
  stampUntilMs,
} from '../../../shared/deciding/evidence.ts';
import { type Attempt, type Evidence, nothingLearned } from '../../../shared/model/ownership.ts';
import { reportWith } from '../windows/sampleReport.ts';
import { ATTEMPT, HOUR, MINUTE, NOW, PAUSED_AT, TIMES_MOVE } from './sampleSituation.ts';

const SECOND = 1000;
const evidence = (modifiedMs: number | null, contents = ''): Evidence => ({ modifiedMs, contents });

describe('an edit', () => {
  const isEditedFrom = (before: string, after: string) => isEdited(evidence(0, before), evidence(0, after));

  test('is a field that differs, whatever the order', () => {
    expect(isEditedFrom('a=1;b=2', 'b=2;a=1')).toBe(false);
    expect(isEditedFrom('a=1;b=2', 'b=3;a=1')).toBe(true);
    expect(isEditedFrom('a=1', 'a=1=2')).toBe(true);
  });

  test('is no field that either read lacks', () => {
    expect([isEditedFrom('a=1', ''), isEditedFrom('', 'a=1'), isEditedFrom('a=1', 'b=2')]).toEqual([
      ...[false, false, false],
    ]);
  });
});

describe('what is kept after a read', () => {
  test('is each field as it was read last, and what the read lacks stays', () => {
    expect(mergeEvidence(evidence(NOW, 'a=1;b=2'), evidence(NOW, 'b=3;c=4')).contents).toBe('a=1;b=3;c=4');
    expect(mergeEvidence(evidence(NOW, 'a=1'), evidence(NOW)).contents).toBe('a=1');
  });

  test('is the later time: one that is older or cannot be read is none', () => {
    const keptOf = (before: number | null, after: number | null) =>
      mergeEvidence(evidence(before), evidence(after)).modifiedMs;
    expect(keptOf(NOW, NOW + HOUR)).toBe(NOW + HOUR);
    expect(keptOf(NOW, NOW - HOUR)).toBe(NOW);
    expect(keptOf(NOW, null)).toBe(NOW);
    expect(keptOf(null, NOW)).toBe(NOW);
  });
});

describe('between two reads a time', () => {
  test.each([
    [NOW, NOW, 'same'],
    [NOW, NOW + 999, 'same'],
    [NOW, NOW - 999, 'same'],
    [NOW, NOW + 1000, 'moved'],
    [NOW, NOW - 1000, 'none'],
    [null, null, 'same'],
    [null, NOW, 'moved'],
    [NOW, null, 'none'],
  ] as const)('from %j to %j is %s', (before, after, expected) => {
    expect(compareTimes(evidence(before), evidence(after))).toBe(expected);
  });

  test('is evidence where every change of ours that was seen moved it, and nothing else did', () => {
    const learnedAs = (changesMoveTime: 'yes' | 'no' | 'both' | 'unknown', timesMoveByThemselves = false) =>
      areTimesEvidence({ ...nothingLearned, changesMoveTime, timesMoveByThemselves });
    expect([learnedAs('yes'), learnedAs('no'), learnedAs('both'), learnedAs('unknown')]).toEqual([
      ...[true, false, false, false],
    ]);
    expect(learnedAs('yes', true)).toBe(false);
  });
});

describe('an attempt', () => {
  const answered = (answer: Attempt['answer']): Attempt => ({
    ...{ ...ATTEMPT, answer, endedMs: PAUSED_AT + SECOND },
  });

  test('can take effect until three minutes after it was accepted, or else after its limit', () => {
    expect(settledMs(answered('accepted'))).toBe(PAUSED_AT + SECOND + 3 * MINUTE);
    for (const answer of ['unclear', 'refused', 'unknown'] as const) {
      expect(settledMs(answered(answer))).toBe(PAUSED_AT + 20 * SECOND + 3 * MINUTE);
    }
    expect(settledMs({ ...answered('accepted'), endedMs: null })).toBe(PAUSED_AT + 20 * SECOND + 3 * MINUTE);
  });

  test('stamps as long as it can take effect where it was accepted, until its answer where it was refused, else ten seconds beyond its limit', () => {
    expect(stampUntilMs(answered('accepted'))).toBe(PAUSED_AT + SECOND + 3 * MINUTE);
    expect(stampUntilMs(answered('unclear'))).toBe(PAUSED_AT + 30 * SECOND);
    expect(stampUntilMs(answered('refused'))).toBe(PAUSED_AT + SECOND);
  });

  const isOwn = (
    modifiedMs: number | null,
    {
      attempt = answered('accepted'),
      readAtMs = NOW,
      learned = TIMES_MOVE,
      others = [] as readonly Attempt[],
    } = {},
  ) => isOwnStamp(modifiedMs, readAtMs, [...others, attempt], learned);

  test('has stamped a time within it, two seconds and the learned offset allowed on either side', () => {
    const first = PAUSED_AT - 2 * SECOND;
    const last = PAUSED_AT + SECOND + 3 * MINUTE + 1000 + 2 * SECOND;
    expect([first - 1, first, last, last + 1].map((atMs) => isOwn(atMs))).toEqual([false, true, true, false]);
    expect(isOwn(null)).toBe(false);
    expect(isOwnStamp(PAUSED_AT, NOW, [], TIMES_MOVE)).toBe(false);
  });

  test('is measured on the clock of the service', () => {
    const attempt = { ...answered('accepted'), serviceOffsetInMs: HOUR };
    expect(isOwn(PAUSED_AT, { attempt })).toBe(false);
    expect(isOwn(PAUSED_AT + HOUR, { attempt })).toBe(true);
  });

  test('is one of several', () => {
    const others = [{ ...ATTEMPT, sentMs: NOW - 5 * HOUR, limitMs: NOW - 5 * HOUR }];
    expect(isOwn(PAUSED_AT + SECOND, { others })).toBe(true);
    expect(isOwn(NOW - 5 * HOUR, { others })).toBe(true);
  });

  test('accepted, may have stamped any time near it as long as no clock was compared and it is soon', () => {
    const soon = { readAtMs: PAUSED_AT + 15 * MINUTE, learned: nothingLearned };
    const late = { readAtMs: PAUSED_AT + 15 * MINUTE + 1, learned: nothingLearned };
    const end = PAUSED_AT + SECOND + 3 * MINUTE + 2 * SECOND;
    expect([isOwn(end + 15 * MINUTE, soon), isOwn(end + 15 * MINUTE + 1, soon)]).toEqual([true, false]);
    expect([isOwn(end + 2 * MINUTE, late), isOwn(end + 2 * MINUTE + 1, late)]).toEqual([true, false]);
    // A time before the attempt is no touch after it.
    const begin = PAUSED_AT - 15 * MINUTE - 2 * SECOND;
    expect([isOwn(begin, late), isOwn(begin - 1, late)]).toEqual([true, false]);
  });

  test('not accepted, is allowed two minutes on either side until clocks were compared', () => {
    const attempt = answered('unclear');
    const readAtMs = attempt.limitMs + 2 * MINUTE + 1;
    const unknown = { attempt, readAtMs, learned: nothingLearned };
    const begin = PAUSED_AT - 2 * MINUTE - 2 * SECOND;
    const end = PAUSED_AT + 30 * SECOND + 2 * MINUTE + 2 * SECOND;
    expect([begin - 1, begin, end, end + 1].map((atMs) => isOwn(atMs, unknown))).toEqual([
      ...[false, true, true, false],
    ]);
    // Whoever touched it so soon cannot be told from us anyway.
    const soon = { ...unknown, readAtMs: readAtMs - 1 };
    expect([isOwn(begin - 1, soon), isOwn(PAUSED_AT - 15 * MINUTE, soon)]).toEqual([true, true]);
  });

  test('stamped to the whole minute where times are cut to it', () => {
    const cut = PAUSED_AT - (PAUSED_AT % MINUTE);
    const known = { ...TIMES_MOVE, timeOffset: { minInMs: 0, maxInMs: 0 } };
    const at = (modifiedMs: number) => isOwn(modifiedMs, { readAtMs: NOW, learned: known });
    expect([at(cut), at(cut + SECOND), at(cut - MINUTE)]).toEqual([true, false, false]);
  });

  test('refused, had its effect before its answer', () => {
    const attempt = answered('refused');
    const end = (attempt.endedMs ?? 0) + 2 * SECOND;
    const known = { ...TIMES_MOVE, timeOffset: { minInMs: 0, maxInMs: 0 } };
    const at = (modifiedMs: number) => isOwn(modifiedMs, { attempt, readAtMs: NOW, learned: known });
    expect([at(end), at(end + 1)]).toEqual([true, false]);
  });
});

describe('how a list shows a report', () => {
  const report = reportWith(1, { modifiedMs: NOW, contents: 'a=1', reportStatus: 'Paused' });

  test('is its status, its time and its contents', () => {
    const shown = listedOf(report, nothingLearned);
    expect(listedOf({ ...report, reportName: 'Renamed' }, nothingLearned)).toBe(shown);
    for (const other of [{ modifiedMs: NOW + 1 }, { contents: 'a=2' }, { reportStatus: 'Active' } as const]) {
      expect(listedOf({ ...report, ...other }, nothingLearned)).not.toBe(shown);
    }
  });

  test('takes no notice of times that move by themselves', () => {
    const learned = { ...TIMES_MOVE, timesMoveByThemselves: true };
    expect(listedOf({ ...report, modifiedMs: NOW + 1 }, learned)).toBe(listedOf(report, learned));
    expect(listedOf({ ...report, modifiedMs: null }, nothingLearned)).toContain('Paused');
  });
});
