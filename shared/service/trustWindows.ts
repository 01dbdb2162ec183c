import type { Hold } from '../model/hold.ts';
import { isLiveAt } from '../model/hold.ts';
import { occurrenceAt } from '../windows/occurrences.ts';
import type { ParsedWindows } from '../windows/parseWindows.ts';

/** Which version of the windows' blob is in force, and which one is waiting for its second tick. */
export interface WindowsRecord {
  readonly accepted: string | null;
  readonly heldBack: string | null;
}

/**
 * Whether a new version of the windows is to be believed at once. One that would end more than half of the windows
 * that are live now waits a tick, so that a slip of the hand can be undone. Pure.
 */
export function trustWindows(input: {
  readonly version: string;
  readonly parsed: ParsedWindows;
  readonly record: WindowsRecord;
  readonly holds: readonly Hold[];
  readonly nowMs: number;
}): { readonly isTrusted: boolean; readonly record: WindowsRecord } {
  const { version, parsed, record, holds, nowMs } = input;
  if (record.accepted === version) {
    return { isTrusted: true, record };
  }
  const live = new Set(
    holds.flatMap((hold) =>
      hold.holder.kind === 'window' && isLiveAt(hold, nowMs) ? [hold.holder.window] : [],
    ),
  );
  const covering = new Set([
    ...parsed.windows.filter((window) => occurrenceAt(window, nowMs) !== null).map(({ name }) => name),
    ...parsed.invalidNames,
  ]);
  const ending = [...live].filter((name) => !covering.has(name)).length;
  const isTrusted = ending * 2 <= live.size || record.heldBack === version;
  return {
    isTrusted,
    record: isTrusted ? { accepted: version, heldBack: null } : { ...record, heldBack: version },
  };
}
