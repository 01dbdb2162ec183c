import { areTimesEvidence } from '../../../shared/deciding/evidence.ts';
import { nothingLearned } from '../../../shared/model/ownership.ts';
import {
  BEFORE,
  brief,
  decideWith,
  doubtful,
  ended,
  HOUR,
  holdWith,
  MINUTE,
  NOW,
  odd,
  paused,
  pausing,
  resumed,
  seen,
  TIMES_MOVE,
} from './sampleSituation.ts';

/** Our attempt can take effect no more when three minutes have passed after its limit. */
const SETTLED = 3 * MINUTE;
const justPaused = (agoInMs: number) => {
  const [attempt] = paused().attempts;
  return paused({ attempts: attempt === undefined ? [] : [{ ...attempt, limitMs: NOW - agoInMs }] });
};

describe('a person resumes a report that we hold', () => {
  test('nothing is believed of a read shortly after our pause', () => {
    const decided = decideWith({ ownership: justPaused(SETTLED - 1), observation: seen('Active') });
    expect(brief(decided)).toEqual({
      ...{ does: 'none fresh_read_awaited', owned: 'paused', holds: 'live', tells: '' },
    });
    expect(decided.ownership?.odd).toBeNull();
  });

  test('a first read after that is remembered, and nothing is done', () => {
    const decided = decideWith({ ownership: justPaused(SETTLED), observation: seen('Active') });
    expect(brief(decided)).toMatchObject({ does: 'none seen_active_once', holds: 'live', tells: '' });
    expect(decided.ownership?.odd).toEqual({ status: 'Active', firstMs: NOW, lastMs: NOW });
  });

  test('one read that is decided about twice stays one read', () => {
    const ownership = paused({ odd: odd('Active', 0) });
    const decided = decideWith({ ownership, observation: seen('Active'), nowMs: NOW + 5 * MINUTE });
    expect(brief(decided)).toMatchObject({ does: 'none seen_active_once', owned: 'paused' });
  });

  test.each([
    [3 * MINUTE - 1, 'none seen_active_once'],
    [3 * MINUTE, 'none manual_resume_respected'],
  ])('a second read %d ms after the first: %s', (afterMs, expected) => {
    const ownership = paused({ odd: odd('Active', afterMs) });
    expect(brief(decideWith({ ownership, observation: seen('Active') })).does).toBe(expected);
  });

  test('no list counts for a read, neither for the first nor for the second', () => {
    const observation = { ...seen('Active'), by: 'list' } as const;
    for (const ownership of [paused(), paused({ odd: odd('Active', 5 * MINUTE) })]) {
      const decided = decideWith({ ownership, observation });
      expect(brief(decided)).toMatchObject({ does: 'none held', owned: 'paused', holds: 'live' });
      expect(decided.ownership?.odd).toEqual(ownership.odd);
    }
  });

  test('a second read drops every live hold, gives the report up and says so', () => {
    const ownership = paused({ odd: odd('Active', 3 * MINUTE) });
    const holds = [holdWith(), holdWith({ holdId: 'request.2', untilMs: NOW + MINUTE })];
    expect(brief(decideWith({ ownership, holds, observation: seen('Active') }))).toEqual({
      ...{ does: 'none manual_resume_respected', owned: 'ended' },
      ...{ holds: 'dropped dropped', tells: 'ManualResumeRespected' },
    });
  });

  test('it is forgotten as soon as the net has seen it stand active too', () => {
    const firstMs = NOW - 3 * MINUTE;
    const { net } = paused();
    const ownership = paused({
      ...{ odd: odd('Active', 3 * MINUTE), net: { ...net, standsActive: { firstMs, lastMs: firstMs } } },
    });
    expect(decideWith({ ownership, observation: seen('Active') }).ownership).toBeNull();
  });

  test('a hold that began after it was first seen active is a newer word, and stays', () => {
    const ownership = paused({ odd: odd('Active', 3 * MINUTE) });
    const newer = holdWith({ holdId: 'request.2', createdMs: NOW - 3 * MINUTE });
    const older = holdWith({ createdMs: NOW - 3 * MINUTE - 1 });
    const decided = decideWith({ ownership, holds: [older, newer], observation: seen('Active') });
    expect(brief(decided).holds).toBe('dropped live');
  });

  test('a dropped hold stays without effect, and a hold that begins later pauses again', () => {
    const dropped = holdWith({ state: 'dropped' });
    expect(brief(decideWith({ holds: [dropped] })).does).toBe('none hold_without_effect');
    const later = holdWith({ holdId: 'request.2', fromMs: NOW });
    expect(brief(decideWith({ holds: [dropped, later] })).does).toBe('pause hold_began');
    const ownership = ended({ because: 'resumed_by_person' });
    expect(brief(decideWith({ ownership, holds: [dropped] })).does).toBe('none hold_without_effect');
    expect(brief(decideWith({ ownership, holds: [dropped, later] })).does).toBe('pause hold_began');
  });

  test('standing active once and then paused, it may be theirs: doubtful, unless times are evidence', () => {
    const ownership = paused({ odd: odd('Active', 5 * MINUTE) });
    const observation = seen('Paused');
    expect(brief(decideWith({ ownership, observation }))).toEqual({
      ...{ does: 'none doubtful', owned: 'doubtful', holds: 'live', tells: 'ReportDoubtful' },
    });
    const decided = decideWith({ ownership, observation, learned: TIMES_MOVE });
    expect(brief(decided)).toMatchObject({ does: 'none held', owned: 'paused' });
    expect(decided.ownership?.odd).toBeNull();
  });

  test('a window that reasserts pauses it again and says so; the other holds are dropped', () => {
    const ownership = paused({ odd: odd('Active', 3 * MINUTE) });
    const holds = [holdWith(), holdWith({ holdId: 'request.2', onManualResume: 'reassert' })];
    expect(brief(decideWith({ ownership, holds, observation: seen('Active') }))).toEqual({
      ...{ does: 'pause hold_began', owned: 'ended', holds: 'dropped live', tells: 'ManualResumeReasserted' },
    });
  });

  test('a window that would reassert but has ended does not', () => {
    const ownership = paused({ odd: odd('Active', 3 * MINUTE) });
    const holds = [holdWith({ onManualResume: 'reassert', untilMs: NOW })];
    expect(brief(decideWith({ ownership, holds, observation: seen('Active') })).does).toBe(
      'none manual_resume_respected',
    );
  });

  test('a doubtful pause is settled by it as well', () => {
    const ownership = doubtful({ odd: odd('Active', 3 * MINUTE) });
    expect(brief(decideWith({ ownership, observation: seen('Active') }))).toMatchObject({
      ...{ owned: 'ended', holds: 'dropped', tells: 'ManualResumeRespected' },
    });
  });
});

describe('a person pauses a report', () => {
  test('before our hold: read by id it is foreign, and remembered so while the hold lasts', () => {
    expect(brief(decideWith({ observation: seen('Paused') }))).toEqual({
      ...{ does: 'none foreign_pause', owned: 'none', holds: 'foreign', tells: 'ForeignPauseFound' },
    });
  });

  test('shown paused by a list, it is read by id first', () => {
    expect(brief(decideWith({ observation: { ...seen('Paused'), by: 'list' } }))).toEqual({
      ...{ does: 'none fresh_read_awaited', owned: 'none', holds: 'live', tells: '' },
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

  test('is told once, in words, with the report’s name', () => {
    const { events, holds } = decideWith({ observation: seen('Paused') });
    expect(events).toEqual([
      {
        ...{ name: 'ForeignPauseFound', reportId: holds[0]?.reportId, reportName: 'Report 1' },
        detail: expect.stringContaining('somebody else'),
      },
    ]);
    expect(decideWith({ holds, observation: seen('Paused') })).toMatchObject({
      ...{ action: 'none', reason: 'foreign_pause', events: [] },
    });
  });

  test('after a hold was dropped: the hold stays without effect from its first instant until it is ended', () => {
    const observation = seen('Paused');
    const dropped = holdWith({ state: 'dropped', fromMs: NOW });
    expect(brief(decideWith({ holds: [dropped], observation })).does).toBe('none hold_without_effect');
    const ended = holdWith({ state: 'dropped', ended: { by: 'someone', why: 'done', atMs: NOW } });
    expect(brief(decideWith({ holds: [ended], observation })).does).toBe('none paused_by_others');
  });

  test('a take-over without doubt does not make a foreign pause ours', () => {
    const word = { whose: 'ours', why: 'someone: mine' } as const;
    const decided = decideWith({ holds: [], observation: seen('Paused'), word });
    expect(brief(decided)).toMatchObject({ does: 'none paused_by_others', owned: 'none' });
  });

  test('after our resume was read: theirs until a person says otherwise, unless nothing moved since our pause', () => {
    const ownership = resumed();
    const observation = seen('Paused');
    expect(brief(decideWith({ ownership, holds: [], observation })).does).toBe('none doubtful');
    const decided = decideWith({ ownership, holds: [], observation, learned: TIMES_MOVE });
    expect(brief(decided)).toEqual({
      ...{ does: 'resume resume_not_done', owned: 'paused', holds: '', tells: 'ResumeNotEffective' },
    });
    expect([areTimesEvidence(nothingLearned), areTimesEvidence(TIMES_MOVE)]).toEqual([false, true]);
  });
});

describe('the read that first shows our pause', () => {
  test('is not all that is kept where it lacks the time, or shows an older one: the true one would look like a touch', () => {
    for (const modifiedMs of [null, (BEFORE.modifiedMs ?? 0) - MINUTE]) {
      const shown = seen('Paused', { modifiedMs });
      const { ownership } = decideWith({ ownership: pausing(), observation: shown });
      expect(ownership).toMatchObject({ kind: 'paused', kept: BEFORE });
      expect(brief(decideWith({ ownership, observation: seen('Paused') }))).toMatchObject({
        ...{ does: 'none held', tells: '' },
      });
    }
  });
});

describe('a person touches a report that we keep paused', () => {
  const touched = { modifiedMs: NOW - HOUR / 2 };

  test('without an edit it may be theirs now: doubtful, alarmed and not dropped', () => {
    const decided = decideWith({ ownership: paused(), observation: seen('Paused', touched) });
    expect(brief(decided)).toEqual({
      ...{ does: 'none doubtful', owned: 'doubtful', holds: 'live', tells: 'ReportDoubtful' },
    });
  });

  test('an edit is told, and breaks no link: it is resumed when its hold ends', () => {
    const edit = seen('Paused', { ...touched, contents: 'description=22222222' });
    const decided = decideWith({ ownership: paused(), holds: [], observation: edit });
    expect(brief(decided)).toMatchObject({ does: 'resume last_hold_ended', tells: 'ReportEdited' });
  });

  test('a field that a read lacks, or an older time, is no touch', () => {
    for (const fields of [
      { contents: '' },
      { modifiedMs: null },
      { modifiedMs: (BEFORE.modifiedMs ?? 0) - MINUTE },
    ]) {
      const decided = decideWith({ ownership: paused(), observation: seen('Paused', fields) });
      expect(brief(decided)).toMatchObject({ does: 'none held', tells: '' });
      expect(decided.ownership).toMatchObject({ kept: BEFORE });
    }
  });
});
