import type { Ownership } from '../model/ownership.ts';
import type { TableClient } from './azureTypes.ts';
import { asLedgerError } from './ledgerError.ts';
import { decodeOwnership } from './ownershipRow.ts';
import { guard, storedRow } from './tables.ts';

/** Of the others the pause is over as far as is known, and the row stays only so that they are looked at again. */
const OURS: ReadonlySet<Ownership['kind']> = new Set(['pausing', 'paused', 'resuming', 'doubtful']);

/**
 * How many reports of the account are, or may be, paused by us now; page by page, so that many hold nothing up. One
 * whose row cannot be read may be.
 * @throws LedgerError
 */
export async function countOurs(table: TableClient, accountKey: string): Promise<number> {
  const filter = `PartitionKey eq '${accountKey}' and RowKey gt 'own|' and RowKey lt 'own}'`;
  let count = 0;
  await guard('count what is ours', async () => {
    const pages = table.listEntities<Record<string, unknown>>({ queryOptions: { filter } }).byPage();
    for await (const page of pages) {
      count += page.filter(mayBeOurs).length;
    }
  });
  return count;
}

function mayBeOurs(entity: Record<string, unknown>): boolean {
  try {
    return OURS.has(decodeOwnership(storedRow(entity).row).kind);
  } catch (error) {
    asLedgerError(error);
    return true;
  }
}
