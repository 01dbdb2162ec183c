import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import type { TableClient } from './azureTypes.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import { inParts, MAX_TRANSACTION_ROWS } from './rowLimits.ts';
import { guard } from './tables.ts';

/** What names a row, and its version. */
export interface RowKeys {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
}

const DELETES_AT_ONCE = 16;

/**
 * Deletes rows that the filter finds, at most `limit` a call, so that it fits a tick; how many it found. Keys alone are
 * read, and no page after the last that is needed. With `mayComeAgain` a row that was written since it was read stays.
 * @throws LedgerError
 */
export async function pruneRows(
  table: TableClient,
  filter: string,
  {
    limit,
    mayComeAgain,
  }: { readonly limit: number; readonly mayComeAgain: (row: Pick<RowKeys, 'partitionKey'>) => boolean },
): Promise<number> {
  const old = await firstKeys(table, filter, limit);
  const singly = old.filter(mayComeAgain);
  const ofPartitions = Map.groupBy(
    old.filter((row) => !mayComeAgain(row)),
    ({ partitionKey }) => partitionKey,
  );
  const bounds = { maxItems: MAX_TRANSACTION_ROWS, maxWeight: Number.POSITIVE_INFINITY, weigh: () => 0 };
  const together = [...ofPartitions.values()].flatMap((rows) => inParts(rows, bounds));
  await forEachConcurrently(together, DELETES_AT_ONCE, (rows) => unlessGone(() => deleteAll(table, rows)));
  await forEachConcurrently(singly, DELETES_AT_ONCE, ({ partitionKey, rowKey, etag }) =>
    unlessGone(() => table.deleteEntity(partitionKey, rowKey, { etag })),
  );
  return old.length;
}

async function firstKeys(table: TableClient, filter: string, limit: number): Promise<readonly RowKeys[]> {
  return guard('look for what is no longer kept', async () => {
    const found: RowKeys[] = [];
    const queryOptions = { filter, select: ['PartitionKey', 'RowKey', 'Timestamp'] };
    for await (const { partitionKey, rowKey, etag } of table.listEntities({ queryOptions })) {
      if (found.length >= limit) break;
      if (partitionKey !== undefined && rowKey !== undefined) found.push({ partitionKey, rowKey, etag });
    }
    return found;
  });
}

async function deleteAll(table: TableClient, rows: readonly RowKeys[]): Promise<unknown> {
  return rows.length === 1 && rows[0] !== undefined
    ? table.deleteEntity(rows[0].partitionKey, rows[0].rowKey)
    : table.submitTransaction(rows.map(({ partitionKey, rowKey }) => ['delete', { partitionKey, rowKey }]));
}

/** What somebody else deleted, or wrote anew, meanwhile is left to the next time. */
async function unlessGone(deleting: () => Promise<unknown>): Promise<void> {
  try {
    await deleting();
  } catch (error) {
    if (!isConflict(error)) {
      throw new LedgerError('ledger_unavailable', 'could not delete what is no longer kept', error);
    }
  }
}
