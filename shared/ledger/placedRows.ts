import type { TableClient, TransactionAction } from './azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from './ledgerError.ts';
import { type LedgerRow, rowKeys } from './ledgerRows.ts';
import { newsAction } from './lookRows.ts';
import { entityOf, inTransactions, MAX_TRANSACTION_ROWS } from './rowLimits.ts';
import { guard, queryRows, type StoredRow, storedRow } from './tables.ts';

const MAX_ROUNDS = 50;

/** Fails in whatever transaction it stands once the request has left. */
export async function fenceOf(
  table: TableClient,
  accountKey: string,
  place: number,
): Promise<TransactionAction> {
  const stored = await readRow(table, { partitionKey: accountKey, rowKey: rowKeys.openRequest(place) });
  return stored === null ? hasLeft() : ['update', entityOf(stored.row), 'Replace', { etag: '*' }];
}

function hasLeft(): never {
  throw new LedgerError('ledger_conflict', 'the request is over, so it changes nothing any more', null);
}

/** Writes rows that bear a place, but none over one of the same or a later place. */
export async function putLater(
  table: TableClient,
  put: {
    readonly accountKey: string;
    readonly kind: 'hold' | 'ended' | 'endedof' | 'occurrence';
    readonly rows: readonly LedgerRow[];
    readonly place: number;
    readonly fence: TransactionAction | null;
  },
  decode: (row: LedgerRow) => { readonly place: number },
): Promise<void> {
  const { accountKey, kind, place, fence } = put;
  let todo: readonly TransactionAction[] = put.rows.map((row) => ['create', entityOf(row)]);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (!(await putAll(table, todo, [...(fence === null ? [] : [fence]), newsAction(accountKey)]))) {
      if (fence !== null) {
        await fenceOf(table, accountKey, place);
      }
      const stored = new Map((await rowsOf(table, accountKey, kind)).map((one) => [one.row.rowKey, one]));
      todo = put.rows.flatMap((row): readonly TransactionAction[] => {
        const there = stored.get(row.rowKey);
        if (there === undefined) return [['create', entityOf(row)]];
        const isLater = decode(there.row).place < place;
        return isLater ? [['update', entityOf(row), 'Replace', { etag: there.etag }]] : [];
      });
      continue;
    }
    return;
  }
  throw new LedgerError('ledger_conflict', 'the holds kept changing while they were being changed', null);
}

/** False where one of the rows is not as it was thought to be. */
async function putAll(
  table: TableClient,
  todo: readonly TransactionAction[],
  withEach: readonly TransactionAction[],
): Promise<boolean> {
  for (const part of inTransactions(todo, MAX_TRANSACTION_ROWS - withEach.length)) {
    try {
      await table.submitTransaction([...withEach, ...part]);
    } catch (error) {
      if (isConflict(error)) return false;
      throw new LedgerError('ledger_unavailable', 'could not write the holds', error);
    }
  }
  return true;
}

export function rowsOf(table: TableClient, accountKey: string, kind: string): Promise<readonly StoredRow[]> {
  return queryRows(
    table,
    `PartitionKey eq '${accountKey}' and RowKey gt '${kind}|' and RowKey lt '${kind}}'`,
  );
}

export async function readRow(
  table: TableClient,
  { partitionKey, rowKey }: Pick<LedgerRow, 'partitionKey' | 'rowKey'>,
): Promise<StoredRow | null> {
  return guard('read the order of requests', async () => {
    try {
      return storedRow(await table.getEntity<Record<string, unknown>>(partitionKey, rowKey));
    } catch (error) {
      if (storageStatus(error) === 404) return null;
      throw error;
    }
  });
}
