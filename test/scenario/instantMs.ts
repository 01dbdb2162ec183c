/** Epoch milliseconds of a full instant, or of a time such as `22:05` on the day (UTC) that `nowMs` is in. */
export function instantMs(when: string, nowMs: number): number {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const atMs = Date.parse(/^\d\d:\d\d(:\d\d)?$/.test(when) ? `${day}T${when}Z` : when);
  if (Number.isNaN(atMs)) {
    throw new Error(`"${when}" is no instant`);
  }
  return atMs;
}
