// What was claimed and what was seen; what is owed until it is done.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A', 'B'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};

underAnyBehaviour('What was observed counts', (scenario) => {
  scenario('success with an error inside is a failure and is tried again', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.apiMeets({ kind: 'errorInHttp200', operation: 'pauseReport', on: 'A', statusCode: 400 });
    await s.at('22:00').tick();
    s.expectCodes({ A: 'unconfirmed', B: 'hold_began' });
    await s.at('22:05').tick();
    s.expectOutcomes({ A: 'paused' });
    await s.apiMeets({
      kind: 'errorInHttp200',
      operation: 'resumeReport',
      on: 'A',
      statusCode: 500,
    });
    await s.at('23:00').tick();
    s.expectCodes({ A: 'unconfirmed', B: 'last_hold_ended' });
    await s.at('23:05').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario('an answer that shows the old status counts when a read shows the new one', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
    await s.apiMeets({ kind: 'answerUnchanged', operation: 'pauseReport', on: 'A' });
    await s.at('22:00').tick();
    s.expectOutcomes({ A: 'paused' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'a pause that was answered and never happened is not called done, and is made again',
    async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
      await s.apiMeets({ kind: 'answerUnchanged', operation: 'pauseReport', on: 'A', takesEffect: false });
      await s.at('22:00').tick();
      s.expectCodes({ A: 'unconfirmed' });
      await s.at('22:05').tick();
      s.expectOutcomes({ A: 'paused' });
      await s.at('23:00').tick();
      await s.expectStatuses({ A: 'Active', B: 'Paused' });
    },
  );

  scenario(
    'a resume that was answered and never happened is not called done, and is made again',
    async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
      await s.at('22:00').tick();
      await s.apiMeets({ kind: 'answerUnchanged', operation: 'resumeReport', on: 'A', takesEffect: false });
      await s.at('23:00').tick();
      s.expectCodes({ A: 'unconfirmed' });
      await s.at('23:05').tick();
      await s.expectStatuses({ A: 'Active', B: 'Paused' });
    },
  );

  scenario('a pause that takes effect only later is still ours', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
    await s.apiMeets({
      kind: 'delayedEffect',
      operation: 'pauseReport',
      on: 'A',
      forMs: 20_000,
      answerShows: 'new',
    });
    await s.at('22:00').tick();
    await s.at('22:05').tick();
    await s.tickUntil('22:15');
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:00').tick();
    await s.tickUntil('23:10');
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
  });

  scenario('a read that lags behind is not taken for a person who resumed', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.apiMeets({ kind: 'staleRead', operation: 'getReports', forMs: 150_000 });
    await s.at('22:02').tickByHand();
    s.expectCodes({ A: 'held' });
    await s.at('22:05').tickByHand();
    s.expectCodes({ A: 'held' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'pause B', 'resume A', 'resume B']);
    s.expectEventCount('ManualResumeRespected A', 0);
  });

  const refusals = [
    {
      name: 'the quota',
      fault: { kind: 'badRequest', message: 'You have exceeded the quota of 50 active reports' },
      code: 'quota_exceeded',
    },
    { name: 'a missing right', fault: { kind: 'forbidden' }, code: 'forbidden' },
    { name: 'multi-factor authentication', fault: { kind: 'mfaRefusal' }, code: 'mfa_required' },
    { name: 'throttling', fault: { kind: 'throttle429', retryAfter: 3600 }, code: 'throttled' },
    { name: 'an expired token', fault: { kind: 'expiredToken' }, code: 'unauthorized' },
  ];
  for (const { name, fault, code } of refusals) {
    scenario(`a resume refused by ${name} stays owed and is tried on every tick`, async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
      await s.at('22:00').tick();
      await s.apiMeets({ ...fault, operation: 'resumeReport', times: null });
      for (const time of ['23:00', '23:05', '23:10']) {
        await s.at(time).tick();
        s.expectCodes({ A: code });
        s.expectRun('failed');
      }
      await s.expectStatuses({ A: 'Paused' });
      await s.apiRecovers();
      await s.at('23:30').tick();
      await s.expectStatuses({ A: 'Active', B: 'Paused' });
    });
  }

  scenario('while the sign-in fails nothing is done, and afterwards what is owed is', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
    await s.at('22:00').tick();
    s.restart();
    s.signInFails(1);
    await s.at('23:00').tick();
    s.expectProblems(['reports_unreadable', 'identity_unavailable']);
    // No list, and still what is owed goes back, by its id.
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
    await s.at('23:05').tick();
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
  });

  scenario('throttling inside a run holds it back and loses nothing', async (s) => {
    await s.given({
      reports: { A: 'Active', B: 'Active', C: 'Active' },
      windows: [{ ...night, reports: ['A', 'B', 'C'] }],
    });
    await s.apiMeets({ kind: 'throttle429', operation: 'pauseReport', retryAfter: 20, skip: 1 });
    await s.at('22:00').tick();
    s.expectCodes({ A: 'hold_began', B: 'hold_began', C: 'hold_began' });
    await s.apiMeets({ kind: 'throttle429', operation: 'resumeReport', retryAfter: 20, times: 2 });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Active' });
  });

  scenario('a report whose schedule ran out while it was paused is closed and told', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.apiBecomes({ resumeOfPaused: 'inactive' });
    await s.at('23:00').tick();
    s.expectCodes({ A: 'unconfirmed', B: 'unconfirmed' });
    await s.tickUntil('23:10');
    s.expectOutcomes({ A: 'inactive', B: 'inactive' });
    s.expectEvents(['ReportExhausted A', 'ReportExhausted B']);
    await s.expectOwned({ A: 'ended', B: 'ended' });
    await s.at('23:15').tick();
    s.expectEvents([]);
  });

  scenario('an idle tick asks the API for nothing', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
    await s.at('21:00').tick();
    const before = await s.requestCount();
    await s.tickUntil('21:50');
    expect(await s.requestCount()).toBe(before);
  });
});
