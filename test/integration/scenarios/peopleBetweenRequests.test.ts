// People act, and then windows and requests want the report again.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};
const two = { A: 'Active', B: 'Active' } as const;

underAnyBehaviour('People between requests', (scenario) => {
  scenario('a person who resumes and, seen so once, pauses again keeps the report paused', async (s) => {
    await s.given({ reports: two, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:11').human('dana').resumes('A');
    await s.at('22:15').tick();
    await s.at('22:17').human('dana').pauses('A');
    await s.tickUntil('23:10');
    await s.expectStatuses({ A: 'Paused' });
  });

  scenario('a pause asked for right after a person resumed is made, or not called done', async (s) => {
    await s.given({ reports: two, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:07').human('dana').resumes('A');
    const run = await s.at('22:08').pause('A', { until: '23:30', reason: 'database' });
    expect([run.status, await s.statusOf('A')]).not.toEqual(['ok', 'Active']);
  });

  scenario('a window that begins after a person resumed pauses for itself', async (s) => {
    const next = {
      ...night,
      name: 'next',
      when: ['2026-01-20T23:00:00Z', '2026-01-21T06:00:00Z'] as const,
    };
    await s.given({ reports: two, windows: [night, next] });
    await s.at('22:00').tick();
    await s.at('22:42').human('dana').resumes('A');
    await s.tickUntil('23:30');
    await s.expectStatuses({ A: 'Paused' });
  });

  scenario(
    'a request that comes after a person resumed is carried out, though an earlier one is over',
    async (s) => {
      await s.given({ reports: two });
      await s.at('10:00').pause('A', { requestId: 'first' });
      await s.at('10:05').human('dana').resumes('A');
      await s.at('10:10').tick();
      await s.at('10:12').pause('A', { requestId: 'second' });
      await s.tickUntil('10:30');
      await s.expectStatuses({ A: 'Paused' });
    },
  );
});
