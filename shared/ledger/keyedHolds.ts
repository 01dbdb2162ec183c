import type { z } from 'zod';
import type { Hold } from '../model/hold.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from './ledgerError.ts';
import { decodeRow, encodeRow, holdShape, type LedgerRow, rowKeys } from './ledgerRows.ts';
import { newsAction } from './lookRows.ts';
import { pruneRows } from './pruneRows.ts';
import {
  bytesOf,
  entityOf,
  inParts,
  inSlices,
  MAX_TRANSACTION_BYTES,
  MAX_TRANSACTION_ROWS,
} from './rowLimits.ts';
import { firstEtag, guard, queryRows, storedRow } from './tables.ts';

/** What is to be written about one key. */
interface KeyChange<State> {
  /** Holds of the key that are new or changed. */
  readonly holds: readonly Hold[];
  /** What is stored about the key with the last of them. */
  readonly state: State;
  /** What is stored about it while some of them are still to be written. */
  readonly unfinished: State;
}

/** Which key: the account that its holds are on, and the id that they all have. */
interface HoldKey {
  readonly accountKey: string;
  readonly holdId: string;
}

/** Holds that are written together with what was said about them. Every failure is a {@link LedgerError}. */
export interface KeyedHolds<State> {
  /**
   * Decides from what is stored, and writes it. Each write also renews the key's own row under its ETag: whoever decided
   * on something older can write nothing more, and decides again. `decide` returns null to leave all as it is.
   */
  change(
    key: HoldKey,
    decide: (state: State | null, holds: readonly Hold[]) => KeyChange<State> | null,
  ): Promise<void>;
  /** Forgets keys about which nothing was written since; at most `limit`. Their holds stay. */
  prune(accountKey: string, beforeMs: number, limit: number): Promise<number>;
}

const MAX_ROUNDS = 10;

/** Two entities of each transaction are the key's own row, and the word to the ticks. */
const MAX_HOLDS = MAX_TRANSACTION_ROWS - 2;

/** The holds in the ledger's table of what is so now; `shape` is what is stored about a key. */
export function createKeyedHolds<State>(
  open: () => Promise<TableClient>,
  shape: z.ZodType<State>,
): KeyedHolds<State> {
  return {
    change: async (key, decide) => {
      const table = await open();
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        // The key's row first: while it stays as it is, nobody else has written holds of the key since.
        const stored = await readState(table, key, shape);
        const before = await readHolds(table, key);
        const change = decide(
          stored?.state ?? null,
          before.map(({ hold }) => hold),
        );
        if (change === null || (await write(table, { key, etag: stored?.etag ?? null, before, change }))) {
          return;
        }
      }
      throw new LedgerError('ledger_conflict', 'the holds of a webhook kept changing', null);
    },
    prune: async (accountKey, beforeMs, limit) => {
      const ofKeys = `RowKey gt 'webhook|' and RowKey lt 'webhook}'`;
      const old = `Timestamp lt datetime'${new Date(beforeMs).toISOString()}'`;
      const filter = `PartitionKey eq '${accountKey}' and ${ofKeys} and ${old}`;
      return pruneRows(await open(), filter, { limit, mayComeAgain: () => true });
    },
  };
}

async function write<State>(
  table: TableClient,
  {
    key,
    etag,
    before,
    change,
  }: {
    readonly key: HoldKey;
    readonly etag: string | null;
    readonly before: readonly { readonly hold: Hold; readonly etag: string }[];
    readonly change: KeyChange<State>;
  },
): Promise<boolean> {
  const known = new Map(before.map((one) => [rowKeys.hold(one.hold), one.etag]));
  let ownEtag = etag;
  const states = { done: stateRow(key, change.state), unfinished: stateRow(key, change.unfinished) };
  // The key's own row may be long, and goes with each part.
  const ownBytes = Math.max(...Object.values(states).map((row) => bytesOf(row)));
  const maxWeight = MAX_TRANSACTION_BYTES - ownBytes;
  const bounds = {
    ...{ maxItems: MAX_HOLDS, maxWeight },
    weigh: ([, entity]: TransactionAction) => bytesOf(entity),
  };
  const turns = change.holds.length === 0 ? [[]] : inSlices(change.holds);
  for (const [turn, holds] of turns.entries()) {
    const actions = holds.map((hold) =>
      conditional(encodeRow(key.accountKey, rowKeys.hold(hold), hold), known.get(rowKeys.hold(hold)) ?? null),
    );
    const parts = actions.length === 0 ? [[]] : inParts(actions, bounds);
    for (const [at, part] of parts.entries()) {
      const isLast = turn === turns.length - 1 && at === parts.length - 1;
      const own = isLast ? states.done : states.unfinished;
      try {
        const answer = await table.submitTransaction([
          conditional(own, ownEtag),
          ...part,
          newsAction(key.accountKey),
        ]);
        ownEtag = firstEtag(answer);
      } catch (error) {
        if (isConflict(error)) {
          return false;
        }
        throw new LedgerError('ledger_unavailable', 'could not write the holds of a webhook', error);
      }
    }
  }
  return true;
}

function conditional(row: LedgerRow, etag: string | null): TransactionAction {
  const entity = entityOf(row);
  return etag === null ? ['create', entity] : ['update', entity, 'Replace', { etag }];
}

function stateRow({ accountKey, holdId }: HoldKey, state: unknown): LedgerRow {
  return encodeRow(accountKey, `webhook|${holdId}`, state);
}

async function readState<State>(
  table: TableClient,
  { accountKey, holdId }: HoldKey,
  shape: z.ZodType<State>,
): Promise<{ readonly state: State; readonly etag: string } | null> {
  return guard('read what a webhook said', async () => {
    try {
      const entity = await table.getEntity<Record<string, unknown>>(accountKey, `webhook|${holdId}`);
      const { row, etag } = storedRow(entity);
      return { state: decodeRow(row, shape), etag };
    } catch (error) {
      if (storageStatus(error) === 404) {
        return null;
      }
      throw error;
    }
  });
}

async function readHolds(table: TableClient, { accountKey, holdId }: HoldKey) {
  const ofHolds = `RowKey gt 'hold|' and RowKey lt 'hold}'`;
  const rows = await queryRows(table, `PartitionKey eq '${accountKey}' and ${ofHolds}`);
  return rows
    .filter(({ row }) => row.rowKey.endsWith(`|${holdId}`))
    .map(({ row, etag }) => ({ hold: decodeRow(row, holdShape), etag }));
}
