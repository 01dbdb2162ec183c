import type { Ledger } from '../ledger/ledger.ts';
import type { OpenRequest } from '../ledger/ledgerRows.ts';
import type { Clock } from '../time/clock.ts';
import type { RunQueue } from './runQueue.ts';
import type { RunStore } from './runStore.ts';

/** A message is late, and is sent again, so long after it should have been seen. */
const LATE_AFTER_MS = 15_000;

/** A request without a record for so long was given up by its process before it was accepted. */
const GIVEN_UP_AFTER_MS = 15 * 60_000;

/**
 * Sees to the account's requests that nobody is on: one whose process was killed, or whose messages the queue lost or
 * gave up, is asked for again; one that is answered leaves the order. @throws LedgerError
 */
export function createStandingRuns(parts: {
  readonly ledger: Pick<Ledger, 'order'>;
  readonly store: Pick<RunStore, 'read'>;
  readonly queue: Pick<RunQueue, 'send'>;
  readonly clock: Clock;
}): (accountKey: string) => Promise<void> {
  const { ledger, store, queue, clock } = parts;
  const seeTo = async (accountKey: string, { place, runId, arrivedMs }: OpenRequest): Promise<void> => {
    const record = (await store.read(runId))?.record ?? null;
    const nowMs = clock.now();
    const isOver = record === null ? nowMs - arrivedMs > GIVEN_UP_AFTER_MS : record.state === 'done';
    if (isOver) {
      return ledger.order.leave(accountKey, place);
    }
    const isLate = record !== null && Math.max(record.busyUntilMs, record.nextMs) + LATE_AFTER_MS < nowMs;
    // Nobody has claimed it since its last message was due, or the process that had is gone.
    const isLeft = record !== null && record.busyUntilMs > 0 && record.busyUntilMs < nowMs;
    return isLate || isLeft ? queue.send(runId, 0) : undefined;
  };
  return async (accountKey) => {
    for (const request of await ledger.order.openRequests(accountKey)) {
      await seeTo(accountKey, request);
    }
  };
}
