/** Calls `onTime` once after the delay; the returned function stops it before. */
export type StartTimer = (delayInMs: number, onTime: () => void) => () => void;

/** The machine's timer. */
export const systemTimer: StartTimer = (delayInMs, onTime) => {
  const timer = setTimeout(onTime, delayInMs);
  return () => clearTimeout(timer);
};
