import type { Scenario } from '../../scenario/scenario.ts';
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A', 'B', 'C', 'D'],
  when: { start: '0 22 * * *', end: '22:40', timeZone: 'Europe/Amsterdam' },
};

const all = { fromMs: null, untilMs: null, after: null, limit: 50 };

const occurrences = async (s: Scenario, asked: { window?: string; limit?: number; after?: string } = {}) => {
  const page = await s.ask((service) => service.pastOccurrences({ ...all, window: null, ...asked }));
  return page ?? { items: [], goesOnAfter: 'unknown' };
};
const newest = async (s: Scenario) => (await occurrences(s)).items[0];

/** Each hour at half past. */
const hourly = { recurrenceInterval: 1, recurrenceCount: 10_000, startTime: '2026-01-05T00:30:00Z' };

const runs = (s: Scenario, asked: object = {}) =>
  s.ask((service) => service.pastRuns({ ...all, account: null, door: null, ...asked }));
const deeds = async (s: Scenario, letter: string, asked: object = {}) => {
  const outcome = await s.ask((service, call) =>
    service.reportHistory(s.idOf(letter), { ...all, ...asked }, call),
  );
  return outcome.kind === 'found' ? outcome : { history: { entries: [] }, goesOnAfter: outcome.kind };
};

underAnyBehaviour('History', (scenario) => {
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
        ...{ fromUtc: '2026-01-20T21:00:00Z', untilUtc: '2026-01-20T21:40:00Z' },
        ...{ begunLateInSeconds: 600, endedUtc: null },
        counts: { paused: 2, foreign: 1, failed: 1, everPaused: 2, resumed: 0 },
      });
      await s.tickUntil('21:40');
      await s.tickEachMinuteUntil('21:50');

      const told = await newest(s);
      expect(told).toMatchObject({
        ...{ state: 'done', begunLateInSeconds: 600, endedLateInSeconds: 0 },
        counts: { everPaused: 2, resumed: 2, foreign: 1, failed: 1, paused: 0, owed: 0 },
        // 21:30.
        executions: { missed: 1, missedReports: 1, awaited: 2 },
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
        'night, Tue 20 Jan 22:00 to 22:40 Amsterdam: 2 paused, 2 resumed, 1 already paused by a person, 1 not paused, because that failed; begun 10 min late; 1 execution missed',
      );
      const { begunByRunId, endedByRunId } = told ?? {};
      expect(begunByRunId).not.toBe(endedByRunId);
      // Its next execution is due at 22:30, and is looked for two hours later.
      await s.tickUntil('2026-01-21T00:40:00Z');
      expect((await newest(s))?.executions).toMatchObject({
        ...{ awaited: 1, completed: 1, missing: 0 },
        first: {
          reportId: s.idOf('A'),
          reportName: 'Report A',
          completedUtc: expect.stringMatching(/^2026-01-20T2[23]:/),
        },
      });
    },
  );

  scenario('tells who did what to a report and why, and in which run, for 90 days', async (s) => {
    await s.given({
      at: '2026-01-20T20:58:00Z',
      reports: { A: 'Active', B: 'Active', C: 'Paused', D: 'Active' },
      windows: [night],
    });
    await s.tickEachMinuteUntil('21:02');
    const pause = await s
      .at('21:02:30')
      .pause('A', { until: '2026-01-20T22:00:00Z', reason: 'storage move' });
    await s.tickUntil('22:00');
    await s.tickEachMinuteUntil('22:10');

    const { history } = await deeds(s, 'A');
    expect(history.entries.map(({ what, who }) => [what, who])).toEqual([
      ['resumed', 'operator'],
      ['holdEnded', 'window night'],
      ['alreadyPaused', 'operator'],
      ['paused', 'window night'],
    ]);
    expect(history.entries[2]).toMatchObject({ runId: pause.runId });
    expect(history.entries[2]?.inWords).toContain('storage move');
    expect(history.entries[3]?.inWords).toBe(
      'paused, by window night (A hold began: the report is paused; window night: maintenance window); seen Paused afterwards',
    );
    expect((await deeds(s, 'E')).goesOnAfter).toBe('notFound');

    const kept = await runs(s);
    expect(kept.items.map(({ door, who, why, summary }) => [door, who, why, summary])).toEqual([
      ['tick', 'timer', '', expect.objectContaining({ resumed: 1 })],
      ['tick', 'timer', '', expect.objectContaining({ resumed: 2 })],
      ['pause', 'operator', 'storage move', { alreadyPaused: 1 }],
      ['tick', 'timer', '', expect.objectContaining({ paused: 3, foreign: 1 })],
    ]);
    expect((await runs(s, { door: 'pause' })).items.map(({ runId }) => runId)).toEqual([pause.runId]);
    const [first] = (await runs(s, { limit: 1 })).items;
    const second = await runs(s, { limit: 1, after: (await runs(s, { limit: 1 })).goesOnAfter });
    expect([first?.runId, second.items[0]?.runId]).toEqual(kept.items.slice(0, 2).map(({ runId }) => runId));

    const page = await deeds(s, 'A', { limit: 3 });
    const rest = await deeds(s, 'A', { limit: 3, after: page.goesOnAfter });
    expect([...page.history.entries, ...rest.history.entries]).toEqual(history.entries);
    expect(rest.goesOnAfter).toBeNull();

    await s.at('2026-04-25T00:00:00Z').tick();
    expect((await runs(s)).items.map(({ door }) => door)).toEqual(['tick']);
    expect((await deeds(s, 'A')).history.entries).toEqual([]);
    expect((await occurrences(s)).items.map(({ state }) => state)).not.toContain('done');
  });
});
