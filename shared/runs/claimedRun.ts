import { asLedgerError, type LedgerError } from '../ledger/ledgerError.ts';
import type { RunResult } from '../service/run.ts';
import type { Clock } from '../time/clock.ts';
import type { RunRecord } from './runRecord.ts';
import type { RunStore, StoredRun } from './runStore.ts';

/**
 * A claim lasts so long unless it is moved on: a process that is killed or stopped is followed by another within it.
 * Whether two act at once is not decided here but by the account's lease.
 */
export const CLAIM_IN_MS = 20_000;
const MOVED_ON_EVERY_MS = 6_000;

/** A run that this process is on, for as long as nobody else has taken it. */
export interface ClaimedRun {
  /** The record as last stored. */
  record(): RunRecord;
  /**
   * Stores the record as `change` makes it from the last one, with results; null where somebody else is on the run by
   * now, and what the storage refused where it did.
   */
  advance(
    change: (record: RunRecord) => RunRecord,
    results: readonly RunResult[],
  ): Promise<RunRecord | LedgerError | null>;
  /** Moves the claim on no more. */
  end(): void;
}

/** Takes the run; null where somebody else changed it since it was read. The claim is moved on until it ends. */
export async function claimRun(store: RunStore, clock: Clock, stored: StoredRun): Promise<ClaimedRun | null> {
  const claim = (record: RunRecord): RunRecord => {
    const busyUntilMs = clock.now() + CLAIM_IN_MS;
    return { ...record, busyUntilMs, nextMs: Math.max(record.nextMs, busyUntilMs) };
  };
  const first = await store.advance(stored, claim(stored.record), []);
  if (first === null) {
    return null;
  }
  let current = first;
  let isLost = false;
  let writing: Promise<unknown> = Promise.resolve();
  const over = new AbortController();

  /** One after the other: each names the version that the one before it stored. */
  const advance: ClaimedRun['advance'] = (change, results) => {
    const write = async () => {
      if (isLost) {
        return null;
      }
      try {
        const kept = await store.advance(current, change(current.record), results);
        isLost = kept === null;
        current = kept ?? current;
        return kept === null ? null : current.record;
      } catch (error) {
        return asLedgerError(error);
      }
    };
    const written = writing.then(write);
    writing = written;
    return written;
  };
  const moveOn = async () => {
    while (!over.signal.aborted && !isLost) {
      await clock.sleep(MOVED_ON_EVERY_MS, over.signal);
      await advance((record) => (over.signal.aborted ? record : claim(record)), []);
    }
  };
  moveOn().catch(() => undefined);
  return { record: () => current.record, advance, end: () => over.abort(new Error('the claim has ended')) };
}
