// Holds that people and programs ask for, beside windows and without them.
import { underEachBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};

underEachBehaviour('Requests', (scenario) => {
  scenario('a request pauses at once and its reports come back at its end', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Paused', C: 'Inactive' } });
    await s.at('10:01').pause(['A', 'B', 'C', 'D'], { until: '10:30' });
    s.expectOutcomes({ A: 'paused', B: 'foreign', C: 'inactive', D: 'notFound' });
    await s.tickUntil('10:30');
    await s.expectChangesByUs(['pause A', 'resume A']);
    await s.expectHolds({ A: [], B: [], C: [], D: [] });
  });

  scenario('a request without an end holds until somebody resumes', async (s) => {
    await s.given({ reports: { A: 'Active' } });
    await s.at('10:01').pause('A');
    await s.at('2026-01-23T10:00:00Z').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('10:07').resume('A');
    s.expectOutcomes({ A: 'resumed' });
    await s.expectChangesByUs(['pause A', 'resume A']);
    await s.expectHolds({ A: [] });
  });

  scenario('resuming a report that nobody holds and a person had paused leaves it so', async (s) => {
    await s.given({ reports: { A: 'Paused', B: 'Active' } });
    await s.at('10:01').resume(['A', 'B']);
    s.expectOutcomes({ A: 'foreign', B: 'alreadyActive' });
    await s.expectChangesByUs([]);
  });

  scenario('two requests on one report are two reasons, and the last one to end counts', async (s) => {
    await s.given({ reports: { A: 'Active' } });
    await s.at('10:01').pause('A', { until: '10:20', requestId: 'one' });
    await s.at('10:02').pause('A', { until: '10:40', requestId: 'two' });
    s.expectOutcomes({ A: 'alreadyPaused' });
    await s.tickUntil('10:35');
    await s.expectStatuses({ A: 'Paused' });
    await s.tickUntil('10:40');
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a request inside a window outlasts it', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:31').pause('A', { until: '23:30' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:30').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('what a window still holds is told when somebody asks for it back', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('21:50').pause('A', { reason: 'database' });
    await s.at('22:00').tick();
    await s.at('22:10').resume('A');
    s.expectOutcomes({ A: 'stillHeld' });
    s.expectMessage('A', ['window night', '2026-01-20T23:00:00Z']);
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'a window that opened since the last tick is told too, and holds the report at once',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows: [night] });
      await s.at('22:01').resume('A');
      s.expectOutcomes({ A: 'stillHeld' });
      s.expectMessage('A', ['window night', '2026-01-20T23:00:00Z']);
      await s.expectStatuses({ A: 'Paused' });
      await s.at('23:00').tick();
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );

  scenario('with includeWindows it comes back inside the window, and stays until the next one', async (s) => {
    const when = { start: '0 22 * * *', duration: 'PT1H', timeZone: 'UTC' };
    await s.given({ reports: { A: 'Active' }, windows: [{ ...night, when }] });
    await s.at('22:00').tick();
    await s.at('22:10').resume('A', { includeWindows: true });
    s.expectOutcomes({ A: 'resumed' });
    await s.tickUntil('22:40');
    await s.expectStatuses({ A: 'Active' });
    await s.at('23:00').tick();
    await s.at('2026-01-21T22:00:00Z').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A', 'pause A', 'resume A']);
  });

  scenario(
    'resuming by the request that paused ends that request on all its reports and no other',
    async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Active' } });
      await s.at('10:01').pause(['A', 'B'], { requestId: 'job-7' });
      await s.at('10:02').pause('B', { requestId: 'job-8' });
      await s.at('10:10').resumeRequest('job-7');
      s.expectOutcomes({ A: 'resumed', B: 'stillHeld' });
      await s.at('10:20').resumeRequest('job-8');
      s.expectOutcomes({ B: 'resumed' });
      await s.expectChangesByUs(['pause A', 'pause B', 'resume A', 'resume B']);
    },
  );

  scenario('a repeated request with a later end extends the hold', async (s) => {
    await s.given({ reports: { A: 'Active' } });
    await s.at('10:01').pause('A', { until: '10:20', requestId: 'job-7' });
    await s.at('10:12').pause('A', { until: '10:40', requestId: 'job-7' });
    await s.tickUntil('10:35');
    await s.expectStatuses({ A: 'Paused' });
    await s.tickUntil('10:40');
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'a later request with an earlier end is another hold, and leaves the first its time',
    async (s) => {
      await s.given({ reports: { A: 'Active' } });
      await s.at('10:01').pause('A', { until: '11:00' });
      await s.at('10:12').pause('A', { until: '10:20' });
      await s.tickUntil('10:30');
      await s.expectStatuses({ A: 'Paused' });
      await s.tickUntil('11:00');
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );

  scenario('a repeated request on a person’s pause does not make it ours', async (s) => {
    await s.given({ reports: { A: 'Paused' } });
    await s.at('10:01').pause('A', { until: '10:20', requestId: 'job-7' });
    await s.at('10:05').pause('A', { until: '10:40', requestId: 'job-7' });
    s.expectOutcomes({ A: 'foreign' });
    await s.tickUntil('10:45');
    await s.expectStatuses({ A: 'Paused' });
    await s.expectChangesByUs([]);
  });

  scenario(
    'a person who resumes by hand ends the effect of requests and windows that are live',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows: [night] });
      await s.at('21:50').pause('A', { until: '22:45' });
      await s.at('22:00').tick();
      await s.at('22:07').human('dana').resumes('A');
      await s.tickUntil('22:20');
      await s.expectHolds({ A: ['dropped operator', 'dropped window night'] });
      await s.tickUntil('23:05');
      await s.expectChangesByUs(['pause A']);
    },
  );

  scenario('somebody who asks for a pause after a person resumed gets it', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:07').human('dana').resumes('A');
    await s.tickUntil('22:20');
    await s.at('22:21').pause('A', { until: '22:40' });
    s.expectOutcomes({ A: 'paused' });
    await s.tickUntil('22:40');
    await s.expectChangesByUs(['pause A', 'pause A', 'resume A']);
  });

  scenario('a request whose pause fails is answered so, and the tick goes on with it', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' } });
    await s.apiMeets({ kind: 'forbidden', operation: 'pauseReport', on: 'A' });
    await s.at('10:01').pause(['A', 'B'], { until: '10:30' });
    s.expectOutcomes({ A: 'forbidden', B: 'paused' });
    s.expectRun('partial');
    await s.at('10:05').tick();
    await s.expectStatuses({ A: 'Paused', B: 'Paused' });
    await s.at('10:30').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario('a request while the ledger cannot be reached pauses nothing and says so', async (s) => {
    await s.given({ reports: { A: 'Active' } });
    s.ledger.shut();
    await s.at('10:01').pause('A');
    s.expectRun('failed');
    await s.expectChangesByUs([]);
    s.ledger.open();
    await s.at('10:05').tick();
    await s.expectStatuses({ A: 'Active' });
  });

  scenario('a resume refused by the quota stays owed after the request is over', async (s) => {
    await s.given({ reports: { A: 'Active' } });
    await s.at('10:01').pause('A');
    await s.apiMeets({
      kind: 'badRequest',
      operation: 'resumeReport',
      message: 'Exceeded quota of 50 active reports',
      times: 2,
    });
    await s.at('10:10').resume('A');
    s.expectCodes({ A: 'quota_exceeded' });
    await s.at('10:15').tick();
    s.expectCodes({ A: 'quota_exceeded' });
    await s.at('10:20').tick();
    await s.expectStatuses({ A: 'Active' });
  });

  scenario('a pause asked for under observe is told and not made', async (s) => {
    await s.given({ reports: { A: 'Active' }, settings: { MODE: 'observe' } });
    await s.at('10:01').pause('A');
    s.expectOutcomes({ A: 'skipped' });
    await s.at('10:05').tick();
    await s.expectChangesByUs([]);
    await s.expectHolds({ A: [] });
  });

  scenario(
    'draining brings back all that is ours, waits for what fails at first, and leaves people their own',
    async (s) => {
      const windows = [{ ...night, reports: ['A', 'B', 'C'] }];
      await s.given({ reports: { A: 'Active', B: 'Active', C: 'Paused' }, windows });
      await s.at('22:00').tick();
      await s.at('22:05').pause('B');
      await s.apiMeets({ kind: 'forbidden', operation: 'resumeReport', on: 'A' });
      await s.at('22:10').drain();
      s.expectOutcomes({ A: 'resumed', B: 'resumed' });
      await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Paused' });
      await s.tickUntil('22:30');
      await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Paused' });
    },
  );

  scenario('the plan says beforehand what the tick then does', async (s) => {
    const windows = [{ ...night, reports: ['A', 'B'] }];
    await s.given({ reports: { A: 'Active', B: 'Paused', C: 'Active' }, windows });
    await s.at('21:00').tick();
    await s.expectPlan('22:00', { A: 'pause hold_began', B: 'none foreign_pause' });
    await s.at('22:00').tick();
    s.expectCodes({ A: 'hold_began', B: 'foreign_pause' });
    await s.expectPlan('22:30', { A: 'none held' });
    await s.expectPlan('23:00', { A: 'resume last_hold_ended' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });
});
