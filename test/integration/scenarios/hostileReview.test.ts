// What a hostile reader found: words that were not kept, and "done" that was not.
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};
const late = { ...night, name: 'late', when: ['2026-01-20T22:34:00Z', '2026-01-20T22:50:00Z'] as const };
const two = { A: 'Active', B: 'Active' } as const;

underEachBehaviour(
  'Hostile review',
  (scenario) => {
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
      await s.at('22:57').human('dana').resumes('A');
      await s.tickUntil('23:30');
      await s.expectStatuses({ A: 'Paused' });
    });

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
      s.expectProblems(['ledger_unavailable']);
    });

    scenario('a list that takes longer than the lease does not keep reports paused', async (s) => {
      await s.given({ reports: two, windows: [night] });
      await s.at('22:00').tick();
      for (const when of ['23:00', '23:05', '23:10']) {
        await s.apiMeets({ kind: 'throttle429', retryAfter: 100, operation: 'getReports' });
        await s.at(when).tick();
      }
      await s.expectStatuses({ A: 'Active' });
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

    scenario('a request id ends the holds of its own caller alone', async (s) => {
      await s.given({ reports: two });
      await s.at('10:00').pause('A', { requestId: 'deploy', caller: 'other-team' });
      await s.at('10:01').pause('B', { requestId: 'deploy' });
      await s.at('10:10').resumeRequest('deploy');
      await s.expectStatuses({ A: 'Paused', B: 'Active' });
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

    scenario('a report whose schedule runs out ends the open request on it', async (s) => {
      await s.given({ reports: two });
      await s.at('10:00').pause('A');
      await s.apiBecomes({ resumeOfPaused: 'inactive' });
      await s.at('10:10').human('dana').resumes('A');
      await s.tickUntil('10:40');
      await s.expectHolds({ A: [] });
    });

    scenario('a deleted report does not make every later tick fail', async (s) => {
      await s.given({ reports: two });
      await s.at('10:00').pause('A');
      await s.at('10:10').human('dana').deletes('A');
      await s.tickUntil('10:40');
      s.expectRun('ok');
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
  },
  { limitInMs: 60_000 },
);
