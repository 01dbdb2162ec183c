import type { Run } from '../service/run.ts';
import type { Clock } from '../time/clock.ts';
import { keptEach } from '../time/keptEach.ts';
import type { RunRecord } from './runRecord.ts';
import type { RunStore } from './runStore.ts';
import { runOf } from './submitRun.ts';

/** A run as pollers see it: how far it is, and all its results once it is done. */
export type SeenRun =
  | { readonly kind: 'working'; readonly record: RunRecord }
  | { readonly kind: 'done'; readonly record: RunRecord; readonly run: Run };

/** How old what a poller sees may be; it is told to come again in five seconds. */
export const RUN_KEPT_IN_MS = 2_000;

/** So many results are kept at once: two runs of the longest. */
const MAX_RESULTS_KEPT = 20_000;

/** Runs that many ask for at once, read once; null where there is none. @throws LedgerError */
export function createRecentRuns(
  store: RunStore,
  clock: Pick<Clock, 'now'>,
): (runId: string) => Promise<SeenRun | null> {
  const keeping = {
    keptInMs: RUN_KEPT_IN_MS,
    maxWeight: MAX_RESULTS_KEPT,
    // Also one without results takes room.
    weigh: (seen: SeenRun | null) => 20 + (seen?.kind === 'done' ? seen.run.results.length : 0),
  };
  return keptEach(clock, keeping, async (runId) => {
    const record = (await store.read(runId))?.record ?? null;
    if (record === null) return null;
    return record.state === 'working'
      ? { kind: 'working', record }
      : { kind: 'done', record, run: await runOf(store, record) };
  });
}
