import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Alarm } from './alarms.ts';

/** What is remembered must fit one row, with what else is in it: some 70 characters each of 480,000. */
const MAX_REMEMBERED = 3_000;

/**
 * Which alarms are due to be told now, and what the ledger shall remember: once when they begin, again at their own
 * rate while they last, and anew when they come back. Those that are more than can be remembered are told by the clock, at the
 * first look of each hour or day: else each look would tell thousands of them. Pure.
 */
export function tellLasting(
  alarms: readonly Alarm[],
  told: Readonly<Record<string, number>>,
  { nowMs, lookedMs }: { readonly nowMs: number; readonly lookedMs: number | null },
): { readonly events: readonly ReportEvent[]; readonly told: Readonly<Record<string, number>> } {
  const events: ReportEvent[] = [];
  const next: Record<string, number> = {};
  let remembered = 0;
  for (const { event, repeatAfterMs } of alarms) {
    const key = `${event.name} ${event.reportId}`;
    const last = told[key];
    const isRemembered = remembered < MAX_REMEMBERED;
    const isDue =
      last !== undefined
        ? nowMs - last >= repeatAfterMs
        : isRemembered || isFirstOf(repeatAfterMs, nowMs, lookedMs);
    if (isDue) {
      events.push(event);
    }
    // What is told each tick needs no memory.
    if (repeatAfterMs > 0 && isRemembered) {
      next[key] = isDue ? nowMs : (last ?? nowMs);
      remembered += 1;
    }
  }
  return { events, told: next };
}

/** Whether this is the first look since so long a span of the clock began. */
function isFirstOf(spanInMs: number, nowMs: number, lookedMs: number | null): boolean {
  if (spanInMs === 0 || lookedMs === null) return true;
  return Math.floor(nowMs / spanInMs) !== Math.floor(lookedMs / spanInMs);
}
