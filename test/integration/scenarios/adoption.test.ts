// A lost ledger makes every pause somebody else's; what the events told of them brings ours back.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A', 'B', 'C', 'D', 'E'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};

underAnyBehaviour('A lost ledger', (scenario) => {
  scenario('gives back what the events prove to be ours, and leaves what people touched since', async (s) => {
    await s.given({
      reports: { A: 'Active', B: 'Active', C: 'Active', D: 'Active', E: 'Paused' },
      windows: [night],
    });
    await s.at('22:00').tick();
    const told = await s.pausesTold();
    await s.at('22:10').human('dana').resumes('B');
    await s.at('22:11').human('dana').edits('C');
    await s.at('22:12').human('dana').deletes('D');
    await s.ledgerIsLost();
    await s
      .at('23:10')
      .adopt([...told, ...told.slice(0, 1).map((one) => ({ ...one, reportId: s.idOf('E') }))]);
    s.expectOutcomes({ A: 'adopted', B: 'alreadyActive', C: 'foreign', D: 'notFound', E: 'foreign' });
    s.expectEvents(['ReportAdopted A']);
    await s.tickUntil('23:20');
    await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Paused', E: 'Paused' });
    // Told in the answer: whoever adopts must look after it.
    await s.at('23:21').human('dana').resumes('C');
  });

  scenario('adopted while the window is on, a report stays paused until the window ends', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [{ ...night, reports: ['A'] }] });
    await s.at('22:00').tick();
    const told = await s.pausesTold();
    await s.ledgerIsLost();
    // Meanwhile the pause looks like somebody else's.
    await s.tickUntil('22:10');
    s.expectOutcomes({ A: 'foreign' });
    await s.at('22:11').adopt(told);
    await s.tickUntil('22:55');
    await s.expectStatuses({ A: 'Paused' });
    await s.tickUntil('23:05');
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('adopted until an instant, a report stays paused until then', async (s) => {
    await s.given({ reports: { A: 'Active' } });
    await s.at('10:00').pause('A');
    const told = await s.pausesTold();
    await s.ledgerIsLost();
    await s.at('10:31').adopt(told, '11:00');
    await s.tickUntil('10:55');
    await s.expectStatuses({ A: 'Paused' });
    await s.at('10:56').adopt(told);
    s.expectOutcomes({ A: 'alreadyPaused' });
    await s.tickUntil('11:05');
    await s.expectChangesByUs(['pause A', 'resume A']);
  });
});
