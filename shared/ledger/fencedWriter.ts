import { randomUUID } from 'node:crypto';
import type { Clock } from '../time/clock.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { createGroupCommit } from './groupCommit.ts';
import { type Lease, type LeaseTiming, leaseRow, readHeld } from './lease.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import type { LedgerRow } from './ledgerRows.ts';
import { bytesOf, entityOf, MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ROWS } from './rowLimits.ts';
import { firstEtag } from './tables.ts';

/** One change of a row of the account's partition. */
export type RowWrite =
  | { readonly kind: 'create'; readonly row: LedgerRow }
  | { readonly kind: 'replace'; readonly row: LedgerRow; readonly etag: string }
  | { readonly kind: 'put'; readonly row: LedgerRow }
  | { readonly kind: 'delete'; readonly rowKey: string };

/**
 * The leaseholder's pen. Every transaction also renews the lease, under the lease's own ETag: a holder whose lease
 * has passed on cannot write, and so, since each PUT is written ahead, cannot act.
 */
export interface FencedWriter {
  /**
   * Resolves when the writes are stored, all of them or none. At most 99 in one call.
   * @throws LedgerError `lease_lost`, `ledger_conflict` (a row changed since it was read) or `ledger_unavailable`.
   */
  write(writes: readonly RowWrite[]): Promise<void>;
  /** Renews the lease where it would end before `untilMs` plus the margin for clocks; false where that cannot be. */
  holdsUntil(untilMs: number): Promise<boolean>;
  /** The lease as last renewed, for giving it back. Waits for what is being written. */
  close(): Promise<Lease>;
}

/** One entity of each transaction is the lease. */
const MAX_WRITES = MAX_TRANSACTION_ROWS - 1;

/** So often a write is sent whose outcome a look shows to be none. */
const MAX_ATTEMPTS = 3;

/** Writes for the holder of `lease`. */
export function createFencedWriter(
  table: TableClient,
  options: { readonly lease: Lease; readonly clock: Clock; readonly timing: LeaseTiming },
): FencedWriter {
  const { clock, timing } = options;
  let { lease } = options;
  let isLost = false;

  const commit = async (writes: readonly RowWrite[]) => {
    // Its ETag and not the clock says whether the lease passed on: a slow list is no reason to give up.
    if (isLost) {
      throw new LedgerError('lease_lost', 'the lease on the account is no longer ours', null);
    }
    const mark = randomUUID();
    const expiresAtMs = clock.now() + timing.durationInMs;
    const row = entityOf(leaseRow(lease, { expiresAtMs, mark }));
    const actions = writes.map((one) => actionOf(lease.accountKey, one));
    for (let attempt = 1; ; attempt += 1) {
      const fence: TransactionAction = ['update', row, 'Replace', { etag: lease.etag }];
      try {
        const answer = await table.submitTransaction([fence, ...actions]);
        lease = { ...lease, expiresAtMs, etag: firstEtag(answer) };
        return;
      } catch (error) {
        const after = await lookAgain(error, mark);
        if (after === 'stored') {
          lease = { ...lease, expiresAtMs };
          return;
        }
        // Told apart by our own mark: not stored, and as we knew it. So the same write may be sent again.
        if (attempt === MAX_ATTEMPTS) {
          isLost = true;
          throw new LedgerError('ledger_unavailable', 'could not write the ledger', error);
        }
      }
    }
  };
  /** What became of a write whose answer is no success: an answer that is lost says nothing about the write. */
  const lookAgain = async (error: unknown, mark: string): Promise<'stored' | 'notStored'> => {
    const now = await readHeld(table, lease.accountKey).catch(() => 'unreadable' as const);
    if (now === 'unreadable') {
      isLost = true;
      throw new LedgerError('ledger_unavailable', 'could not write the ledger', error);
    }
    if (now?.mark === mark) {
      lease = { ...lease, etag: now.etag };
      return 'stored';
    }
    if (now?.etag !== lease.etag) {
      isLost = true;
      throw new LedgerError('lease_lost', 'the lease on the account passed on to somebody else', error);
    }
    if (isConflict(error)) {
      throw new LedgerError('ledger_conflict', 'the ledger changed since it was read', error);
    }
    return 'notStored';
  };
  const commits = createGroupCommit(
    { maxItems: MAX_WRITES, maxWeight: MAX_TRANSACTION_BYTES, weigh: bytesOf },
    commit,
  );
  const covers = (untilMs: number) => untilMs + timing.clockMarginInMs <= lease.expiresAtMs;

  return {
    write: commits.add,
    holdsUntil: async (untilMs) => {
      if (!isLost && !covers(untilMs)) {
        await commits.add([]);
      }
      return !isLost && covers(untilMs);
    },
    close: async () => {
      await commits.idle();
      return lease;
    },
  };
}

function actionOf(partitionKey: string, write: RowWrite): TransactionAction {
  switch (write.kind) {
    case 'create':
      return ['create', entityOf(write.row)];
    case 'replace':
      return ['update', entityOf(write.row), 'Replace', { etag: write.etag }];
    case 'put':
      return ['upsert', entityOf(write.row), 'Replace'];
    case 'delete':
      return ['delete', { partitionKey, rowKey: write.rowKey }];
  }
}
