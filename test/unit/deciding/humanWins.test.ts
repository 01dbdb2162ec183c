import {
  brief,
  decideWith,
  doubtful,
  holdWith,
  MINUTE,
  NOW,
  PAUSED_AT,
  paused,
  seen,
  TIMING,
} from './sampleSituation.ts';

const JUST_PAUSED = NOW - TIMING.staleReadGraceInMs;

describe('a person resumes a report that we hold', () => {
  test('nothing is believed of a read shortly after our pause', () => {
    const ownership = paused({ sinceMs: JUST_PAUSED + 1, seenActiveAtMs: PAUSED_AT });
    const decided = decideWith({ ownership, observation: seen('Active') });
    expect(brief(decided)).toEqual({
      ...{ does: 'none fresh_read_awaited', owned: 'paused', holds: 'live', tells: '' },
    });
    expect(decided.ownership).toEqual(ownership);
  });

  test('a first read after that is remembered, and nothing is done', () => {
    const decided = decideWith({ ownership: paused({ sinceMs: JUST_PAUSED }), observation: seen('Active') });
    expect(brief(decided)).toMatchObject({ does: 'none seen_active_once', holds: 'live', tells: '' });
    expect(decided.ownership).toMatchObject({ kind: 'paused', seenActiveAtMs: NOW });
  });

  test('one read that is decided about twice stays one read', () => {
    const ownership = paused({ seenActiveAtMs: NOW });
    const decided = decideWith({ ownership, observation: seen('Active'), nowMs: NOW + 5 * MINUTE });
    expect(brief(decided)).toMatchObject({ does: 'none seen_active_once', owned: 'paused' });
  });

  test('an old list is no second read, however late it is decided about', () => {
    const ownership = paused({ sinceMs: JUST_PAUSED + 1 });
    const decided = decideWith({ ownership, observation: seen('Active'), nowMs: NOW + 5 * MINUTE });
    expect(brief(decided).does).toBe('none fresh_read_awaited');
  });

  test('a second read drops every live hold, gives the report up and says so', () => {
    const ownership = paused({ seenActiveAtMs: NOW - TIMING.betweenReadsInMs });
    const holds = [holdWith(), holdWith({ holdId: 'request.2', untilMs: NOW + MINUTE })];
    expect(brief(decideWith({ ownership, holds, observation: seen('Active') }))).toEqual({
      ...{ does: 'none manual_resume_respected', owned: 'none' },
      ...{ holds: 'dropped dropped', tells: 'ManualResumeRespected' },
    });
  });

  test('a dropped hold stays without effect, and a hold that begins later pauses again', () => {
    const dropped = holdWith({ state: 'dropped' });
    expect(brief(decideWith({ holds: [dropped] })).does).toBe('none hold_without_effect');
    const later = holdWith({ holdId: 'request.2', fromMs: NOW });
    expect(brief(decideWith({ holds: [dropped, later] })).does).toBe('pause hold_began');
  });

  test('seen paused in between, the first read is forgotten', () => {
    const ownership = paused({ seenActiveAtMs: NOW - MINUTE });
    expect(decideWith({ ownership, observation: seen('Paused') }).ownership).toMatchObject({
      seenActiveAtMs: null,
    });
  });

  test('a window that reasserts pauses it again and says so; the other holds are dropped', () => {
    const ownership = paused({ seenActiveAtMs: NOW - MINUTE });
    const holds = [holdWith(), holdWith({ holdId: 'request.2', onManualResume: 'reassert' })];
    expect(brief(decideWith({ ownership, holds, observation: seen('Active') }))).toEqual({
      ...{ does: 'pause hold_began', owned: 'none', holds: 'dropped live', tells: 'ManualResumeReasserted' },
    });
  });

  test('a window that would reassert but has ended does not', () => {
    const ownership = paused({ seenActiveAtMs: NOW - MINUTE });
    const holds = [holdWith({ onManualResume: 'reassert', untilMs: NOW })];
    expect(brief(decideWith({ ownership, holds, observation: seen('Active') })).does).toBe(
      'none manual_resume_respected',
    );
  });

  test('a doubtful pause is settled by it as well', () => {
    const ownership = doubtful({ seenActiveAtMs: NOW - MINUTE });
    expect(brief(decideWith({ ownership, observation: seen('Active') }))).toMatchObject({
      owned: 'none',
      holds: 'dropped',
    });
  });
});

describe('a person pauses a report', () => {
  test('before our hold: it is foreign, and remembered so while the hold lasts', () => {
    expect(brief(decideWith({ observation: seen('Paused') }))).toEqual({
      ...{ does: 'none foreign_pause', owned: 'none', holds: 'foreign', tells: 'ForeignPauseFound' },
    });
  });

  test('before our hold, and resumes it meanwhile: it is left alone', () => {
    expect(brief(decideWith({ holds: [holdWith({ state: 'foreign' })] }))).toEqual({
      ...{ does: 'none hold_without_effect', owned: 'none', holds: 'foreign', tells: '' },
    });
  });

  test('and nothing holds it: it is theirs, and nothing is done', () => {
    expect(brief(decideWith({ holds: [], observation: seen('Paused') })).does).toBe('none paused_by_others');
  });

  test('a take-over without doubt does not make a foreign pause ours', () => {
    const decided = decideWith({ holds: [], observation: seen('Paused'), takeOver: 'someone: mine' });
    expect(brief(decided)).toMatchObject({ does: 'none paused_by_others', owned: 'none' });
  });
});
