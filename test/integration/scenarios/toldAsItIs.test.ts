// Nothing is called done that is not, and nothing that lasts is left untold.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};
const late = { ...night, name: 'late', when: ['2026-01-20T22:34:00Z', '2026-01-20T22:50:00Z'] as const };
const two = { A: 'Active', B: 'Active' } as const;

underAnyBehaviour(
  'What is told',
  (scenario) => {
    scenario(
      'a resume by request that is still owed is not called done when it is asked for again',
      async (s) => {
        await s.given({ reports: two });
        await s.at('10:00').pause('A', { requestId: 'one' });
        await s.apiMeets({ kind: 'forbidden', operation: 'resumeReport', on: 'A' });
        await s.at('10:10').resumeRequest('one');
        await s.at('10:11').resumeRequest('one');
        const { status, results } = s.lastRun();
        expect({ status, told: results.length, is: await s.statusOf('A') }).not.toEqual({
          status: 'ok',
          told: 0,
          is: 'Paused',
        });
      },
    );

    scenario('a request that nobody made cannot be resumed with success', async (s) => {
      await s.given({ reports: two });
      const run = await s.at('10:00').resumeRequest('mistyped');
      expect(run.status).toBe('failed');
    });

    scenario('a drain is not done while a report of ours is left paused', async (s) => {
      await s.given({ reports: two, windows: [night, late] });
      await s.at('22:00').tick();
      const run = await s.at('22:30').drain();
      expect([run.status, await s.statusOf('A')]).not.toEqual(['ok', 'Paused']);
    });

    scenario('a drain is not done while a pause of ours may still take effect', async (s) => {
      await s.given({ reports: two, settings: { RUN_TIME_BUDGET_SECONDS: '60' } });
      for (let at = 0; at < 6; at += 1) {
        await s.apiMeets({ kind: 'delayedEffect', operation: 'pauseReport', on: 'A', forMs: 100_000 });
      }
      await s.at('10:00').pause('A');
      await s.apiRecovers();
      const run = await s.at('10:00:40').drain();
      await s.at('10:10').configure({});
      expect([run.status, await s.statusOf('A')]).not.toEqual(['ok', 'Paused']);
    });

    scenario('with includeWindows a report comes back although another window begins soon', async (s) => {
      await s.given({ reports: two, windows: [night, late] });
      await s.at('22:00').tick();
      const run = await s.at('22:30').resume('A', { includeWindows: true });
      expect([run.status, await s.statusOf('A')]).not.toEqual(['ok', 'Paused']);
    });

    scenario('a window over its limit is told by the tick that pauses nothing', async (s) => {
      await s.given({ reports: two, windows: [{ ...night, reports: { all: true }, maxReports: 1 }] });
      const run = await s.at('22:00').tick();
      expect([run.status, run.problems.length + run.events.length]).not.toEqual(['ok', 0]);
    });

    scenario('a ledger that is lost while an event is told is told itself', async (s) => {
      await s.given({ reports: { A: 'Paused', B: 'Active' }, windows: [night] });
      s.ledger.shutAfterWrites(4);
      await s.at('22:00').tick();
      s.ledger.open();
      s.expectProblems(['not_written_down', 'ledger_unavailable']);
    });

    scenario('six hundred lasting alarms do not silence the watchdog', async (s) => {
      const letters = Array.from({ length: 600 }, (_, at) => `A${at + 1}`);
      const reports = Object.fromEntries(letters.map((one) => [one, 'Active' as const]));
      await s.given({ reports, settings: { MAX_HOLD: 'P1D', MAX_CONCURRENCY: '16' } });
      await s.at('10:00').pause(letters);
      await s.at('2026-01-22T10:05:00Z').tick();
      s.expectProblems([]);
      s.expectEventCount('HoldTooLong A1', 1);
    });
  },
  { limitInMs: 60_000 },
);
