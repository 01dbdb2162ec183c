import { type Mapped, notMapped } from './intent.ts';

/** Events that were said longer ago are refused, so that nothing older need be remembered. Event Grid retries a day. */
export const MAX_STATEMENT_AGE_MS = 7 * 86_400_000;

/** How far the sender's clock may be ahead. An instant further ahead would make all that follows look old. */
const MAX_CLOCK_LEAD_MS = 5 * 60_000;

/** Refuses what was said too long ago or in the future; null lets it through. */
export function refuseByAge(saidAtMs: number, nowMs: number): Extract<Mapped, { ok: false }> | null {
  if (saidAtMs > nowMs + MAX_CLOCK_LEAD_MS) return notMapped('said_ahead_of_time');
  if (saidAtMs < nowMs - MAX_STATEMENT_AGE_MS) return notMapped('said_too_long_ago');
  return null;
}
