import { noTelemetry, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import { createWorld, reportIds } from '../../requests/world.ts';

test('an alarm that stands on hundreds of reports is told once of each, and not again at each look', async () => {
  const world = createWorld({ reports: 400 });
  const process = world.startProcess('one', { MAX_HOLD: 'P1D' });
  await world.settle(process.post('pause', { reportIds: reportIds(200) }));
  await world.settle(process.post('pause', { reportIds: reportIds(400).slice(200) }));
  await world.time.runUntil(world.time.now() + 26 * 3_600_000);
  const told: string[] = [];
  const telemetry: Telemetry = { ...noTelemetry, event: (name) => void told.push(name) };
  const teller = { info: () => {}, warn: () => {}, error: () => {}, telemetry };

  for (let look = 0; look < 4; look += 1) {
    const call = { correlationId: 'c', caller: 'timer', teller, runId: null };
    await world.settle(process.composed.service.tick(call));
    await world.time.runUntil(world.time.now() + 300_000);
  }

  expect(told.filter((name) => name === 'HoldTooLong')).toHaveLength(400);
});
