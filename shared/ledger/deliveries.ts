import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { isConflict, LedgerError, storageStatus } from './ledgerError.ts';
import { decodeRow, encodeRow } from './ledgerRows.ts';
import { guard, queryRows, storedRow } from './tables.ts';

/** An event that came before, or now for the first time. */
export interface SeenDelivery {
  /** When the sender said it, as it was understood the first time. */
  readonly saidAtMs: number;
  /** The status that it was answered with once it was dealt with; null until then. */
  readonly answered: number | null;
}

/** Which events of webhooks came already. Every failure is a {@link LedgerError}. */
export interface Deliveries {
  /** Remembers the event, or tells what is remembered of it. */
  claim(source: string, deliveryId: string, saidAtMs: number): Promise<SeenDelivery>;
  /** Remembers how events were answered, by their delivery ids. */
  finish(source: string, seen: ReadonlyMap<string, SeenDelivery>): Promise<void>;
  /** Forgets what has come before then; at most `limit`. */
  prune(source: string, beforeMs: number, limit: number): Promise<void>;
}

const MAX_TRANSACTION = 100;

const seenShape: z.ZodType<SeenDelivery> = z.object({
  saidAtMs: z.number(),
  answered: z.number().nullable(),
});

/** The events in a table of their own. */
export function createDeliveries(open: () => Promise<TableClient>): Deliveries {
  const rowOf = (source: string, deliveryId: string, seen: SeenDelivery) =>
    encodeRow(source, createHash('sha256').update(deliveryId).digest('hex'), seen);
  return {
    claim: async (source, deliveryId, saidAtMs) => {
      const table = await open();
      const seen = { saidAtMs, answered: null };
      const row = rowOf(source, deliveryId, seen);
      return guard('remember a delivery', async () => {
        try {
          await table.createEntity(row);
          return seen;
        } catch (error) {
          if (storageStatus(error) !== 409) {
            throw error;
          }
          const entity = await table.getEntity<Record<string, unknown>>(source, row.rowKey);
          return decodeRow(storedRow(entity).row, seenShape);
        }
      });
    },
    finish: async (source, seen) => {
      const table = await open();
      const actions = [...seen].map(
        ([deliveryId, one]): TransactionAction => [
          'upsert',
          { ...rowOf(source, deliveryId, one) },
          'Replace',
        ],
      );
      for (let at = 0; at < actions.length; at += MAX_TRANSACTION) {
        const part = actions.slice(at, at + MAX_TRANSACTION);
        await guard('remember a delivery', () => table.submitTransaction(part));
      }
    },
    prune: async (source, beforeMs, limit) => {
      const table = await open();
      const old = `Timestamp lt datetime'${new Date(beforeMs).toISOString()}'`;
      const rows = await queryRows(table, `PartitionKey eq '${source}' and ${old}`);
      for (const { row, etag } of rows.slice(0, limit)) {
        try {
          await table.deleteEntity(row.partitionKey, row.rowKey, { etag });
        } catch (error) {
          if (!isConflict(error)) {
            throw new LedgerError('ledger_unavailable', 'could not forget a delivery', error);
          }
        }
      }
    },
  };
}
