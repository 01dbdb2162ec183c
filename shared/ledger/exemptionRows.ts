import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Exemption } from '../model/exemption.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { exemptionShape } from './exemptionShape.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import { decodeRow, encodeRow, rowKeys } from './ledgerRows.ts';
import { newsAction } from './lookRows.ts';
import { readRow, rowsOf } from './placedRows.ts';
import { entityOf } from './rowLimits.ts';
import { partsOf } from './survey.ts';
import { queryRows } from './tables.ts';

/** What people left out of windows. Every failure is a {@link LedgerError}. */
export interface ExemptionRows {
  /** Those of one account, also what is over and not dropped yet. */
  ofAccount(accountKey: string): Promise<readonly Exemption[]>;
  /** Those of every account, by its key; accounts are named as for a survey. */
  ofAll(accountKeys: readonly string[]): Promise<ReadonlyMap<string, readonly Exemption[]>>;
  /**
   * Changes one under its ETag: `next` gets what is there, and gives what shall be with what is told of it, or null to leave it.
   * Both are stored together, with the news that lets the next tick look. What is there afterwards.
   */
  change(
    accountKey: string,
    id: string,
    next: (stored: Exemption | null) => ExemptionWrite | null,
  ): Promise<Exemption | null>;
}

/** An exemption as it shall be, and the event that tells of it. */
interface ExemptionWrite {
  readonly exemption: Exemption;
  readonly event: ReportEvent;
}

const MAX_ROUNDS = 20;

/** The exemptions in the table of what is so now. */
export function createExemptionRows(open: () => Promise<TableClient>): ExemptionRows {
  return {
    ofAccount: async (accountKey) =>
      (await rowsOf(await open(), accountKey, 'exempt')).map(({ row }) => decodeRow(row, exemptionShape)),
    ofAll: async (accountKeys) => {
      const table = await open();
      const parts = partsOf(accountKeys).map((part) =>
        queryRows(table, `${part} and RowKey gt 'exempt|' and RowKey lt 'exempt}'`),
      );
      const rows = (await Promise.all(parts)).flat().map(({ row }) => row);
      return new Map(
        [...Map.groupBy(rows, ({ partitionKey }) => partitionKey)].map(([key, own]) => [
          key,
          own.map((row) => decodeRow(row, exemptionShape)),
        ]),
      );
    },
    change: async (accountKey, id, next) => changeOne(await open(), { accountKey, id }, next),
  };
}

async function changeOne(
  table: TableClient,
  { accountKey, id }: { readonly accountKey: string; readonly id: string },
  next: (stored: Exemption | null) => ExemptionWrite | null,
): Promise<Exemption | null> {
  const keys = { partitionKey: accountKey, rowKey: rowKeys.exemption({ id }) };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const stored = await readRow(table, keys);
    const before = stored === null ? null : decodeRow(stored.row, exemptionShape);
    const write = next(before);
    if (write === null) {
      return before;
    }
    const entity = entityOf(encodeRow(accountKey, keys.rowKey, write.exemption));
    const put: TransactionAction =
      stored === null ? ['create', entity] : ['update', entity, 'Replace', { etag: stored.etag }];
    const event = entityOf(encodeRow(accountKey, rowKeys.event(write.event), write.event));
    try {
      await table.submitTransaction([put, ['upsert', event, 'Replace'], newsAction(accountKey)]);
      return write.exemption;
    } catch (error) {
      if (!isConflict(error)) {
        throw new LedgerError('ledger_unavailable', 'could not write the exemption', error);
      }
    }
  }
  throw new LedgerError('ledger_conflict', 'the exemption kept changing while it was being changed', null);
}
