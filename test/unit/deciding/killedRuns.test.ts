import type { LearnedFacts } from '../../../shared/model/ownership.ts';
import { nothingLearned } from '../../../shared/model/ownership.ts';
import {
  ATTEMPT,
  brief,
  decideWith,
  holdWith,
  MINUTE,
  NOW,
  pausing,
  RESUME_ATTEMPT,
  resuming,
  seen,
  TIMES_MOVE,
} from './sampleSituation.ts';

/** The process was killed after it had written its intent: nobody knows what came of it. */
const killed = (agoInMs: number) =>
  pausing({ attempts: [{ ...ATTEMPT, sentMs: NOW - agoInMs - 20_000, limitMs: NOW - agoInMs }] });
const killedOnTheWayBack = (agoInMs: number) =>
  resuming({ attempts: [{ ...RESUME_ATTEMPT, sentMs: NOW - agoInMs - 20_000, limitMs: NOW - agoInMs }] });

describe('a pause whose process was killed', () => {
  const find = (modifiedMs: number, learned: LearnedFacts = TIMES_MOVE, holds = [holdWith()]) =>
    brief(
      decideWith({
        ownership: killed(10 * MINUTE),
        observation: seen('Paused', { modifiedMs }),
        learned,
        holds,
      }),
    );
  const sentMs = NOW - 10 * MINUTE - 20_000;

  test('is ours where the time moved while the attempt lasted, and goes back with its hold', () => {
    expect(find(sentMs + 1000)).toMatchObject({ does: 'none held', owned: 'paused', tells: 'ReportPaused' });
    expect(find(sentMs + 1000, TIMES_MOVE, []).does).toBe('resume last_hold_ended');
  });

  test('is doubtful where the time moved before or after it: somebody else may have paused it', () => {
    for (const modifiedMs of [sentMs - MINUTE, NOW - MINUTE]) {
      expect(find(modifiedMs)).toMatchObject({ does: 'none doubtful', tells: 'ReportDoubtful' });
    }
  });

  test('is ours where times do not move', () => {
    const observation = seen('Paused');
    for (const learned of [nothingLearned, { ...TIMES_MOVE, changesMoveTime: 'no' } as const]) {
      const decided = decideWith({ ownership: killed(10 * MINUTE), observation, learned });
      expect(brief(decided)).toMatchObject({ does: 'none held', owned: 'paused' });
    }
  });

  test('and is read active is made again when it can take effect no more', () => {
    const active = (agoInMs: number) => brief(decideWith({ ownership: killed(agoInMs) })).does;
    expect([active(3 * MINUTE - 1), active(3 * MINUTE)]).toEqual([
      'none attempt_under_way',
      'pause pause_not_done',
    ]);
  });

  test('and that nothing wants any more is watched until two looks have shown it active', () => {
    const decided = decideWith({ ownership: killed(10 * MINUTE), holds: [] });
    expect(brief(decided)).toMatchObject({ does: 'none fresh_read_awaited', owned: 'pausing' });
  });

  test('and that only a list shows is waited for', () => {
    const observation = { ...seen('Paused'), by: 'list' } as const;
    expect(brief(decideWith({ ownership: killed(10 * MINUTE), observation })).does).toBe(
      'none attempt_under_way',
    );
  });
});

describe('a resume whose process was killed', () => {
  const find = (
    agoInMs: number,
    status: 'Paused' | 'Active',
    holds: readonly ReturnType<typeof holdWith>[] = [],
  ) => brief(decideWith({ ownership: killedOnTheWayBack(agoInMs), holds, observation: seen(status) }));

  test('and is read active has taken effect, and is told', () => {
    expect(find(MINUTE, 'Active')).toMatchObject({
      ...{ does: 'none back_already', owned: 'resumed', tells: 'ReportResumed' },
    });
  });

  test('and is read paused is sent again when it can take effect no more', () => {
    expect(find(3 * MINUTE - 1, 'Paused').does).toBe('none attempt_under_way');
    expect(find(3 * MINUTE, 'Paused')).toMatchObject({ does: 'resume resume_not_done', owned: 'paused' });
  });

  test('and that somebody wants paused again stays so', () => {
    expect(find(3 * MINUTE, 'Paused', [holdWith()]).does).toBe('none held');
    expect(find(3 * MINUTE - 1, 'Active', [holdWith()]).does).toBe('none attempt_under_way');
    expect(find(3 * MINUTE, 'Active', [holdWith()]).does).toBe('pause hold_began');
  });

  test('and was touched since is doubtful', () => {
    const observation = seen('Paused', { modifiedMs: NOW - MINUTE });
    const decided = decideWith({ ownership: killedOnTheWayBack(10 * MINUTE), holds: [], observation });
    expect(brief(decided)).toMatchObject({ does: 'none doubtful', owned: 'doubtful' });
  });
});
