import { isOverAt } from '../model/hold.ts';
import type { TableClient } from './azureTypes.ts';
import { decodeRow, holdShape } from './ledgerRows.ts';
import { guard, storedRow } from './tables.ts';

/** The holds that a request is about to add to. */
export interface AskedHolds {
  readonly caller: string;
  /** The id of its own holds: these it replaces, so that they do not count. */
  readonly holdId: string;
  readonly reportIds: readonly string[];
  readonly nowMs: number;
}

/** How many holds of requests there are beside those that the request replaces. */
export interface HoldCount {
  readonly ofCaller: number;
  /** By report, of all callers; only of the reports that are asked about. */
  readonly ofReports: ReadonlyMap<string, number>;
}

/**
 * Counts the holds of requests that are not over, page by page, so that a ledger with many of them holds nothing up.
 * @throws LedgerError
 */
export async function countHolds(
  table: TableClient,
  accountKey: string,
  { caller, holdId, reportIds, nowMs }: AskedHolds,
): Promise<HoldCount> {
  const asked = new Set(reportIds);
  const ofReports = new Map<string, number>();
  let ofCaller = 0;
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt 'hold|' and RowKey lt 'hold}'`;
  await guard('count the holds', async () => {
    const pages = table.listEntities<Record<string, unknown>>({ queryOptions: { filter } }).byPage();
    for await (const page of pages) {
      for (const entity of page) {
        const hold = decodeRow(storedRow(entity).row, holdShape);
        if (hold.holder.kind !== 'request' || hold.holdId === holdId || isOverAt(hold, nowMs)) {
          continue;
        }
        ofCaller += hold.holder.caller === caller ? 1 : 0;
        if (asked.has(hold.reportId)) {
          ofReports.set(hold.reportId, (ofReports.get(hold.reportId) ?? 0) + 1);
        }
      }
    }
  });
  return { ofCaller, ofReports };
}
