// Reports that run out, are deleted, or never were.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};
const two = { A: 'Active', B: 'Active' } as const;

underAnyBehaviour('Reports that go', (scenario) => {
  scenario('a report whose schedule runs out ends the open request on it', async (s) => {
    await s.given({ reports: two });
    await s.at('10:00').pause('A');
    await s.apiBecomes({ resumeOfPaused: 'inactive' });
    await s.at('10:10').human('dana').resumes('A');
    await s.tickUntil('10:40');
    await s.expectHolds({ A: [] });
  });

  scenario('a deleted report is missed by each tick, and hinders no other', async (s) => {
    await s.given({ reports: two });
    await s.at('10:00').pause('A');
    await s.at('10:10').human('dana').deletes('A');
    await s.tickUntil('10:40');
    s.expectCodes({ A: 'held_unseen' });
    await s.at('10:41').pause('B');
    s.expectRun('ok');
    await s.expectStatuses({ B: 'Paused' });
  });

  scenario('a takeOver of an id that is not ours leaves no word behind', async (s) => {
    await s.given({ reports: two });
    await s.at('10:00').resume('Z', { takeOver: true, reason: 'mistyped' });
    await s.at('10:05').tick();
    const before = await s.requestCount();
    await s.at('10:10').tick();
    expect((await s.requestCount()) - before).toBe(0);
  });

  scenario('a deleted report takes no follow-up of others with it', async (s) => {
    await s.given({ reports: two, windows: [{ ...night, reports: ['A', 'B'] }] });
    await s.at('22:00').tick();
    await s.at('23:00').tick();
    await s.at('23:30').human('dana').deletes('B');
    for (const day of ['21', '22', '23']) await s.at(`2026-01-${day}T23:50:00Z`).tick();
    s.expectEventCount('ExecutionCompleted A', 1);
  });
});
