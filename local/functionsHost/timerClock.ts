/** The seam for a timer's time: the machine's clock in the host, one set by hand in a test. */
export interface TimerClock {
  nowMs(): number;
  /** Calls once after the delay; what it returns calls it off. */
  callAfter(delayInMs: number, action: () => void): () => void;
}

/** The machine's clock. A wait that is going on keeps no process alive. */
export const systemTimerClock: TimerClock = {
  nowMs: () => Date.now(),
  callAfter: (delayInMs, action) => {
    const timeout = setTimeout(action, delayInMs);
    timeout.unref();
    return () => clearTimeout(timeout);
  },
};
