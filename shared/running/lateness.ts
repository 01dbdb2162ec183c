import type { Decided } from '../deciding/decide.ts';
import type { Boundary } from '../model/boundary.ts';
import type { Hold } from '../model/hold.ts';
import type { LastLook } from '../model/lastLook.ts';
import { occurrenceKey } from '../windows/occurrences.ts';

/** A timer that fires each minute acts within it; what is later than another minute is told. */
const LATE_AFTER_MS = 60_000;

/**
 * The begins and ends that a look acts on, each once. How late one is counts from its instant; where an earlier look, or the tick
 * before, came after that and knew nothing of it, the window is newer than that. Pure.
 */
export function boundariesOf(input: {
  readonly decided: Pick<Decided, 'windowStates' | 'holdChanges'>;
  readonly lastLook: LastLook | null;
  /** As the ledger had them before this look. */
  readonly holdsBefore: readonly Hold[];
  /** When the tick before this one began; null where nothing is known of one. */
  readonly lastTickMs: number | null;
  /** False where nothing is begun: no list can be believed, or no pause may be started. */
  readonly mayBegin: boolean;
  readonly actedMs: number;
}): readonly Boundary[] {
  const { decided, lastLook, holdsBefore, lastTickMs, mayBegin, actedMs } = input;
  const knownMs = lastLook === null ? (lastTickMs ?? actedMs) : (lastLook.lookedMs ?? 0);
  const at = (which: Boundary['which'], window: string, fromMs: number, dueMs: number): Boundary => {
    const lateInMs = Math.max(0, actedMs - Math.max(dueMs, knownMs));
    return { window, fromMs, which, dueMs, actedMs, lateInMs };
  };
  const begun = new Set(lastLook?.begun);
  // What holds something has begun, also where a version that kept no looks began it.
  for (const { holder } of holdsBefore) {
    if (holder.kind === 'window') begun.add(occurrenceKey(holder.window, Date.parse(holder.occurrence)));
  }
  const begins = (mayBegin ? decided.windowStates : []).flatMap(({ window, occurrence, desired }) =>
    occurrence === null || desired.length === 0 || begun.has(occurrence.key)
      ? []
      : [at('begin', window.name, occurrence.fromMs, occurrence.fromMs)],
  );
  const ends = decided.holdChanges.closed.flatMap(({ hold, because }) =>
    because === 'over' && hold.holder.kind === 'window' && hold.untilMs !== null
      ? [at('end', hold.holder.window, Date.parse(hold.holder.occurrence), hold.untilMs)]
      : [],
  );
  const once = new Map(ends.map((end) => [`${end.window} ${end.fromMs}`, end]));
  return [...begins, ...once.values()];
}

/** Whether so much is worth telling: later than the tick could make it, and a minute. Pure. */
export function isLate({ lateInMs }: Boundary, tickInMs: number): boolean {
  return lateInMs > tickInMs + LATE_AFTER_MS;
}
