import { STORAGE_LIMIT_IN_MS, within } from '../time/within.ts';
import type { TableClient, TokenCredential, TransactionAction } from './azureTypes.ts';
import { LedgerError } from './ledgerError.ts';
import type { LedgerRow } from './ledgerRows.ts';
import { entityOf, inTransactions, textOf } from './rowLimits.ts';

/** Where the ledger is: the app's own storage account, by connection string or by identity. */
export type LedgerStorage =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly tableServiceUri: string;
      readonly credential: () => Promise<TokenCredential>;
    };

/** The two tables of the ledger: what is so now, and what was done. */
export interface LedgerTables {
  readonly live: TableClient;
  readonly history: TableClient;
}

/** A stored row with the version that a conditional write names. */
export interface StoredRow {
  readonly row: LedgerRow;
  readonly etag: string;
}

/** Opens a table and makes it where it is missing; each of its calls ends within the limit. The SDK is loaded here and not before. */
export async function openTable(
  storage: LedgerStorage,
  name: string,
  limitInMs = STORAGE_LIMIT_IN_MS,
): Promise<TableClient> {
  const { TableClient } = await import('@azure/data-tables');
  const client =
    storage.kind === 'connectionString'
      ? TableClient.fromConnectionString(storage.connectionString, name, {
          allowInsecureConnection: isLoopback(storage.connectionString),
        })
      : new TableClient(storage.tableServiceUri, name, await storage.credential());
  // No row is a form, and asking whether it is one makes Node load its whole `fetch`, at the first call of a cold start.
  client.pipeline.removePolicy({ name: 'formDataPolicy' });
  // Before the retries, so that the limit is for all of them.
  client.pipeline.addPolicy({
    name: 'limitPolicy',
    sendRequest: (request, next) =>
      within(limitInMs, (signal) => {
        request.abortSignal = signal;
        return next(request);
      }),
  });
  await guard('create the table', () => client.createTable());
  return client;
}

/** Opens the two tables of the ledger. */
export async function openTables(storage: LedgerStorage, prefix = 'Intermission'): Promise<LedgerTables> {
  const [live, history] = await Promise.all([
    openTable(storage, `${prefix}Live`),
    openTable(storage, `${prefix}History`),
  ]);
  return { live, history };
}

/** Every row of the query, pages followed. */
export async function queryRows(table: TableClient, filter: string): Promise<readonly StoredRow[]> {
  return guard('read the ledger', async () => {
    const rows: StoredRow[] = [];
    for await (const entity of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
      rows.push(storedRow(entity));
    }
    return rows;
  });
}

/** Writes rows whole, whatever was there, in as many transactions as they need. @throws LedgerError */
export async function putRows(
  table: TableClient,
  attempt: string,
  rows: readonly LedgerRow[],
): Promise<void> {
  const actions = rows.map((row): TransactionAction => ['upsert', entityOf(row), 'Replace']);
  for (const part of inTransactions(actions)) {
    await guard(attempt, () => table.submitTransaction([...part]));
  }
}

/** Runs a storage call and wraps whatever fails, so that callers know one error. Conflicts pass through as they are. */
export async function guard<Value>(attempt: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof LedgerError) {
      throw error;
    }
    throw new LedgerError('ledger_unavailable', `could not ${attempt}`, error);
  }
}

/** An entity as a row of ours. @throws LedgerError where it is none. */
export function storedRow(entity: Record<string, unknown>): StoredRow {
  const { partitionKey, rowKey, schemaVersion, etag } = entity;
  const json = textOf(entity);
  if (
    typeof partitionKey !== 'string' ||
    typeof rowKey !== 'string' ||
    typeof schemaVersion !== 'number' ||
    json === null ||
    typeof etag !== 'string'
  ) {
    throw new LedgerError(
      'ledger_unreadable',
      `${String(partitionKey)} ${String(rowKey)} is no row of the ledger`,
      null,
    );
  }
  return { row: { partitionKey, rowKey, schemaVersion, json }, etag };
}

/** The ETag that a transaction gave its first row. @throws LedgerError where the answer names none. */
export function firstEtag(answer: { readonly subResponses: readonly { readonly etag?: string }[] }): string {
  const etag = answer.subResponses[0]?.etag?.trim();
  if (etag === undefined || etag === '') {
    throw new LedgerError('ledger_unavailable', 'the storage answered a transaction without an ETag', null);
  }
  return etag;
}

/** Plain http is for the storage emulator on this machine only. */
function isLoopback(connectionString: string): boolean {
  const endpoint = /TableEndpoint=http:\/\/([^;/:]+)/i.exec(connectionString)?.[1];
  return (
    endpoint === '127.0.0.1' ||
    endpoint === 'localhost' ||
    /UseDevelopmentStorage=true/i.test(connectionString)
  );
}
