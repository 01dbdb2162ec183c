import { keyCaller } from '../../../shared/callers/caller.ts';
import { answer as answerWindow } from '../../../shared/routes/window.ts';
import { answer as answerWindows } from '../../../shared/routes/windows.ts';
import { createWorld, reportId } from '../../requests/world.ts';

// 2026-03-01, when the world begins, is a Sunday.
const nightly = {
  ...{ name: 'nightly', reports: { all: true }, excludeReportIds: [reportId(3)] },
  schedule: {
    ...{ start: '0 22 * * *', end: '06:00', timeZone: 'Europe/Berlin' },
    skipDates: ['2025-12-24', '2026-03-02', '2026-12-24'],
  },
};
const unknown = { ...nightly, name: 'unknown', reports: { ids: [reportId(99)] }, excludeReportIds: [] };
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const look = {
  ...{ url: new URL('https://app.example/api/windows'), body: new Uint8Array(), header: () => null },
  ...{ teller: silent, caller: keyCaller(null) },
};

describe('a window is shown', () => {
  const world = createWorld({ reports: 3 });
  const { composed } = world.startProcess('one', { MAINTENANCE_WINDOWS: JSON.stringify([nightly, unknown]) });

  test('with its rule in words, its state, when it opens by weekday, what it skips, and what it selects now', async () => {
    const { status, body } = await world.settle(answerWindows(composed, look));

    expect(status).toBe(200);
    expect(body).toMatchObject({
      windows: [
        {
          name: 'nightly',
          state: 'closed',
          rule: 'At 22:00, in Europe/Berlin, until 06:00; not on 3 dates',
          next: [{ weekday: 'Sunday' }, { weekday: 'Tuesday' }, {}, {}, {}],
          skipDates: ['2026-03-02', '2026-12-24'],
          selects: { count: 2, isOverLimit: false, unknownIds: [], reports: [{ reportId: reportId(1) }, {}] },
        },
        { name: 'unknown', selects: { count: 0, unknownIds: [reportId(99)] } },
      ],
    });
  });

  test('by itself with what is wrong with it alone, and one that is not there is not found', async () => {
    const one = await world.settle(answerWindow(composed, look, { window: 'unknown' }));
    const none = await world.settle(answerWindow(composed, look, { window: 'none' }));

    expect(one).toMatchObject({ status: 200, body: { name: 'unknown', problems: expect.any(Array) } });
    expect(JSON.stringify(one.body)).toContain('unknown_report');
    expect(JSON.stringify(one.body)).not.toContain('"nightly"');
    expect(none).toMatchObject({ status: 404, body: { code: 'unknown_window' } });
  });
});
