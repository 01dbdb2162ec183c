const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

/** What is done or told once a day is due at the first tick after this hour, UTC. */
const BEGINS_AT_HOUR = 6;

/** Whether another day has begun since then, for what is done once in each. Pure. */
export function isAnotherDay(lastMs: number, nowMs: number): boolean {
  return dayOf(lastMs) < dayOf(nowMs);
}

function dayOf(atMs: number): number {
  return Math.floor((atMs - BEGINS_AT_HOUR * HOUR_IN_MS) / DAY_IN_MS);
}
