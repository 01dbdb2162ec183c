import { localKeys } from '../localKeys.ts';
import type { LocalCloudPlan } from '../startLocalCloud.ts';
import type { DemoClock } from './demoClock.ts';
import { maintenanceWindows, timerOfTheNight } from './demoNight.ts';

/** The local cloud of the demo: nothing of the person's own settings, one window, and the demo's time everywhere. */
export function demoPlan(appDirectory: string, clock: DemoClock): LocalCloudPlan {
  return {
    appDirectory,
    functionsPort: 0,
    emulatorPort: 0,
    seedFile: null,
    keys: localKeys(appDirectory),
    settings: (addresses) => ({
      accountName: null,
      settings: {
        ...addresses,
        MAINTENANCE_WINDOWS: JSON.stringify(maintenanceWindows),
        TICK_SCHEDULE: timerOfTheNight,
      },
    }),
    userAssignedClientIds: [],
    nowMs: clock.nowMs,
    nodeArguments: clock.nodeArguments,
  };
}
