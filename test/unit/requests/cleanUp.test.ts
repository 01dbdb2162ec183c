import { createWorld, reportIds } from '../../requests/world.ts';

test('a window begins with the tick that clears away what is old, though the storage refuses that, and the tick is not ok', async () => {
  const world = createWorld({ reports: 2, startMs: Date.parse('2026-03-01T05:58:30Z') });
  const process = world.startProcess('one', {
    ...{ REPORT_IDS: reportIds(2).join(','), PAUSE_SCHEDULE: '0 6 * * *', PAUSE_DURATION: 'PT1H' },
  });
  await world.settle(process.tick());
  await world.time.runUntil(Date.parse('2026-03-01T06:00:00Z'));
  process.storage = ({ table }) => (table === 'IntermissionRuns' ? 'refused' : 'passes');

  const run = await world.settle(process.tick());

  expect(run.results.map(({ outcome }) => outcome)).toEqual(['paused', 'paused']);
  expect([run.status, ...run.problems.map(({ code }) => code)]).toEqual(['partial', 'ledger_unavailable']);
});
