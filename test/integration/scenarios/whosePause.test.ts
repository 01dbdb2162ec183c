// Every row of the table by which the product tells its own pauses from those of people.
import type { Scenario } from '../../scenario/scenario.ts';
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const windows = [
  { name: 'night', reports: ['A', 'B'], when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const },
];

/** Our pause leaves, and neither its answer nor any read comes back. */
async function pauseWithoutAnswer(s: Scenario, kind: 'resetBefore' | 'resetAfter') {
  await s.apiMeets({ kind, operation: 'pauseReport', on: 'A' });
  // The read before our pause is answered.
  await s.apiMeets({ kind: 'badGatewayHtml', operation: 'getReports', on: 'A', times: null, skip: 1 });
}

underEachBehaviour('Whose pause is it', (scenario) => {
  scenario('read active, paused by us and seen paused: ours, and resumed', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    await s.expectOwned({ A: 'paused' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a person who pauses right before we read the report is seen, and left alone', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows, settings: { MAX_CONCURRENCY: '1' } });
    await s.apiMeets({
      kind: 'humanActs',
      operation: 'getReports',
      action: 'pause',
      when: 'after',
      onReport: 'B',
    });
    await s.at('22:00').tick();
    s.expectOutcomes({ A: 'paused', B: 'foreign' });
    s.expectEvents(['ReportPaused A', 'ForeignPauseFound B']);
    await s.tickUntil('23:00');
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
  });

  scenario(
    'a person who pauses while we wait out a long throttling is seen before we try again',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows });
      await s.apiMeets({
        kind: 'humanActs',
        operation: 'getReports',
        action: 'pause',
        when: 'after',
        onReport: 'A',
      });
      await s.apiMeets({ kind: 'throttle429', operation: 'pauseReport', on: 'A', retryAfter: 30 });
      await s.at('22:00').tick();
      s.expectOutcomes({ A: 'foreign' });
      await s.tickUntil('23:05');
      await s.expectStatuses({ A: 'Paused' });
      await s.expectChangesByUs([]);
    },
  );

  scenario('a pause without an answer that did not happen is made again', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows });
    await pauseWithoutAnswer(s, 'resetBefore');
    await s.at('22:00').tick();
    s.expectCodes({ A: 'unconfirmed', B: 'hold_began' });
    await s.expectOwned({ A: 'pausing' });
    await s.apiRecovers();
    await s.at('22:02').tick();
    s.expectCodes({ A: 'attempt_under_way' });
    await s.at('22:05').tick();
    s.expectCodes({ A: 'pause_not_done' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause B', 'pause A', 'resume A', 'resume B']);
  });

  scenario('a pause without an answer that did happen is found to be ours', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await pauseWithoutAnswer(s, 'resetAfter');
    await s.at('22:00').tick();
    s.expectCodes({ A: 'unconfirmed' });
    await s.expectStatuses({ A: 'Paused' });
    await s.apiRecovers();
    s.restart();
    await s.at('22:05').tick();
    s.expectOutcomes({ A: 'alreadyPaused' });
    await s.expectOwned({ A: 'paused' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'found paused with no trace of a change where pauses are known to leave one: doubtful',
    async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Active' }, windows });
      await s.at('22:00').pause('B');
      await s.apiBecomes({ pauseMovesModifiedTime: 'never' });
      await pauseWithoutAnswer(s, 'resetAfter');
      await s.at('22:01').tick();
      await s.apiRecovers();
      await s.at('22:05').tick();
      // Its time may be stored late still.
      const isKnownToMove = s.behaviour !== 'never';
      s.expectOutcomes({ A: isKnownToMove ? 'skipped' : 'alreadyPaused' });
      await s.at('22:10').tick();
      s.expectOutcomes({ A: isKnownToMove ? 'doubtful' : 'alreadyPaused' });
      await s.tickUntil('23:00');
      await s.expectStatuses({ A: isKnownToMove ? 'Paused' : 'Active' });
    },
  );

  scenario(
    'found paused at a time that fits no attempt of ours: doubtful, and no tick is ok until it is settled',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows });
      await pauseWithoutAnswer(s, 'resetBefore');
      await s.at('22:00').tick();
      await s.apiRecovers();
      await s.at('22:04').human('dana').pauses('A');
      await s.at('22:05').tick();
      if (s.behaviour === 'never') {
        s.cannotBeKnown('A');
        return;
      }
      s.expectEvents(['ReportDoubtful A']);
      for (const time of ['22:10', '22:55', '23:00', '23:05']) {
        await s.at(time).tick();
        s.expectOutcomes({ A: 'doubtful' });
        s.expectRun('failed');
      }
      await s.expectStatuses({ A: 'Paused' });
    },
  );

  scenario('a doubtful pause is resumed when a person takes it over, and not before', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await pauseWithoutAnswer(s, 'resetBefore');
    await s.at('22:00').tick();
    await s.apiRecovers();
    await s.at('22:04').human('dana').pauses('A');
    await s.tickUntil('23:05');
    if (s.behaviour === 'never') {
      s.cannotBeKnown('A');
      return;
    }
    await s.at('23:06').resume('A');
    s.expectOutcomes({ A: 'doubtful' });
    await s.at('23:07').resume('A', { takeOver: true, reason: 'Dana says it was the maintenance' });
    s.expectOutcomes({ A: 'resumed' });
    s.expectEvents(['ReportTakenOver A', 'ReportResumed A']);
    await s.expectStatuses({ A: 'Active' });
  });

  scenario('a pause that is plainly a person’s cannot be taken over', async (s) => {
    await s.given({ reports: { A: 'Paused' }, windows: [] });
    await s.at('22:00').resume('A', { takeOver: true, reason: 'by mistake' });
    s.expectOutcomes({ A: 'foreign' });
    await s.tickUntil('22:10');
    await s.expectStatuses({ A: 'Paused' });
    await s.expectChangesByUs([]);
  });
});
