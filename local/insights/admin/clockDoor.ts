import { clockChangeSchema } from '../clock/emulatorClock.ts';
import { rewindWorld } from '../state/rewindWorld.ts';
import { settleEverything } from '../state/settleReport.ts';
import type { World } from '../state/world.ts';

/** What the clock says and how it runs. */
export function showClock({ clock }: World): { nowUtc: string; rate: number; frozen: boolean } {
  const { rate } = clock.setting;
  return { nowUtc: new Date(clock.nowMs()).toISOString(), rate, frozen: rate === 0 };
}

/** Sets it and lets everything happen that became due. @throws ZodError */
export function changeClock(world: World, body: unknown): ReturnType<typeof showClock> {
  const beforeMs = world.clock.nowMs();
  world.clock.change(clockChangeSchema.parse(body));
  if (world.clock.nowMs() < beforeMs) {
    rewindWorld(world);
  }
  settleEverything(world);
  world.revision += 1;
  return showClock(world);
}
