import type { z } from 'zod';
import type { Hold } from '../model/hold.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from './ledgerError.ts';
import { decodeRow, encodeRow, holdShape, type LedgerRow, rowKeys } from './ledgerRows.ts';
import { guard, queryRows, storedRow } from './tables.ts';

/** What is to be written about one key. */
export interface KeyChange<State> {
  /** Holds of the key that are new or changed. */
  readonly holds: readonly Hold[];
  /** What is stored about the key with the last of them. */
  readonly state: State;
  /** What is stored about it while some of them are still to be written. */
  readonly unfinished: State;
}

/** Which key: the account that its holds are on, and the id that they all have. */
export interface HoldKey {
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
  prune(accountKey: string, beforeMs: number, limit: number): Promise<void>;
}

const MAX_ROUNDS = 10;

/** A transaction takes 100 entities, and one of them is the key's own row. */
const MAX_HOLDS = 99;

/** A property takes 64 KiB of UTF-16 and an entity 1 MiB. Source: "Understanding the Table service data model". */
const PART_LENGTH = 30_000;
const MAX_PARTS = 14;

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
      const table = await open();
      const ofKeys = `RowKey gt 'webhook|' and RowKey lt 'webhook}'`;
      const old = `Timestamp lt datetime'${new Date(beforeMs).toISOString()}'`;
      const rows = await queryRows(table, `PartitionKey eq '${accountKey}' and ${ofKeys} and ${old}`);
      for (const { row, etag } of rows.slice(0, limit)) {
        await deleteIfUnchanged(table, row, etag);
      }
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
  for (let at = 0; at === 0 || at < change.holds.length; at += MAX_HOLDS) {
    const isLast = at + MAX_HOLDS >= change.holds.length;
    const own = stateRow(key, isLast ? change.state : change.unfinished);
    const holds = change.holds.slice(at, at + MAX_HOLDS).map((hold): TransactionAction => {
      const row = { ...encodeRow(key.accountKey, rowKeys.hold(hold), hold) };
      return conditional(row, known.get(rowKeys.hold(hold)) ?? null);
    });
    try {
      const answer = await table.submitTransaction([conditional(own, ownEtag), ...holds]);
      ownEtag = answer.subResponses[0]?.etag?.trim() ?? '';
    } catch (error) {
      if (isConflict(error)) {
        return false;
      }
      throw new LedgerError('ledger_unavailable', 'could not write the holds of a webhook', error);
    }
  }
  return true;
}

function conditional(row: { partitionKey: string; rowKey: string }, etag: string | null): TransactionAction {
  return etag === null ? ['create', row] : ['update', row, 'Replace', { etag }];
}

/** Long text is cut over several properties. */
function stateRow({ accountKey, holdId }: HoldKey, state: unknown): LedgerRow {
  const row = encodeRow(accountKey, `webhook|${holdId}`, state);
  const parts = Array.from({ length: Math.ceil(row.json.length / PART_LENGTH) }, (_, at) =>
    row.json.slice(at * PART_LENGTH, (at + 1) * PART_LENGTH),
  );
  if (parts.length > MAX_PARTS) {
    throw new LedgerError('ledger_unavailable', 'a webhook named more reports than can be kept', null);
  }
  const [json = '', ...rest] = parts;
  return { ...row, json, ...Object.fromEntries(rest.map((part, at) => [`more${at}`, part])) };
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
      const rest = Array.from({ length: MAX_PARTS }, (_, at) => entity[`more${at}`] ?? '');
      return { state: decodeRow({ ...row, json: row.json + rest.join('') }, shape), etag };
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

async function deleteIfUnchanged(table: TableClient, row: LedgerRow, etag: string): Promise<void> {
  try {
    await table.deleteEntity(row.partitionKey, row.rowKey, { etag });
  } catch (error) {
    if (!isConflict(error)) {
      throw new LedgerError('ledger_unavailable', 'could not forget what a webhook said', error);
    }
  }
}
