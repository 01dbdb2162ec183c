import { z } from 'zod';
import type { Clock } from '../time/clock.ts';
import type { TableClient } from './azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from './ledgerError.ts';
import { decodeRow, encodeRow, rowKeys } from './ledgerRows.ts';
import { guard, type StoredRow } from './tables.ts';

/** The right to act on one account, until `expiresAtMs` unless it is renewed. */
export interface Lease {
  readonly accountKey: string;
  readonly owner: string;
  readonly expiresAtMs: number;
  readonly etag: string;
  /** Whether another process had it last: then what it has just sent counts towards the account's ceiling, too. */
  readonly wasAnothers: boolean;
}

/** How long leases last and how far two machines' clocks may be apart. */
export interface LeaseTiming {
  readonly durationInMs: number;
  readonly clockMarginInMs: number;
}

const leaseShape = z.object({ owner: z.string(), expiresAtMs: z.number() });

/**
 * Takes the account's lease: where nobody has it, or its last holder's time is over by more than the margin for
 * clocks. Null where somebody else has it.
 */
export async function acquireLease(
  table: TableClient,
  {
    accountKey,
    owner,
    clock,
    timing,
  }: { accountKey: string; owner: string; clock: Clock; timing: LeaseTiming },
): Promise<Lease | null> {
  return guard('take the lease', async () => {
    const stored = await readLease(table, accountKey);
    const held = stored === null ? null : decodeRow(stored.row, leaseShape);
    if (held !== null && clock.now() <= held.expiresAtMs + timing.clockMarginInMs) {
      return null;
    }
    const expiresAtMs = clock.now() + timing.durationInMs;
    const row = encodeRow(accountKey, rowKeys.lease, { owner, expiresAtMs });
    try {
      const { etag } =
        stored === null
          ? await table.createEntity(row)
          : await table.updateEntity(row, 'Replace', { etag: stored.etag });
      const wasAnothers = held !== null && held.owner !== owner;
      return { accountKey, owner, expiresAtMs, etag: etag ?? missingEtag(), wasAnothers };
    } catch (error) {
      if (isConflict(error)) {
        return null;
      }
      throw error;
    }
  });
}

/** Gives the lease back; harmless where it was lost meanwhile. */
export async function releaseLease(table: TableClient, lease: Lease): Promise<void> {
  const row = encodeRow(lease.accountKey, rowKeys.lease, { owner: lease.owner, expiresAtMs: 0 });
  try {
    await table.updateEntity(row, 'Replace', { etag: lease.etag });
  } catch (error) {
    if (!isConflict(error)) {
      throw new LedgerError('ledger_unavailable', 'could not give the lease back', error);
    }
  }
}

/** Whether the lease is still as `lease` knows it; false where it passed on, or was written by somebody else. */
export async function isStillHeld(table: TableClient, lease: Lease): Promise<boolean> {
  const stored = await guard('read the lease', () => readLease(table, lease.accountKey));
  return stored?.etag === lease.etag;
}

async function readLease(table: TableClient, accountKey: string): Promise<StoredRow | null> {
  try {
    const entity = await table.getEntity<{ schemaVersion: number; json: string }>(accountKey, rowKeys.lease);
    const { schemaVersion, json, etag } = entity;
    return { row: { partitionKey: accountKey, rowKey: rowKeys.lease, schemaVersion, json }, etag };
  } catch (error) {
    if (storageStatus(error) === 404) {
      return null;
    }
    throw error;
  }
}

function missingEtag(): never {
  throw new LedgerError('ledger_unavailable', 'the storage answered without an ETag', null);
}
