import { ATTEMPT, brief, decideWith, pausing, seen, TIMING } from './sampleSituation.ts';

const EVERY_LESSON = ['yes', 'no', 'unknown'] as const;
const WITHIN = { modifiedTime: '2026-03-01T09:00:10Z' };
const BEFORE_INTENT = { modifiedTime: '2026-03-01T08:59:59Z' };
const AFTER_LIMIT = { modifiedTime: '2026-03-01T09:00:22Z' };

describe.each(EVERY_LESSON)('whose pause is it, where "a pause moves modifiedTime" is %s', (learned) => {
  const decide = (fields: Parameters<typeof decideWith>[0]) => brief(decideWith({ learned, ...fields }));

  describe('an intent to pause whose outcome nobody wrote', () => {
    const ownership = pausing();

    test('found active, it was not paused: it is paused now', () => {
      expect(decide({ ownership, observation: seen('Active') })).toEqual({
        ...{ does: 'pause pause_not_done', owned: 'none' },
        ...{ holds: 'live', tells: '' },
      });
    });

    test('found active without a hold, it is nobody’s and nothing is told of a human', () => {
      expect(decide({ ownership, holds: [], observation: seen('Active') })).toEqual({
        ...{ does: 'none no_hold', owned: 'none', holds: '', tells: '' },
      });
    });

    test('found active while a read may still be stale, the intent is kept as evidence', () => {
      const readAtMs = ATTEMPT.untilServiceMs + TIMING.staleReadGraceInMs - 1;
      const observation = seen('Active', {}, readAtMs);
      expect(decide({ ownership, observation })).toMatchObject({
        does: 'pause pause_not_done',
        owned: 'pausing',
      });
      expect(decide({ ownership, observation, holds: [] })).toMatchObject({
        does: 'none fresh_read_awaited',
        owned: 'pausing',
      });
    });

    test('found paused with modifiedTime between intent and attempt limit, it is ours', () => {
      for (const modifiedTime of ['2026-03-01T09:00:00Z', '2026-03-01T09:00:10Z', '2026-03-01T09:00:21Z']) {
        expect(decide({ ownership, observation: seen('Paused', { modifiedTime }) })).toEqual({
          ...{ does: 'none held', owned: 'paused', holds: 'live', tells: 'ReportPaused' },
        });
      }
    });

    test('found paused with modifiedTime as in the pre-image, it is doubtful only where a pause is known to move it', () => {
      expect(decide({ ownership, observation: seen('Paused') })).toEqual(
        learned === 'yes'
          ? { does: 'none doubtful', owned: 'doubtful', holds: 'live', tells: 'ReportDoubtful' }
          : { does: 'none held', owned: 'paused', holds: 'live', tells: 'ReportPaused' },
      );
    });

    test.each([BEFORE_INTENT, AFTER_LIMIT, { modifiedTime: null }, { modifiedTime: 'yesterday' }])(
      'found paused with any other modifiedTime (%j), it is doubtful',
      (fields) => {
        const decided = decide({ ownership, observation: seen('Paused', fields), holds: [] });
        expect(decided).toMatchObject({ does: 'none doubtful', owned: 'doubtful', tells: 'ReportDoubtful' });
      },
    );

    test('found paused and its hold over, ours is resumed at once', () => {
      expect(decide({ ownership, holds: [], observation: seen('Paused', WITHIN) })).toMatchObject({
        does: 'resume last_hold_ended',
      });
    });

    test('found paused without any attempt written, it is doubtful', () => {
      const decided = decide({ ownership: pausing({ attempts: [] }), observation: seen('Paused') });
      expect(decided.owned).toBe('doubtful');
    });
  });
});
