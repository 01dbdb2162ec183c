import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Alarm } from './alarms.ts';

/** What is remembered must fit one row of 64 KiB; alarms beyond it are told each tick. */
const MAX_REMEMBERED = 300;

/**
 * Which alarms are due to be told now, and what the ledger shall remember: once when they begin, again at their own
 * rate while they last, and anew when they come back. Pure.
 */
export function tellLasting(
  alarms: readonly Alarm[],
  told: Readonly<Record<string, number>>,
  nowMs: number,
): { readonly events: readonly ReportEvent[]; readonly told: Readonly<Record<string, number>> } {
  const events: ReportEvent[] = [];
  const next: Record<string, number> = {};
  let remembered = 0;
  for (const { event, repeatAfterMs } of alarms) {
    const key = `${event.name} ${event.reportId}`;
    const last = told[key];
    const isDue = last === undefined || nowMs - last >= repeatAfterMs;
    if (isDue) {
      events.push(event);
    }
    // What is told each tick needs no memory.
    if (repeatAfterMs > 0 && remembered < MAX_REMEMBERED) {
      next[key] = isDue ? nowMs : (last ?? nowMs);
      remembered += 1;
    }
  }
  return { events, told: next };
}
