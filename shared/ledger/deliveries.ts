import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TableClient } from './azureTypes.ts';
import { storageStatus } from './ledgerError.ts';
import { decodeRow, encodeRow } from './ledgerRows.ts';
import { pruneRows } from './pruneRows.ts';
import { entityOf } from './rowLimits.ts';
import { guard, putRows, storedRow } from './tables.ts';

/** An event that came before, or now for the first time. */
interface SeenDelivery {
  /** When the sender said it, as it was understood the first time. */
  readonly saidAtMs: number;
  /** The status that it was answered with once it was dealt with; null until then. */
  readonly answered: number | null;
  /** Its place in the account's order of requests: sent again, it has the one that it had first. */
  readonly place: number;
}

/** Which events of webhooks came already. Every failure is a {@link LedgerError}. */
export interface Deliveries {
  /** Remembers the event, or tells what is remembered of it. */
  claim(
    source: string,
    deliveryId: string,
    first: Pick<SeenDelivery, 'saidAtMs' | 'place'>,
  ): Promise<SeenDelivery>;
  /** Remembers how events were answered, by their delivery ids. */
  finish(source: string, seen: ReadonlyMap<string, Omit<SeenDelivery, 'place'>>): Promise<void>;
  /** Forgets what has come before then, of whichever source, also of one that is configured no more; at most `limit`. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

const seenShape: z.ZodType<SeenDelivery> = z.object({
  saidAtMs: z.number(),
  answered: z.number().nullable(),
  place: z.number().default(0),
});

/** The events in a table of their own. */
export function createDeliveries(open: () => Promise<TableClient>): Deliveries {
  const rowOf = (source: string, deliveryId: string, seen: Omit<SeenDelivery, 'place'>) =>
    encodeRow(source, createHash('sha256').update(deliveryId).digest('hex'), seen);
  return {
    claim: async (source, deliveryId, first) => {
      const table = await open();
      const seen = { ...first, answered: null };
      const row = rowOf(source, deliveryId, seen);
      return guard('remember a delivery', async () => {
        try {
          await table.createEntity(entityOf(row));
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
      const rows = [...seen].map(([deliveryId, one]) => rowOf(source, deliveryId, one));
      await putRows(await open(), 'remember a delivery', rows);
    },
    prune: async (beforeMs, limit) => {
      const old = `Timestamp lt datetime'${new Date(beforeMs).toISOString()}'`;
      return pruneRows(await open(), old, { limit, mayComeAgain: () => false });
    },
  };
}
