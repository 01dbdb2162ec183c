import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const night = {
  name: 'night',
  reports: ['A', 'B'],
  when: ['2026-01-20T22:02:00Z', '2026-01-20T22:33:00Z'] as const,
};

underAnyBehaviour('A tick each minute', (scenario) => {
  scenario(
    'begins and ends a window on its minute, and lists no oftener than each five minutes',
    async (s) => {
      await s.given({ at: '2026-01-20T21:58:00Z', reports: { A: 'Active', B: 'Active' }, windows: [night] });
      await s.tickEachMinuteUntil('22:01');
      expect(await s.requestCount()).toBe(0);
      await s.tickEachMinuteUntil('22:02');
      await s.expectStatuses({ A: 'Paused', B: 'Paused' });
      const begun = await s.requestCount();
      await s.tickEachMinuteUntil('22:06');
      expect(await s.requestCount()).toBe(begun);
      await s.tickEachMinuteUntil('22:32');
      await s.expectStatuses({ A: 'Paused', B: 'Paused' });
      // 22:07, 22:12, and so on: one list each.
      expect((await s.requestCount()) - begun).toBeLessThanOrEqual(6 + 3);
      await s.tickEachMinuteUntil('22:33');
      await s.expectStatuses({ A: 'Active', B: 'Active' });
      await s.expectChangesByUs(['pause A', 'pause B', 'resume A', 'resume B']);
      const kept = await s.occurrencesOf('night');
      expect(kept.map(({ which, lateInMs }) => [which, lateInMs < 30 * SECOND])).toEqual([
        ['begin', true],
        ['end', true],
      ]);
      s.expectEventCount('WindowLate', 0);
      // The looks that end our care are made, and then nothing is left to ask for.
      await s.tickEachMinuteUntil('22:50');
      const settled = await s.requestCount();
      await s.tickEachMinuteUntil('23:05');
      expect((await s.requestCount()) - settled).toBe(0);
    },
  );

  scenario(
    'ends what a request holds on its minute, and looks at what a door wrote at the next tick',
    async (s) => {
      await s.given({ at: '2026-01-20T21:58:00Z', reports: { A: 'Active' } });
      await s.tickEachMinuteUntil('22:00');
      await s.at('22:00:30').pause('A', { until: '2026-01-20T22:04:00Z' });
      await s.tickEachMinuteUntil('22:03');
      await s.expectStatuses({ A: 'Paused' });
      await s.tickEachMinuteUntil('22:04');
      await s.expectStatuses({ A: 'Active' });
    },
  );

  scenario('ends a window that is taken away at the next tick, not at its next look', async (s) => {
    await s.given({ at: '2026-01-20T22:00:00Z', reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.tickEachMinuteUntil('22:03');
    await s.at('22:03:30').configure({ windows: [] });
    await s.tickEachMinuteUntil('22:04');
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario('tries a look that failed again ever more rarely, and says so at each tick', async (s) => {
    await s.given({ at: '2026-01-20T22:01:00Z', reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.apiMeets({ kind: 'forbidden', operation: 'getReports', times: null });
    await s.tickEachMinuteUntil('22:02');
    s.expectProblems(['reports_unreadable']);
    const first = await s.requestCount();
    await s.tickEachMinuteUntil('22:22');
    s.expectProblems(['reports_unreadable']);
    s.expectRun('failed');
    // 22:03, 22:05, 22:08, 22:12, 22:17, 22:22.
    expect((await s.requestCount()) / first).toBe(7);
    await s.apiRecovers();
    await s.tickEachMinuteUntil('22:27');
    await s.expectStatuses({ A: 'Paused', B: 'Paused' });
    expect(
      (await s.occurrencesOf('night')).map(({ which, lateInMs }) => [which, Math.floor(lateInMs / MINUTE)]),
    ).toEqual([['begin', 25]]);
    s.expectEventCount('WindowLate', 1);
  });

  scenario('tells an end that came late because no tick did', async (s) => {
    await s.given({ at: '2026-01-20T22:01:00Z', reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.tickEachMinuteUntil('22:10');
    await s.at('22:36').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
    s.expectEventCount('WindowLate', 1);
    expect(
      (await s.occurrencesOf('night')).map(({ which, lateInMs }) => [which, Math.floor(lateInMs / MINUTE)]),
    ).toEqual([
      ['begin', 0],
      ['end', 3],
    ]);
  });

  scenario('waits for the minute where the timer fires a little before it', async (s) => {
    await s.given({ at: '2026-01-20T22:01:00Z', reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.tickEachMinuteUntil('22:01');
    await s.at('2026-01-20T22:01:59.980Z').tick();
    await s.expectStatuses({ A: 'Paused', B: 'Paused' });
  });
});
