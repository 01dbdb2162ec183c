import { z } from 'zod';
import type { Hold } from '../model/hold.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
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
  occurrenceEndShape,
  openRequestShape,
  rowKeys,
} from './ledgerRows.ts';
import { fenceOf, putLater, readRow, rowsOf } from './placedRows.ts';
import { entityOf, inSlices } from './rowLimits.ts';
import { firstEtag, guard } from './tables.ts';

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
  /** Keeps what a person said of an occurrence, over what an earlier place said of it. `isKeptOpen` as for holds. */
  putOccurrenceEnd(accountKey: string, end: OccurrenceEnd, isKeptOpen: boolean): Promise<void>;
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
    putOccurrenceEnd: async (accountKey, end, isKeptOpen) => {
      const table = await open();
      const { place } = end;
      const fence = isKeptOpen ? await fenceOf(table, accountKey, place) : null;
      const rows = [encodeRow(accountKey, rowKeys.occurrenceEnd(end), end)];
      await putLater(table, { accountKey, kind: 'occurrence', rows, place, fence }, (row) =>
        decodeRow(row, occurrenceEndShape),
      );
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

async function deleteIfThere(table: TableClient, partitionKey: string, rowKey: string): Promise<void> {
  try {
    await table.deleteEntity(partitionKey, rowKey);
  } catch (error) {
    if (storageStatus(error) !== 404) throw error;
  }
}
