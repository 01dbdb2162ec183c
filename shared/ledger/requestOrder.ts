import { z } from 'zod';
import type { Hold } from '../model/hold.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from './ledgerError.ts';
import {
  decodeRow,
  encodeRow,
  type HoldsEnd,
  holdShape,
  holdsEndShape,
  type LedgerRow,
  type OpenRequest,
  openRequestShape,
  rowKeys,
} from './ledgerRows.ts';
import { newsAction } from './lookRows.ts';
import { entityOf, inSlices, inTransactions, MAX_TRANSACTION_ROWS } from './rowLimits.ts';
import { firstEtag, guard, queryRows, type StoredRow, storedRow } from './tables.ts';

/**
 * The order of an account's requests: each arrival has a place, and what it writes bears it. Where two say different
 * things of a report, the later place counts, whichever is written first and however often one of them is done again.
 * Every failure is a {@link LedgerError}.
 */
export interface RequestOrder {
  /** Takes the next place. A request that may be done again is kept open under its run until it leaves. */
  arrive(accountKey: string, request: Omit<OpenRequest, 'place'> | null): Promise<number>;
  /** The request is answered, and is never done again. */
  leave(accountKey: string, place: number): Promise<void>;
  openRequests(accountKey: string): Promise<readonly OpenRequest[]>;
  /**
   * Writes holds that are new, or of a later place than what is there; what a same or later place wrote stays as it is.
   * `isKeptOpen`: nothing is written once the request has left. @throws LedgerError `ledger_conflict` then.
   */
  putHolds(
    accountKey: string,
    request: { readonly place: number; readonly isKeptOpen: boolean },
    holds: readonly Hold[],
  ): Promise<void>;
  /** Ends the holds of requests and webhooks that have an earlier place, those included that are yet to be written. */
  endHolds(accountKey: string, ends: readonly HoldsEnd[]): Promise<void>;
}

const MAX_ROUNDS = 50;
const orderShape = z.object({ last: z.number() });

/** The order in the table of what is so now. */
export function createRequestOrder(open: () => Promise<TableClient>): RequestOrder {
  /** The counters as last written by this process, and who writes them now: arrivals here wait for one another. */
  const known = new Map<string, Counter>();
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <Value>(accountKey: string, work: () => Promise<Value>): Promise<Value> => {
    const turn = (turns.get(accountKey) ?? Promise.resolve()).then(work, work);
    turns.set(accountKey, turn);
    return turn;
  };
  return {
    arrive: (accountKey, request) =>
      inTurn(accountKey, async () => {
        const { place, ...counter } = await takePlace(
          await open(),
          accountKey,
          request,
          known.get(accountKey) ?? null,
        );
        known.set(accountKey, counter);
        return place;
      }),
    leave: async (accountKey, place) => {
      const table = await open();
      await guard('end a request', () => deleteIfThere(table, accountKey, rowKeys.openRequest(place)));
    },
    openRequests: async (accountKey) =>
      (await rowsOf(await open(), accountKey, 'request')).map(({ row }) => decodeRow(row, openRequestShape)),
    putHolds: async (accountKey, { place, isKeptOpen }, holds) => {
      const table = await open();
      const fence = isKeptOpen ? await fenceOf(table, accountKey, place) : null;
      for (const part of inSlices(holds)) {
        const rows = part.map((hold) => encodeRow(accountKey, rowKeys.hold(hold), hold));
        await putLater(table, { accountKey, kind: 'hold', rows, place, fence }, (row) =>
          decodeRow(row, holdShape),
        );
      }
    },
    endHolds: async (accountKey, ends) => {
      const table = await open();
      const place = Math.max(0, ...ends.map((end) => end.place));
      const byKind = Map.groupBy(ends, ({ requestId }) => (requestId === null ? 'ended' : 'endedof'));
      for (const [kind, ofKind] of byKind) {
        for (const part of inSlices(ofKind)) {
          const rows = part.map((end) => encodeRow(accountKey, rowKeys.holdsEnd(end), end));
          await putLater(table, { accountKey, kind, rows, place, fence: null }, (row) =>
            decodeRow(row, holdsEndShape),
          );
        }
      }
    },
  };
}

interface Counter {
  readonly last: number;
  readonly etag: string | null;
}

async function takePlace(
  table: TableClient,
  accountKey: string,
  request: Omit<OpenRequest, 'place'> | null,
  known: Counter | null,
): Promise<Counter & { readonly place: number }> {
  let counter = known ?? (await readCounter(table, accountKey));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const last = counter.last + 1;
    const order = entityOf(encodeRow(accountKey, rowKeys.order, { last }));
    const count: TransactionAction =
      counter.etag === null ? ['create', order] : ['update', order, 'Replace', { etag: counter.etag }];
    const row = request === null ? null : openRow(accountKey, { ...request, place: last });
    try {
      const answer = await table.submitTransaction(
        row === null ? [count] : [count, ['create', entityOf(row)]],
      );
      return { last, etag: firstEtag(answer), place: last };
    } catch (error) {
      counter = await readCounter(table, accountKey);
      // Written, and only the answer was lost.
      if (row !== null && (await readRow(table, row))?.row.json === row.json) {
        return { ...counter, place: last };
      }
      if (!isConflict(error)) {
        throw new LedgerError('ledger_unavailable', 'could not give the request a place', error);
      }
    }
  }
  throw new LedgerError('ledger_conflict', 'too many requests came at once', null);
}

async function readCounter(table: TableClient, accountKey: string): Promise<Counter> {
  const stored = await readRow(table, { partitionKey: accountKey, rowKey: rowKeys.order });
  return stored === null
    ? { last: 0, etag: null }
    : { ...decodeRow(stored.row, orderShape), etag: stored.etag };
}

function openRow(accountKey: string, request: OpenRequest): LedgerRow {
  return encodeRow(accountKey, rowKeys.openRequest(request.place), request);
}

/** Fails in whatever transaction it stands once the request has left. */
async function fenceOf(table: TableClient, accountKey: string, place: number): Promise<TransactionAction> {
  const stored = await readRow(table, { partitionKey: accountKey, rowKey: rowKeys.openRequest(place) });
  return stored === null ? hasLeft() : ['update', entityOf(stored.row), 'Replace', { etag: '*' }];
}

function hasLeft(): never {
  throw new LedgerError('ledger_conflict', 'the request is over, so it changes nothing any more', null);
}

/** Writes rows that bear a place, but none over one of the same or a later place. */
async function putLater(
  table: TableClient,
  put: {
    readonly accountKey: string;
    readonly kind: 'hold' | 'ended' | 'endedof';
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

function rowsOf(table: TableClient, accountKey: string, kind: string): Promise<readonly StoredRow[]> {
  return queryRows(
    table,
    `PartitionKey eq '${accountKey}' and RowKey gt '${kind}|' and RowKey lt '${kind}}'`,
  );
}

async function readRow(
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

async function deleteIfThere(table: TableClient, partitionKey: string, rowKey: string): Promise<void> {
  try {
    await table.deleteEntity(partitionKey, rowKey);
  } catch (error) {
    if (storageStatus(error) !== 404) throw error;
  }
}
