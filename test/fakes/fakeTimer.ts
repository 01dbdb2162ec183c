import type { StartTimer } from '../../shared/insights/startTimer.ts';

/** Timers that only a test lets run out. */
export function createFakeTimer(): { readonly startTimer: StartTimer; readonly runOut: () => void } {
  const running = new Set<() => void>();
  return {
    startTimer: (_, onTime) => {
      running.add(onTime);
      return () => running.delete(onTime);
    },
    runOut: () => {
      for (const onTime of running) onTime();
    },
  };
}
