import { createWorld, reportId } from '../../requests/world.ts';

test('a window that passed without a tick is told, at whichever call of the storage the next tick is killed', async () => {
  const settings = { PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT5M', REPORT_IDS: reportId(1) };
  let calls = 1;
  for (let call = 1; call <= calls + 1; call += 1) {
    const world = createWorld({ reports: 1 });
    const [one, two] = [world.startProcess('one', settings), world.startProcess('two', settings)];
    await world.settle(one.tick());
    await world.time.runUntil(Date.parse('2026-03-01T12:10:00Z'));
    calls = 0;
    one.storage = () => {
      calls += 1;
      if (calls === call) one.stop();
      return 'passes';
    };
    void one.tick();
    await world.time.runUntil(world.time.now() + 240_000);
    await world.settle(two.tick());

    const told = [...one.lines, ...two.lines].filter((line) => line.includes('"WindowMissed"'));
    expect([call, told.length > 0]).toEqual([call, true]);
  }
  expect(calls).toBeGreaterThan(3);
});
