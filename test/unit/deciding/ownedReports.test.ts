import {
  ATTEMPT,
  brief,
  decideWith,
  doubtful,
  MINUTE,
  NOW,
  PAUSED_AT,
  paused,
  pausing,
  resuming,
  seen,
} from './sampleSituation.ts';

const none: readonly [] = [];
const isPaused = seen('Paused');

describe('a report that the service does not show', () => {
  const notFound = { kind: 'notFound' } as const;
  const absent = { kind: 'absent' } as const;

  test('stays ours at the first 404, which is remembered', () => {
    expect(decideWith({ ownership: paused(), observation: notFound }).ownership).toEqual(
      paused({ notFoundSinceMs: NOW }),
    );
  });

  test('stays ours at a second 404 that follows too soon', () => {
    const decided = decideWith({
      ownership: paused({ notFoundSinceMs: NOW - MINUTE + 1 }),
      observation: notFound,
    });
    expect(brief(decided)).toMatchObject({ does: 'none unseen', owned: 'paused' });
  });

  test('is given up after 404 on two ticks, whatever the ledger held of it, and said so', () => {
    for (const owned of [paused, pausing, resuming, doubtful]) {
      const decided = decideWith({
        ownership: owned({ notFoundSinceMs: NOW - MINUTE }),
        observation: notFound,
      });
      expect(brief(decided)).toMatchObject({ does: 'none gone', owned: 'none', tells: 'ReportGone' });
    }
  });

  test('is never given up for being absent from a list', () => {
    const ownership = paused({ notFoundSinceMs: PAUSED_AT });
    expect(decideWith({ ownership, observation: absent }).ownership).toEqual(ownership);
  });

  test('seen again, starts anew', () => {
    const ownership = paused({ notFoundSinceMs: PAUSED_AT });
    expect(decideWith({ ownership, observation: isPaused }).ownership).toEqual(paused());
  });

  test('and is not ours is neither paused nor remembered', () => {
    expect(brief(decideWith({ holds: none, observation: absent })).does).toBe('none no_hold');
    expect(brief(decideWith({ observation: absent }))).toMatchObject({
      does: 'none not_found',
      owned: 'none',
    });
  });
});

describe('a report of ours', () => {
  test('whose schedule ran out is closed, whatever the ledger held of it', () => {
    for (const owned of [paused, pausing, resuming, doubtful]) {
      const decided = decideWith({ ownership: owned(), observation: seen('Inactive') });
      expect(brief(decided)).toEqual({
        ...{ does: 'none exhausted', owned: 'none', holds: 'live', tells: 'ReportExhausted' },
      });
    }
  });

  test('that is held again owes nothing, so that a later resume is told as a first one', () => {
    const owed = paused({ owed: 'forbidden' });
    expect(decideWith({ ownership: owed, observation: isPaused }).ownership).toEqual(paused());
    expect(decideWith({ ownership: resuming(), observation: isPaused }).ownership).toEqual(paused());
  });

  test('takes the name and query last seen', () => {
    const observation = seen('Paused', { reportName: 'New name', queryId: 'new-query' });
    expect(decideWith({ ownership: paused(), observation }).ownership).toMatchObject({
      reportName: 'New name',
      queryId: 'new-query',
    });
  });

  test('under way to be resumed is waited for while the attempt may still take effect', () => {
    const ownership = resuming({ attempts: [{ ...ATTEMPT, untilServiceMs: NOW + 3_000 }] });
    const observation = { ...isPaused, serviceOffsetInMs: 3_000 };
    expect(brief(decideWith({ ownership, observation, holds: none })).does).toBe('none attempt_under_way');
    const later = { ...isPaused, serviceOffsetInMs: 3_001 };
    expect(brief(decideWith({ ownership, observation: later, holds: none })).does).toBe(
      'resume resume_not_done',
    );
  });
});
