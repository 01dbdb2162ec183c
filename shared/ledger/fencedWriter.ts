import type { Clock } from '../time/clock.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { createGroupCommit } from './groupCommit.ts';
import { isStillHeld, type Lease, type LeaseTiming } from './lease.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import { encodeRow, type LedgerRow, rowKeys } from './ledgerRows.ts';

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

/** A transaction takes 100 entities, and one of them is the lease. Source: "Performing entity group transactions". */
const MAX_WRITES = 99;

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
    const expiresAtMs = clock.now() + timing.durationInMs;
    const row = encodeRow(lease.accountKey, rowKeys.lease, { owner: lease.owner, expiresAtMs });
    const fence: TransactionAction = ['update', { ...row }, 'Replace', { etag: lease.etag }];
    try {
      const answer = await table.submitTransaction([
        fence,
        ...writes.map((one) => actionOf(lease.accountKey, one)),
      ]);
      lease = { ...lease, expiresAtMs, etag: etagOf(answer) };
    } catch (error) {
      if (isConflict(error)) {
        return await explainConflict(error);
      }
      // Stored or not, nobody knows: whoever goes on must read first, under a new lease.
      isLost = true;
      throw new LedgerError('ledger_unavailable', 'could not write the ledger', error);
    }
  };
  /** The storage says that some row had changed; where that was the lease, reading again helps no more. */
  const explainConflict = async (error: unknown): Promise<never> => {
    isLost = !(await isStillHeld(table, lease).catch(() => false));
    throw isLost
      ? new LedgerError('lease_lost', 'the lease on the account passed on to somebody else', error)
      : new LedgerError('ledger_conflict', 'the ledger changed since it was read', error);
  };
  const commits = createGroupCommit(MAX_WRITES, commit);
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
      return ['create', { ...write.row }];
    case 'replace':
      return ['update', { ...write.row }, 'Replace', { etag: write.etag }];
    case 'put':
      return ['upsert', { ...write.row }, 'Replace'];
    case 'delete':
      return ['delete', { partitionKey, rowKey: write.rowKey }];
  }
}

function etagOf(answer: { readonly subResponses: readonly { readonly etag?: string }[] }): string {
  const etag = answer.subResponses[0]?.etag?.trim();
  if (etag === undefined || etag === '') {
    throw new LedgerError('ledger_unavailable', 'the storage answered a transaction without an ETag', null);
  }
  return etag;
}
