import {
  ATTEMPT,
  BEFORE,
  brief,
  decideWith,
  doubtful,
  paused,
  pausing,
  resuming,
  seen,
} from './sampleSituation.ts';

const EVERY_LESSON = ['yes', 'no', 'unknown'] as const;
const WITHIN = { modifiedTime: '2026-03-01T09:00:10Z' };
const AFTER_LIMIT = { modifiedTime: '2026-03-01T09:00:22Z' };

describe.each(EVERY_LESSON)(
  'is it still ours to resume, where "a pause moves modifiedTime" is %s',
  (learned) => {
    const decide = (fields: Parameters<typeof decideWith>[0]) => brief(decideWith({ learned, ...fields }));

    describe('before a resume', () => {
      const ownership = paused();

      test('modifiedTime as kept: ours, resumed', () => {
        expect(decide({ ownership, holds: [], observation: seen('Paused') })).toMatchObject({
          does: 'resume last_hold_ended',
          owned: 'paused',
        });
      });

      test('modifiedTime and other fields changed: edited, still ours, resumed', () => {
        const observation = seen('Paused', { modifiedTime: '2026-03-01T09:30:00Z', contentHash: 'edited' });
        const decided = decideWith({ learned, ownership, holds: [], observation });
        expect(brief(decided)).toMatchObject({ does: 'resume last_hold_ended', tells: 'ReportEdited' });
        expect(decided.ownership).toMatchObject({
          kept: { modifiedTime: '2026-03-01T09:30:00Z', contentHash: 'edited' },
        });
      });

      test('modifiedTime moved as our pause took effect after its answer: ours, resumed, with the new evidence', () => {
        const observation = seen('Paused', WITHIN);
        for (const owned of [ownership, resuming()]) {
          const decided = decideWith({ learned, ownership: owned, holds: [], observation });
          expect(decided).toMatchObject({ action: 'resume', ownership: { kept: WITHIN }, events: [] });
        }
      });

      test('modifiedTime alone changed: touched by a person, never resumed', () => {
        const observation = seen('Paused', { modifiedTime: '2026-03-01T09:30:00Z' });
        expect(decide({ ownership, holds: [], observation })).toEqual({
          ...{ does: 'none manual_pause_respected', owned: 'none', holds: '', tells: 'ManualPauseRespected' },
        });
        expect(decide({ ownership, observation })).toMatchObject({ owned: 'none', holds: 'foreign' });
      });
    });

    describe('an intent to resume whose outcome nobody wrote', () => {
      const ownership = resuming();

      test('found active: done', () => {
        expect(decide({ ownership, holds: [], observation: seen('Active') })).toEqual({
          ...{ does: 'none back_already', owned: 'none', holds: '', tells: 'ReportResumed' },
        });
      });

      test('found active while a new hold began: done, and paused again in the same run', () => {
        expect(decide({ ownership, observation: seen('Active') })).toEqual({
          ...{ does: 'pause hold_began', owned: 'none', holds: 'live', tells: 'ReportResumed' },
        });
      });

      test('found active, a new pause waits until a late resume of ours can no longer undo it', () => {
        const attempts = [{ ...ATTEMPT, untilServiceMs: seen('Active').readAtMs }];
        expect(decide({ ownership: resuming({ attempts }), observation: seen('Active') })).toMatchObject({
          does: 'none attempt_under_way',
          owned: 'resuming',
        });
      });

      test('found paused with modifiedTime as kept: resumed again', () => {
        const decided = decideWith({ learned, ownership, holds: [], observation: seen('Paused') });
        expect(brief(decided)).toMatchObject({ does: 'resume resume_not_done', owned: 'paused' });
        expect(decided.ownership).toMatchObject({ kept: BEFORE, sinceMs: ownership.sinceMs });
      });

      test('found paused and touched or edited since, it is doubtful', () => {
        for (const fields of [{ modifiedTime: '2026-03-01T09:30:00Z' }, { contentHash: 'edited' }]) {
          const decided = decide({ ownership, holds: [], observation: seen('Paused', fields) });
          expect(decided).toMatchObject({
            does: 'none doubtful',
            owned: 'doubtful',
            tells: 'ReportDoubtful',
          });
        }
      });
    });

    describe('a doubtful pause', () => {
      const ownership = doubtful();

      test('is neither resumed nor forgotten, with or without a hold', () => {
        for (const observation of [seen('Paused'), seen('Paused', WITHIN), seen('Paused', AFTER_LIMIT)]) {
          expect(decide({ ownership, holds: [], observation })).toMatchObject({
            does: 'none doubtful',
            owned: 'doubtful',
          });
          expect(decide({ ownership, observation })).toMatchObject({ does: 'none doubtful', holds: 'live' });
        }
      });

      test('that a person takes over is ours: resumed, or held on where a hold lasts', () => {
        const settled = { ownership, observation: seen('Paused'), takeOver: 'someone: it was ours' };
        expect(decide({ ...settled, holds: [] })).toMatchObject({
          does: 'resume last_hold_ended',
          tells: 'ReportTakenOver',
        });
        expect(decide(settled)).toMatchObject({ does: 'none held', owned: 'paused' });
      });

      test('that arises while a person asks for the report is settled at once', () => {
        const observation = seen('Paused', { modifiedTime: '2026-03-01T09:30:00Z' });
        for (const ownership of [pausing(), resuming()]) {
          expect(
            decide({ ownership, observation, takeOver: 'someone: it was ours', holds: [] }),
          ).toMatchObject({ does: 'resume last_hold_ended', tells: 'ReportTakenOver' });
        }
      });
    });
  },
);
