import type { TimerSchedule } from './ncrontab.ts';
import type { TimerClock } from './timerClock.ts';
import type { TimerStatus, TimerStatusStore } from './timerStatus.ts';

/** What one run of a timer is told; `status` is null where the schedule is not monitored. */
export interface TimerRun {
  readonly isPastDue: boolean;
  readonly status: TimerStatus | null;
}

export interface RunningTimer {
  /** Runs once now, or as soon as the run that is going on has ended. */
  runByHand(): Promise<void>;
  /** No further run begins. A run that is going on is left to end. */
  stop(): void;
}

const longestWaitInMs = 2 ** 31 - 1;
const shortestMonitoredGapInMs = 60_000;

/**
 * Fires `run` whenever the schedule says so, never two runs at once; what comes due during a run is not made up for. A
 * due instant that passed while no host ran gives one run with `isPastDue` at the start, where the schedule is monitored:
 * not when two of its next runs are less than a minute apart. Source: the timer listener of azure-webjobs-sdk-extensions.
 */
export function startTimer(options: {
  schedule: TimerSchedule;
  useMonitor: boolean;
  runOnStartup: boolean;
  store: TimerStatusStore;
  clock: TimerClock;
  /** Never rejects. */
  run: (run: TimerRun) => Promise<void>;
}): RunningTimer {
  const { schedule, store, clock } = options;
  const isMonitored = options.useMonitor && !hasShortGap(schedule, clock.nowMs());
  let isStopped = false;
  let lastRun: Promise<void> = Promise.resolve();
  let callOff = () => {};

  const runAfterTheLast = (isPastDue: boolean, runEnded: (startedMs: number) => void): Promise<void> => {
    lastRun = lastRun.then(async () => {
      if (!isStopped) {
        const startedMs = clock.nowMs();
        await options.run({ isPastDue, status: isMonitored ? store.read() : null });
        runEnded(startedMs);
      }
    });
    return lastRun;
  };

  const runScheduled = (isPastDue: boolean, dueMs: number): Promise<void> =>
    runAfterTheLast(isPastDue, (startedMs) => {
      // A clock that wakes a millisecond early must not make the same due instant count twice.
      const nextMs = schedule.nextAfter(Math.max(clock.nowMs(), dueMs));
      if (isMonitored && nextMs !== null) {
        store.write({ lastMs: startedMs, nextMs, updatedMs: clock.nowMs() });
      }
      waitFor(nextMs);
    });

  const waitFor = (dueMs: number | null): void => {
    if (dueMs === null || isStopped) {
      return;
    }
    const delayInMs = Math.max(0, dueMs - clock.nowMs());
    callOff = clock.callAfter(Math.min(delayInMs, longestWaitInMs), () => {
      if (delayInMs > longestWaitInMs) {
        waitFor(dueMs);
      } else {
        void runScheduled(false, dueMs);
      }
    });
  };

  const start = isMonitored ? decideStart(schedule, store.read(), clock.nowMs()) : null;
  if (start?.status != null) {
    store.write(start.status);
  }
  if (start?.isPastDue === true || options.runOnStartup) {
    void runScheduled(start?.isPastDue === true, clock.nowMs());
  } else {
    waitFor(schedule.nextAfter(clock.nowMs()));
  }

  return {
    runByHand: () => runAfterTheLast(false, () => {}),
    stop: () => {
      isStopped = true;
      callOff();
    },
  };
}

/** Pure: whether a run was missed, and the status to write down at the start (null: leave it). */
function decideStart(
  schedule: TimerSchedule,
  status: TimerStatus | null,
  nowMs: number,
): { isPastDue: boolean; status: TimerStatus | null } {
  const expectedNextMs = status === null ? null : schedule.nextAfter(status.lastMs ?? status.updatedMs);
  if (status !== null && status.nextMs <= nowMs && expectedNextMs !== null && expectedNextMs <= nowMs) {
    return { isPastDue: true, status: null };
  }
  const nextMs = schedule.nextAfter(nowMs);
  return {
    isPastDue: false,
    status: nextMs === null ? null : { lastMs: status?.lastMs ?? null, nextMs, updatedMs: nowMs },
  };
}

function hasShortGap(schedule: TimerSchedule, nowMs: number): boolean {
  let previousMs = schedule.nextAfter(nowMs);
  for (let count = 0; count < 10 && previousMs !== null; count += 1) {
    const nextMs = schedule.nextAfter(previousMs);
    if (nextMs !== null && nextMs - previousMs < shortestMonitoredGapInMs) {
      return true;
    }
    previousMs = nextMs;
  }
  return false;
}
