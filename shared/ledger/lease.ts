import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../time/clock.ts';
import type { TableClient } from './azureTypes.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import { decodeRow, encodeRow, type LedgerRow, rowKeys } from './ledgerRows.ts';
import { entityOf } from './rowLimits.ts';
import { guard, queryRows, type StoredRow } from './tables.ts';

/** The right to act on one account, until `expiresAtMs` unless it is renewed. */
export interface Lease {
  readonly accountKey: string;
  readonly owner: string;
  /** This acquisition's own name: whoever reads it in the row knows that it was written by this holder. */
  readonly holdId: string;
  readonly expiresAtMs: number;
  readonly etag: string;
  /** Whether another process had it last: then what it has just sent counts towards the account's ceiling, too. */
  readonly wasAnothers: boolean;
  /** Since when ticks have been waiting for the account, epoch milliseconds; null where none has. */
  readonly waitedSinceMs: number | null;
}

/** How long leases last and how far two machines' clocks may be apart. */
export interface LeaseTiming {
  readonly durationInMs: number;
  readonly clockMarginInMs: number;
}

/**
 * A tick that waits for an account: while it does, no request takes the lease, and the one that has it gives way. `sinceMs`
 * stays from the first tick that waited in vain until a tick has its turn.
 */
export interface TickWaits {
  readonly sinceMs: number;
  readonly untilMs: number;
}

const leaseShape = z.object({
  owner: z.string(),
  expiresAtMs: z.number(),
  holdId: z.string().default(''),
  /** Of the write that renewed it last. */
  mark: z.string().default(''),
});
const waitsShape: z.ZodType<TickWaits> = z.object({ sinceMs: z.number(), untilMs: z.number() });

/**
 * Takes the account's lease: where nobody has it, or its last holder's time is over by more than the margin for
 * clocks. Null where somebody else has it, or where a tick waits and this is none.
 */
export async function acquireLease(
  table: TableClient,
  {
    accountKey,
    owner,
    clock,
    timing,
    isTick,
  }: { accountKey: string; owner: string; clock: Clock; timing: LeaseTiming; isTick: boolean },
): Promise<Lease | null> {
  const { lease: stored, waits } = await readTurn(table, accountKey);
  const held = stored === null ? null : decodeRow(stored.row, leaseShape);
  const isTaken = held !== null && clock.now() <= held.expiresAtMs + timing.clockMarginInMs;
  if (isTaken || (!isTick && waits !== null && waits.untilMs > clock.now())) {
    return null;
  }
  const expiresAtMs = clock.now() + timing.durationInMs;
  const holdId = randomUUID();
  const wasAnothers = held !== null && held.owner !== owner;
  const lease = {
    accountKey,
    owner,
    holdId,
    expiresAtMs,
    wasAnothers,
    waitedSinceMs: waits?.sinceMs ?? null,
  };
  const entity = entityOf(leaseRow(lease, { expiresAtMs, mark: holdId }));
  try {
    const { etag } =
      stored === null
        ? await table.createEntity(entity)
        : await table.updateEntity(entity, 'Replace', { etag: stored.etag });
    return { ...lease, etag: etag ?? missingEtag() };
  } catch (error) {
    // Ours all the same where only the answer was lost: the SDK repeats the write, and the repeat is refused.
    const now = await readHeld(table, accountKey);
    if (now?.holdId === holdId) {
      return { ...lease, etag: now.etag };
    }
    if (isConflict(error)) {
      return null;
    }
    throw error instanceof LedgerError
      ? error
      : new LedgerError('ledger_unavailable', 'could not take the lease', error);
  }
}

/** The row of a lease as its holder writes it; `mark` names the write. */
export function leaseRow(
  { accountKey, owner, holdId }: Pick<Lease, 'accountKey' | 'owner' | 'holdId'>,
  { expiresAtMs, mark }: { readonly expiresAtMs: number; readonly mark: string },
): LedgerRow {
  return encodeRow(accountKey, rowKeys.lease, { owner, expiresAtMs, holdId, mark });
}

/** Gives the lease back, also where the answer to its last renewal was lost; harmless where it has passed on. */
export async function releaseLease(table: TableClient, lease: Lease): Promise<void> {
  const free = entityOf(leaseRow(lease, { expiresAtMs: 0, mark: randomUUID() }));
  try {
    await table.updateEntity(free, 'Replace', { etag: lease.etag });
  } catch (error) {
    const now = await readHeld(table, lease.accountKey);
    if (now?.holdId !== lease.holdId || now.expiresAtMs === 0) {
      return;
    }
    try {
      await table.updateEntity(free, 'Replace', { etag: now.etag });
    } catch (again) {
      if (!isConflict(again)) {
        throw new LedgerError('ledger_unavailable', 'could not give the lease back', error);
      }
    }
  }
}

/** The lease as it is stored now; null where nobody ever had it. @throws LedgerError */
export async function readHeld(
  table: TableClient,
  accountKey: string,
): Promise<(z.infer<typeof leaseShape> & { readonly etag: string }) | null> {
  const { lease } = await readTurn(table, accountKey);
  return lease === null ? null : { ...decodeRow(lease.row, leaseShape), etag: lease.etag };
}

/** Whether a tick waits for the account now. @throws LedgerError */
export async function readWaits(table: TableClient, accountKey: string): Promise<TickWaits | null> {
  return (await readTurn(table, accountKey)).waits;
}

/** Says that a tick waits until then, and since when ticks do. @throws LedgerError */
export async function sayWaits(
  table: TableClient,
  accountKey: string,
  { nowMs, untilMs }: { readonly nowMs: number; readonly untilMs: number },
): Promise<TickWaits> {
  const before = await readWaits(table, accountKey);
  const waits = { sinceMs: before?.sinceMs ?? nowMs, untilMs };
  const entity = entityOf(encodeRow(accountKey, rowKeys.waits, waits));
  await guard('wait for the account', () => table.upsertEntity(entity, 'Replace'));
  return waits;
}

/** Both rows in one read. */
async function readTurn(
  table: TableClient,
  accountKey: string,
): Promise<{ readonly lease: StoredRow | null; readonly waits: TickWaits | null }> {
  const rows = await queryRows(
    table,
    `PartitionKey eq '${accountKey}' and (RowKey eq '${rowKeys.lease}' or RowKey eq '${rowKeys.waits}')`,
  );
  const of = (key: string) => rows.find(({ row }) => row.rowKey === key) ?? null;
  const waits = of(rowKeys.waits);
  return { lease: of(rowKeys.lease), waits: waits === null ? null : decodeRow(waits.row, waitsShape) };
}

function missingEtag(): never {
  throw new LedgerError('ledger_unavailable', 'the storage answered without an ETag', null);
}
