/** How much of its rate a source has left, as plain JSON. */
export interface Turns {
  readonly left: number;
  readonly atMs: number;
}

/** Whether a delivery may come in now. `turns` is to be kept either way. */
export type Turn =
  | { readonly ok: true; readonly turns: Turns }
  | { readonly ok: false; readonly retryAfterInMs: number; readonly turns: Turns };

/**
 * Takes one turn of a bucket that holds a minute's turns and fills evenly. Null is a source that was quiet. A clock that
 * goes back costs nothing. Pure.
 */
export function takeTurn(before: Turns | null, nowMs: number, ratePerMinute: number): Turn {
  const msPerTurn = 60_000 / ratePerMinute;
  const refilled =
    before === null ? ratePerMinute : before.left + Math.max(0, nowMs - before.atMs) / msPerTurn;
  const left = Math.min(ratePerMinute, refilled);
  return left >= 1
    ? { ok: true, turns: { left: left - 1, atMs: nowMs } }
    : { ok: false, retryAfterInMs: Math.ceil((1 - left) * msPerTurn), turns: { left, atMs: nowMs } };
}
