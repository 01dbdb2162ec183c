// Which reports a window means: dry runs, exclusions, limits, and what comes and goes while it is on.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const evening = ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const;

underAnyBehaviour('Scope of windows', (scenario) => {
  scenario('what only observes tells what it would pause and touches nothing', async (s) => {
    const windows = [{ name: 'night', reports: ['A', 'B'], when: evening }];
    await s.given({ reports: { A: 'Active', B: 'Paused' }, windows, settings: { MODE: 'observe' } });
    await s.at('22:00').tick();
    s.expectCodes({ A: 'observe_mode', B: 'foreign_pause' });
    await s.tickUntil('23:05');
    await s.expectChangesByUs([]);
    await s.expectHolds({ A: [], B: [] });
  });

  scenario(
    'an exclusion wins over the selector, and inside the window it gives the report back',
    async (s) => {
      const all = { name: 'night', reports: { all: true }, when: evening };
      await s.given({
        reports: { A: 'Active', B: 'Active', C: 'Active' },
        windows: [{ ...all, exclude: ['C'] }],
      });
      await s.at('22:00').tick();
      await s.expectStatuses({ A: 'Paused', B: 'Paused', C: 'Active' });
      await s.at('22:12').configure({ windows: [{ ...all, exclude: ['B', 'C'] }] });
      await s.at('22:15').tick();
      await s.expectStatuses({ A: 'Paused', B: 'Active', C: 'Active' });
      await s.at('23:00').tick();
      await s.expectChangesByUs(['pause A', 'pause B', 'resume B', 'resume A']);
    },
  );

  scenario('excluding a report that a person had paused does not bring it back', async (s) => {
    const window = { name: 'night', reports: { all: true }, when: evening };
    await s.given({ reports: { A: 'Paused', B: 'Active' }, windows: [window] });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ windows: [{ ...window, exclude: ['A'] }] });
    await s.tickUntil('23:05');
    await s.expectStatuses({ A: 'Paused', B: 'Active' });
  });

  scenario('a window over its limit pauses nothing and keeps what it holds', async (s) => {
    const window = { name: 'night', reports: { namePattern: 'Report *' }, when: evening };
    await s.given({
      reports: { A: 'Active', B: 'Active', C: 'Active' },
      windows: [{ ...window, maxReports: 2 }],
    });
    await s.at('22:00').tick();
    await s.expectChangesByUs([]);
    await s.at('22:02').configure({ windows: [{ ...window, maxReports: 3 }] });
    await s.at('22:05').tick();
    await s.expectStatuses({ A: 'Paused', B: 'Paused', C: 'Paused' });
    await s.at('22:12').configure({ windows: [{ ...window, maxReports: 2 }] });
    await s.at('22:15').tick();
    await s.expectStatuses({ A: 'Paused', B: 'Paused', C: 'Paused' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Active' });
  });

  scenario(
    'a report that a person deletes inside the window is missed and stays owned, and the others come back',
    async (s) => {
      await s.given({
        reports: { A: 'Active', B: 'Active' },
        windows: [{ name: 'night', reports: ['A', 'B'], when: evening }],
      });
      await s.at('22:00').tick();
      await s.at('22:07').human('dana').deletes('A');
      await s.at('22:10').tick();
      s.expectCodes({ A: 'held_unseen', B: 'held' });
      await s.at('22:15').tick();
      s.expectCodes({ A: 'held_unseen', B: 'held' });
      await s.tickUntil('23:05');
      await s.expectStatuses({ B: 'Active' });
    },
  );

  scenario('a window that is taken out of the settings gives its reports back at once', async (s) => {
    await s.given({
      reports: { A: 'Active', B: 'Paused' },
      windows: [{ name: 'night', reports: ['A', 'B'], when: evening }],
    });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ windows: [] });
    await s.at('22:15').tick();
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
    await s.expectHolds({ A: [], B: [] });
  });

  scenario('a window that is switched off gives its reports back', async (s) => {
    const window = { name: 'night', reports: ['A'], when: evening };
    await s.given({ reports: { A: 'Active' }, windows: [window] });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ windows: [{ ...window, enabled: false }] });
    await s.at('22:15').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a report created inside the window is taken in', async (s) => {
    const windows = [{ name: 'night', reports: { namePattern: 'Report *' }, when: evening }];
    await s.given({ reports: { A: 'Active', B: { reportStatus: 'Active', reportName: 'Later' } }, windows });
    await s.at('22:00').tick();
    await s.expectStatuses({ A: 'Paused', B: 'Active' });
    await s.at('22:07').human('dana').renames('B', 'Report B');
    await s.at('22:10').tick();
    await s.expectStatuses({ B: 'Paused' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });
});
