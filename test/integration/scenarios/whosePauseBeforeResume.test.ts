// The rows of the same table that are about the way back.
import type { Scenario } from '../../scenario/scenario.ts';
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const windows = [
  { name: 'night', reports: ['A'], when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const },
];

/** Our resume leaves, and neither its answer nor any read comes back. */
async function resumeWithoutAnswer(s: Scenario, kind: 'resetBefore' | 'resetAfter') {
  // The look that asks how far the clocks are apart comes before.
  await s.at('22:05').tick();
  await s.apiMeets({ kind, operation: 'resumeReport', on: 'A' });
  // The read before our resume is answered.
  await s.apiMeets({ kind: 'badGatewayHtml', operation: 'getReports', on: 'A', times: null, skip: 1 });
}

underEachBehaviour('Whose pause is it before a resume', (scenario) => {
  scenario('a report edited while it was paused is still ours, and resumed', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    await s.at('22:12').human('dana').edits('A');
    await s.tickUntil('23:00');
    s.expectEventCount('ReportEdited A', 1);
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'a report that a person resumed and paused again between two ticks is doubtful, where it shows',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows });
      await s.at('22:00').tick();
      await s.at('22:06').human('dana').resumes('A');
      await s.at('22:08').human('dana').pauses('A');
      if (s.behaviour === 'never') {
        s.cannotBeKnown('A');
      }
      await s.tickUntil('23:00');
      s.expectOutcomes({ A: s.behaviour === 'never' ? 'resumed' : 'doubtful' });
      await s.expectStatuses({ A: s.behaviour === 'never' ? 'Active' : 'Paused' });
    },
  );

  scenario('a person who pauses a report that we keep paused keeps it so, where it shows', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    await s.at('22:12').human('dana').pauses('A');
    await s.tickUntil('23:00');
    const shows = s.behaviour === 'always';
    s.expectOutcomes({ A: shows ? 'doubtful' : 'resumed' });
    await s.expectStatuses({ A: shows ? 'Paused' : 'Active' });
  });

  scenario(
    'a person who pauses right before our resume keeps the report paused, where it shows',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows });
      await s.at('22:00').tick();
      await s.at('22:58').human('dana').pauses('A');
      await s.at('23:00').tick();
      await s.expectStatuses({ A: s.behaviour === 'always' ? 'Paused' : 'Active' });
    },
  );

  scenario('a resume without an answer that did happen is done', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    // Looks once more where nothing was learned of the account's times.
    await s.at('22:05').tick();
    await resumeWithoutAnswer(s, 'resetAfter');
    await s.at('23:00').tick();
    s.expectCodes({ A: 'unconfirmed' });
    await s.apiRecovers();
    await s.at('23:05').tick();
    s.expectCodes({ A: 'back_already' });
    await s.at('23:10').tick();
    await s.expectOwned({ A: 'not ours' });
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a resume without an answer that did not happen is made again', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    // Looks once more where nothing was learned of the account's times.
    await s.at('22:05').tick();
    await resumeWithoutAnswer(s, 'resetBefore');
    await s.at('23:00').tick();
    await s.expectOwned({ A: 'resuming' });
    await s.apiRecovers();
    s.restart();
    await s.at('23:05').tick();
    s.expectOutcomes({ A: 'resumed' });
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'a report that a person paused after a resume of ours without answer is doubtful, where it shows',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows });
      await s.at('22:00').tick();
      await resumeWithoutAnswer(s, 'resetAfter');
      await s.at('23:00').tick();
      await s.apiRecovers();
      await s.at('23:03').human('dana').pauses('A');
      await s.at('23:05').tick();
      if (s.behaviour === 'never') {
        s.cannotBeKnown('A');
        return;
      }
      s.expectOutcomes({ A: 'doubtful' });
      await s.tickUntil('23:30');
      await s.expectStatuses({ A: 'Paused' });
    },
  );
});
