import { showWindows } from '../../../shared/service/showWindows.ts';
import { tick } from '../../../shared/service/tick.ts';
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

test('however many windows there are, others have their turn while a tick looks for what is due', async () => {
  const windows = Array.from({ length: 400 }, (_, at) => ({
    ...{ name: `w-${at}`, reports: { ids: [reportId(1)] } },
    schedule: { start: `${at % 60} 3 * * *`, duration: 'PT1H', timeZone: 'Europe/Berlin' },
  }));
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one', { MAINTENANCE_WINDOWS: JSON.stringify(windows) });
  let turns = 0;
  const giveWay = async () => {
    turns += 1;
  };
  const call = { correlationId: 'c', caller: 'timer', teller: quiet, runId: null };
  const tickNow = () => world.settle(tick({ ...process.composed.parts, giveWay }, call));
  await tickNow();
  await world.time.runUntil(world.time.now() + 60_000);
  turns = 0;

  await tickNow();

  // Once for the windows that are open, and once for those that no tick saw; nothing is looked at.
  expect(world.insights.calls).toHaveLength(0);
  expect(turns).toBeGreaterThan((2 * 400) / 25);
});
