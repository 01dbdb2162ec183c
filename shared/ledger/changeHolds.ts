import type { Hold } from '../model/hold.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import { encodeRow, rowKeys } from './ledgerRows.ts';
import { newsAction } from './lookRows.ts';
import { bytesOf, entityOf, inParts, MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ROWS } from './rowLimits.ts';
import type { AccountSnapshot } from './snapshot.ts';

const MAX_CHANGE_ROUNDS = 10;
const DELETES_AT_ONCE = 16;

export async function changeHolds(
  table: TableClient,
  options: {
    accountKey: string;
    change: (hold: Hold) => Hold | null;
    read: (accountKey: string) => Promise<AccountSnapshot>;
  },
): Promise<readonly Hold[]> {
  const { accountKey, change, read } = options;
  const changed: Hold[] = [];
  const done = new Set<string>();
  for (let round = 0; round < MAX_CHANGE_ROUNDS; round += 1) {
    const { holds } = await read(accountKey);
    const todo = holds.flatMap(({ hold, etag }) => {
      const next = done.has(rowKeys.hold(hold)) ? null : change(hold);
      return next === null ? [] : [{ next, etag }];
    });
    if (todo.length === 0) {
      return changed;
    }
    for (const part of inParts(todo, transactionOfHolds)) {
      if (await replaceIfUnchanged(table, accountKey, part)) {
        changed.push(...part.map(({ next }) => next));
        for (const { next } of part) done.add(rowKeys.hold(next));
      }
    }
  }
  throw new LedgerError('ledger_conflict', 'the holds kept changing while they were being changed', null);
}

const transactionOfHolds = {
  // One is for the mark.
  maxItems: MAX_TRANSACTION_ROWS - 1,
  maxWeight: MAX_TRANSACTION_BYTES,
  weigh: ({ next }: { readonly next: Hold }) => bytesOf(next),
};

/** All of them or none; false where one changed since it was read. */
async function replaceIfUnchanged(
  table: TableClient,
  accountKey: string,
  part: readonly { readonly next: Hold; readonly etag: string }[],
): Promise<boolean> {
  try {
    const changes = part.map(({ next, etag }): TransactionAction => {
      const row = encodeRow(accountKey, rowKeys.hold(next), next);
      return ['update', entityOf(row), 'Replace', { etag }];
    });
    await table.submitTransaction([...changes, newsAction(accountKey)]);
    return true;
  } catch (error) {
    if (isConflict(error)) {
      return false;
    }
    throw new LedgerError('ledger_unavailable', 'could not change the holds', error);
  }
}

export async function dropRows(
  table: TableClient,
  accountKey: string,
  rows: readonly { readonly rowKey: string; readonly etag: string }[],
): Promise<void> {
  const drop = async ({ rowKey, etag }: { rowKey: string; etag: string }) => {
    try {
      await table.deleteEntity(accountKey, rowKey, { etag });
    } catch (error) {
      // A door wrote it anew meanwhile: then it is not over, and stays.
      if (!isConflict(error)) {
        throw new LedgerError('ledger_unavailable', 'could not drop what is over', error);
      }
    }
  };
  for (let at = 0; at < rows.length; at += DELETES_AT_ONCE) {
    await Promise.all(rows.slice(at, at + DELETES_AT_ONCE).map(drop));
  }
}
