// The cases that every system of this kind has got wrong somewhere, one by one.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const evening = ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const;
const lateEvening = ['2026-01-20T22:30:00Z', '2026-01-20T23:30:00Z'] as const;

underAnyBehaviour('Hard cases', (scenario) => {
  scenario(
    'a report in two overlapping windows is paused once and comes back after the later one',
    async (s) => {
      const windows = [
        { name: 'database', reports: ['A'], when: evening },
        { name: 'network', reports: ['A'], when: lateEvening },
      ];
      await s.given({ reports: { A: 'Active' }, windows });
      await s.at('22:00').tick();
      await s.tickUntil('23:00');
      await s.expectStatuses({ A: 'Paused' });
      await s.tickUntil('23:30');
      await s.expectChangesByUs(['pause A', 'resume A']);
      s.expectEvents(['ReportResumed A']);
    },
  );

  scenario('a gap of less than a tick between two windows never shows as a resume', async (s) => {
    const windows = [
      { name: 'first', reports: ['A'], when: evening },
      { name: 'second', reports: ['A'], when: ['2026-01-20T23:04:00Z', '2026-01-20T23:30:00Z'] as const },
    ];
    const settings = { TICK_SCHEDULE: '0 */5 * * * *' };
    await s.given({ reports: { A: 'Active' }, windows, settings });
    await s.at('22:00').tick();
    await s.tickUntil('23:00');
    s.expectCodes({ A: 'next_hold_begins_soon' });
    await s.tickUntil('23:30');
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('between two windows that lie further apart the report runs', async (s) => {
    const windows = [
      { name: 'first', reports: ['A'], when: evening },
      { name: 'second', reports: ['A'], when: ['2026-01-20T23:20:00Z', '2026-01-20T23:30:00Z'] as const },
    ];
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    await s.tickUntil('23:10');
    await s.expectStatuses({ A: 'Active' });
    await s.tickUntil('23:30');
    await s.expectChangesByUs(['pause A', 'resume A', 'pause A', 'resume A']);
  });

  scenario('a report that a person had paused before the window stays paused', async (s) => {
    const windows = [{ name: 'night', reports: ['A', 'B'], when: evening }];
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows });
    await s.at('21:00').human('dana').pauses('A');
    await s.at('22:00').tick();
    s.expectOutcomes({ A: 'foreign', B: 'paused' });
    s.expectEvents(['ForeignPauseFound A', 'ReportPaused B']);
    await s.tickUntil('23:05');
    await s.expectStatuses({ A: 'Paused', B: 'Active' });
    await s.expectChangesByUs(['pause B', 'resume B']);
    s.expectEventCount('ForeignPauseFound A', 1);
  });

  scenario(
    'a person may resume and pause a report of their own inside the window without our coming near it',
    async (s) => {
      await s.given({
        reports: { A: 'Paused' },
        windows: [{ name: 'night', reports: ['A'], when: evening }],
      });
      await s.at('22:00').tick();
      await s.at('22:07').human('dana').resumes('A');
      await s.tickUntil('22:20');
      await s.expectStatuses({ A: 'Active' });
      s.expectCodes({ A: 'hold_without_effect' });
      await s.at('22:23').human('dana').pauses('A');
      await s.tickUntil('23:10');
      await s.expectStatuses({ A: 'Paused' });
      await s.expectChangesByUs([]);
    },
  );

  scenario('an exhausted report is never touched', async (s) => {
    await s.given({
      reports: { A: 'Inactive' },
      windows: [{ name: 'night', reports: ['A'], when: evening }],
    });
    await s.at('22:00').tick();
    s.expectOutcomes({ A: 'inactive' });
    await s.tickUntil('23:05');
    await s.expectStatuses({ A: 'Inactive' });
    await s.expectChangesByUs([]);
  });

  scenario(
    'a report that a person resumes inside the window is left running, and paused again only next time',
    async (s) => {
      const when = { start: '0 22 * * *', duration: 'PT1H', timeZone: 'UTC' };
      await s.given({ reports: { A: 'Active' }, windows: [{ name: 'night', reports: ['A'], when }] });
      await s.at('22:00').tick();
      await s.at('22:12').human('dana').resumes('A');
      await s.tickUntil('23:05');
      s.expectEventCount('ManualResumeRespected A', 1);
      await s.expectStatuses({ A: 'Active' });
      await s.expectChangesByUs(['pause A']);
      await s.at('2026-01-21T22:00:00Z').tick();
      await s.expectStatuses({ A: 'Paused' });
      await s.tickUntil('23:00');
      await s.expectChangesByUs(['pause A', 'pause A', 'resume A']);
    },
  );

  scenario('a window that reasserts pauses a report again that a person resumed', async (s) => {
    const windows = [{ name: 'night', reports: ['A'], when: evening, onManualResume: 'reassert' as const }];
    await s.given({ reports: { A: 'Active' }, windows });
    await s.at('22:00').tick();
    await s.at('22:12').human('dana').resumes('A');
    await s.tickUntil('22:25');
    await s.expectStatuses({ A: 'Paused' });
    s.expectEventCount('ManualResumeReasserted A', 1);
    await s.tickUntil('23:00');
    await s.expectChangesByUs(['pause A', 'pause A', 'resume A']);
  });

  scenario('a tick that comes late pauses for the rest of the window and resumes at its end', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [{ name: 'night', reports: ['A'], when: evening }] });
    await s.at('21:55').tick();
    await s.at('22:47:31').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('2026-01-21T03:11:09Z').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a window that no tick saw is told and not made up for', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [{ name: 'night', reports: ['A'], when: evening }] });
    await s.at('21:55').tick();
    await s.at('23:40').tick();
    s.expectEvents(['WindowMissed']);
    await s.expectChangesByUs([]);
  });

  scenario('two ticks at the same instant do no more than one', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [{ name: 'night', reports: ['A'], when: evening }] });
    await s.at('22:00').tick();
    await s.at('22:00').tick();
    await s.at('23:00').tick();
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('one report that cannot be paused hides none of the others and is tried again', async (s) => {
    const windows = [{ name: 'night', reports: ['A', 'B', 'C'], when: evening }];
    await s.given({ reports: { A: 'Active', B: 'Active', C: 'Active' }, windows });
    await s.apiMeets({ kind: 'forbidden', operation: 'pauseReport', on: 'B' });
    await s.at('22:00').tick();
    s.expectOutcomes({ A: 'paused', B: 'forbidden', C: 'paused' });
    s.expectRun('partial');
    await s.at('22:05').tick();
    s.expectOutcomes({ A: 'alreadyPaused', B: 'paused', C: 'alreadyPaused' });
    s.expectRun('ok');
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Active' });
  });

  scenario('a restart in the middle of a window changes nothing', async (s) => {
    await s.given({
      reports: { A: 'Active', B: 'Paused' },
      windows: [{ name: 'night', reports: ['A', 'B'], when: evening }],
    });
    await s.at('22:00').tick();
    s.restart();
    await s.at('22:05').tick();
    s.expectOutcomes({ A: 'alreadyPaused', B: 'foreign' });
    s.restart();
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
    await s.expectChangesByUs(['pause A', 'resume A']);
  });
});
