import type { Hold } from '../model/hold.ts';
import { isLiveAt } from '../model/hold.ts';
import { LOOK_PERIOD_IN_MS } from '../model/lastLook.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { WindowsRecord } from '../model/windowsRecord.ts';
import { asSaid } from '../windows/asSaid.ts';
import { occurrenceAt } from '../windows/occurrences.ts';
import type { ParsedWindows } from '../windows/parseWindows.ts';

/** A tick may come a little sooner. */
const HELD_BACK_FOR_MS = LOOK_PERIOD_IN_MS - 30_000;

/**
 * Whether a new version of the windows is to be believed at once. One that would end more than half of the windows
 * that are live now waits for five minutes, so that a slip of the hand can be undone. Pure.
 */
export function trustWindows(input: {
  readonly version: string;
  /** When it was written. */
  readonly modifiedMs: number | null;
  readonly parsed: ParsedWindows;
  readonly record: WindowsRecord;
  readonly holds: readonly Hold[];
  readonly saidEnds: readonly OccurrenceEnd[];
  readonly nowMs: number;
}): { readonly isTrusted: boolean; readonly record: WindowsRecord } {
  const { version, modifiedMs, parsed, record, holds, saidEnds, nowMs } = input;
  if (record.accepted === version) {
    return { isTrusted: true, record };
  }
  // Read before a newer one was accepted: it is no news, and opens and ends nothing.
  if (modifiedMs !== null && record.acceptedMs !== null && modifiedMs < record.acceptedMs) {
    return { isTrusted: false, record };
  }
  const live = new Set(
    holds.flatMap((hold) =>
      hold.holder.kind === 'window' && isLiveAt(hold, nowMs) ? [hold.holder.window] : [],
    ),
  );
  const covering = new Set([
    ...asSaid(parsed.windows, saidEnds)
      .filter((window) => occurrenceAt(window, nowMs) !== null)
      .map(({ name }) => name),
    ...parsed.invalidNames,
  ]);
  const ending = [...live].filter((name) => !covering.has(name)).length;
  const heldSinceMs = record.heldBack === version ? (record.heldBackMs ?? 0) : nowMs;
  const isTrusted = ending * 2 <= live.size || nowMs - heldSinceMs >= HELD_BACK_FOR_MS;
  return {
    isTrusted,
    record: isTrusted
      ? { accepted: version, heldBack: null, heldBackMs: null, acceptedMs: modifiedMs }
      : record.heldBack === version
        ? record
        : { ...record, heldBack: version, heldBackMs: nowMs },
  };
}
