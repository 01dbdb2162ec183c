import type { Scenario } from '../../scenario/scenario.ts';
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A', 'B', 'C', 'D'],
  when: { start: '0 22 * * *', end: '02:00', timeZone: 'Europe/Amsterdam' },
};

const all = { fromMs: null, untilMs: null, after: null, limit: 50 };

const occurrences = async (s: Scenario, asked: { window?: string; limit?: number; after?: string } = {}) => {
  const page = await s.ask((service) => service.pastOccurrences({ ...all, window: null, ...asked }));
  return page ?? { items: [], goesOnAfter: 'unknown' };
};
const newest = async (s: Scenario) => (await occurrences(s)).items[0];

/** Each hour at half past. */
const hourly = { recurrenceInterval: 1, recurrenceCount: 10_000, startTime: '2026-01-05T00:30:00Z' };

underAnyBehaviour('History of occurrences', (scenario) => {
  scenario(
    'tells what a window did: a foreign pause, a failure, a late begin, and what it cost',
    async (s) => {
      const at = '2026-01-20T20:50:00Z';
      const reports = {
        A: { reportStatus: 'Active', ...hourly },
        B: 'Active',
        C: 'Paused',
        D: 'Active',
      } as const;
      await s.given({ at, reports, windows: [night] });
      await s.apiMeets({ kind: 'forbidden', on: 'D', operation: 'pauseReport', times: null });
      await s.tickEachMinuteUntil('20:58');
      await s.at('21:10').tick();
      expect(await newest(s)).toMatchObject({
        ...{ window: 'night', account: 'default', state: 'open', weekday: 'Tuesday' },
        ...{ fromUtc: '2026-01-20T21:00:00Z', untilUtc: '2026-01-21T01:00:00Z' },
        ...{ begunLateInSeconds: 600, endedUtc: null },
        counts: { paused: 2, foreign: 1, failed: 1, everPaused: 2, resumed: 0 },
      });
      await s.tickUntil('2026-01-21T01:00:00Z');
      await s.tickEachMinuteUntil('01:30');

      const told = await newest(s);
      expect(told).toMatchObject({
        ...{ state: 'done', begunLateInSeconds: 600, endedLateInSeconds: 0 },
        counts: { everPaused: 2, resumed: 2, foreign: 1, failed: 1, paused: 0, owed: 0 },
        // 21:30, 22:30, 23:30 and 00:30.
        executions: { missed: 4, missedReports: 1, awaited: 2 },
        moreReports: 0,
      });
      expect(
        told?.reports.map(({ reportId, outcome, code }) => [s.letterOf(reportId), outcome, code]),
      ).toEqual([
        ['D', 'failed', 'forbidden'],
        ['C', 'foreign', expect.any(String)],
        ['A', 'resumed', null],
      ]);
      expect(told?.inWords).toBe(
        'night, Tue 20 Jan 22:00 to 02:00 Amsterdam: 2 paused, 2 resumed, 1 already paused by a person, 1 not paused, because that failed; begun 10 min late; 4 executions missed',
      );
      const { begunByRunId, endedByRunId } = told ?? {};
      expect(begunByRunId).not.toBe(endedByRunId);
    },
  );
});
