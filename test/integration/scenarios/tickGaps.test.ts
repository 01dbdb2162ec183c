// Schedules of the timer whose ticks are not evenly spread.
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const settings = { TICK_SCHEDULE: '0 */5 8-18 * * *' };

underEachBehaviour('Gaps between ticks', (scenario) => {
  scenario('a window ends by day although another begins within what is the gap of the night', async (s) => {
    const windows = [
      { name: 'morning', reports: ['A'], when: ['2026-01-20T09:00:00Z', '2026-01-20T10:00:00Z'] as const },
      { name: 'evening', reports: ['A'], when: ['2026-01-20T17:00:00Z', '2026-01-20T18:00:00Z'] as const },
    ];
    await s.given({ at: '2026-01-20T08:30:00Z', reports: { A: 'Active' }, windows, settings });
    await s.at('09:00').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('10:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'a window that ends at the last tick of the day goes on to one that begins in the night',
    async (s) => {
      const windows = [
        { name: 'day', reports: ['A'], when: ['2026-01-20T17:00:00Z', '2026-01-20T18:55:00Z'] as const },
        { name: 'night', reports: ['A'], when: ['2026-01-20T23:00:00Z', '2026-01-21T09:00:00Z'] as const },
      ];
      await s.given({ at: '2026-01-20T16:30:00Z', reports: { A: 'Active' }, windows, settings });
      await s.at('17:00').tick();
      await s.at('18:55').tick();
      await s.expectChangesByUs(['pause A']);
      await s.at('2026-01-21T09:00:00Z').tick();
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );
});
