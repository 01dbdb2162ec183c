import { showWindows } from '../../../shared/service/showWindows.ts';
import { createWorld, reportId } from '../../requests/world.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

test('however many windows there are, others have their turn after a few of them while they are shown', async () => {
  const windows = Array.from({ length: 120 }, (_, at) => ({
    ...{ name: `w-${at}`, reports: { ids: [reportId(1)] } },
    schedule: { start: `${at % 60} 3 * * *`, duration: 'PT1H', timeZone: 'Europe/Berlin' },
  }));
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one', { MAINTENANCE_WINDOWS: JSON.stringify(windows) });
  let turns = 0;
  const giveWay = async () => {
    turns += 1;
  };
  const call = { correlationId: 'c', caller: 'ana', teller: quiet, runId: null };

  const shown = await world.settle(showWindows({ ...process.composed.parts, giveWay }, call));

  expect(shown.windows).toHaveLength(120);
  // Once for the windows as they are shown, and once for what is wrong with them.
  expect(turns).toBeGreaterThan((2 * 120) / 5);
});
