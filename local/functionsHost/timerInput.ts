import type { TypedData } from './coreTypes.ts';
import type { TimerRun } from './startTimer.ts';

const neverUtc = '0001-01-01T00:00:00+00:00';

/** A timer run in the JSON that the host sends to a worker. */
export function timerInput({ isPastDue, status }: TimerRun): TypedData {
  const scheduleStatus =
    status === null
      ? {}
      : {
          ScheduleStatus: {
            Last: status.lastMs === null ? neverUtc : new Date(status.lastMs).toISOString(),
            Next: new Date(status.nextMs).toISOString(),
            LastUpdated: new Date(status.updatedMs).toISOString(),
          },
        };
  return {
    json: JSON.stringify({ Schedule: { AdjustForDST: true }, ...scheduleStatus, IsPastDue: isPastDue }),
  };
}
