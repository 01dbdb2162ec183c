import type {
  DeleteTableEntityResponse,
  GetTableEntityResponse,
  TableEntity,
  TableEntityResult,
  TableEntityResultPage,
  TableTransactionResponse,
  TransactionAction,
} from '@azure/data-tables';
import type { TableClient } from '../../shared/ledger/azureTypes.ts';
import { type Fields, parseTableFilter } from './tableFilter.ts';

/** How a call reaches the storage: a simulation lets time pass here, and a process die. */
export type Around = <Value>(call: () => Value) => Promise<Value>;

/** The tables of one storage account, in memory; they outlive the processes that use them. */
export interface MemoryTables {
  /** A client of the table of that name, which is there from the first call on. */
  open(name: string, around?: Around): TableClient;
  /** Every row, for a comparison of two runs. */
  dump(): string;
}

interface Stored {
  readonly fields: Fields;
  readonly etag: string;
}

/** Rows by partition, and in a partition by row key. */
type Table = Map<string, Map<string, Stored>>;

/** Source: "Performing entity group transactions" and "Understanding the Table service data model". */
const MAX_ACTIONS = 100;
const MAX_TRANSACTION_IN_BYTES = 4 * 1024 * 1024;
const MAX_ENTITY_IN_BYTES = 1024 * 1024;
const MAX_TEXT_LENGTH = 32 * 1024;
const PAGE = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what the service refuses in a key
const badKey = /[/\\#?\u0000-\u001f\u007f-\u009f]/;

/** What the SDK throws: an error with the status of the answer. */
class StorageRefusal extends Error {
  override readonly name = 'RestError';
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string) {
    super(`The storage refused: ${code}`);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** Tables that know what the service's ledger uses of the real ones. `nowMs` is the storage's own clock. */
export function createMemoryTables(nowMs: () => number): MemoryTables {
  const tables = new Map<string, Table>();
  let version = 0;
  const nextEtag = () => {
    version += 1;
    return `W/"datetime'${new Date(nowMs()).toISOString()}#${version}'"`;
  };
  return {
    open: (name, around = async (call) => call()) => {
      const table: Table = tables.get(name) ?? new Map();
      tables.set(name, table);
      return clientOf(table, { around, nextEtag, nowMs });
    },
    dump: () =>
      JSON.stringify(
        [...tables].map(([name, table]) => [name, sortedRows(table).map(({ fields }) => fields)]),
      ),
  };
}

interface Storage {
  readonly around: Around;
  readonly nextEtag: () => string;
  readonly nowMs: () => number;
}

function clientOf(table: Table, { around, nextEtag, nowMs }: Storage): TableClient {
  const write = (rows: Table, action: TransactionAction): string | null => {
    const [kind, entity] = action;
    const stored = rows.get(entity.partitionKey)?.get(entity.rowKey);
    switch (kind) {
      case 'create':
        if (stored !== undefined) throw new StorageRefusal(409, 'EntityAlreadyExists');
        return put(rows, entity, {});
      case 'delete':
        checkEtag(stored, undefined);
        rows.get(entity.partitionKey)?.delete(entity.rowKey);
        return null;
      case 'update':
        checkEtag(stored, action[3]?.etag);
        return put(rows, entity, action[2] === 'Replace' ? {} : (stored?.fields ?? {}));
      case 'upsert':
        return put(rows, entity, action[2] === 'Replace' ? {} : (stored?.fields ?? {}));
      default:
        throw new Error('the simulation does not know this action');
    }
  };
  const put = (rows: Table, entity: object, kept: Fields): string => {
    const fields = { ...kept, ...given(entity), timestamp: new Date(nowMs()).toISOString() };
    checkFields(fields);
    const { partitionKey, rowKey } = keysOf(fields);
    const partition: Map<string, Stored> = rows.get(partitionKey) ?? new Map();
    rows.set(partitionKey, partition);
    const etag = nextEtag();
    partition.set(rowKey, { fields, etag });
    return etag;
  };
  const one = (action: TransactionAction) => around(() => ({ etag: write(table, action) ?? '' }));

  return {
    createEntity: (entity) => one(['create', row(entity)]),
    updateEntity: (entity, mode = 'Merge', options = {}) => one(['update', row(entity), mode, options]),
    upsertEntity: (entity, mode = 'Merge') => one(['upsert', row(entity), mode]),
    deleteEntity: async (partitionKey, rowKey, options = {}): Promise<DeleteTableEntityResponse> => {
      await around(() => {
        checkEtag(table.get(partitionKey)?.get(rowKey), options.etag);
        table.get(partitionKey)?.delete(rowKey);
      });
      return {};
    },
    getEntity: <T extends object>(partitionKey: string, rowKey: string) =>
      around(() => {
        const stored = table.get(partitionKey)?.get(rowKey);
        if (stored === undefined) throw new StorageRefusal(404, 'ResourceNotFound');
        return shown<GetTableEntityResponse<TableEntityResult<T>>>(stored, null);
      }),
    listEntities: <T extends object>(options: Parameters<TableClient['listEntities']>[0] = {}) => {
      const { filter, select } = options.queryOptions ?? {};
      return pagesOf(around, async (): Promise<TableEntityResultPage<T>> => {
        const test = filter === undefined ? () => true : parseTableFilter(filter);
        return around(() =>
          sortedRows(ofPartition(table, filter ?? ''))
            .filter(({ fields }) => test({ ...fields, Timestamp: fields['timestamp'] }))
            .map((stored) => shown<TableEntityResult<T>>(stored, select ?? null)),
        );
      });
    },
    submitTransaction: (actions) => around(() => transact(table, actions, write)),
  };
}

/** All or nothing: worked out on a copy of the one partition. */
function transact(
  table: Table,
  actions: readonly TransactionAction[],
  write: (rows: Table, action: TransactionAction) => string | null,
): TableTransactionResponse {
  const [first] = actions;
  const partitionKey = first?.[1].partitionKey ?? '';
  if (actions.some(([, entity]) => entity.partitionKey !== partitionKey)) {
    throw new Error('All operations in a transaction must target the same partition');
  }
  if (first === undefined || actions.length > MAX_ACTIONS) throw new StorageRefusal(400, 'InvalidInput');
  if (new Set(actions.map(([, { rowKey }]) => rowKey)).size < actions.length) {
    throw new StorageRefusal(400, 'InvalidDuplicateRow');
  }
  const sizeInBytes = actions.reduce((sum, [, entity]) => sum + JSON.stringify(entity).length, 0);
  if (sizeInBytes > MAX_TRANSACTION_IN_BYTES) throw new StorageRefusal(413, 'RequestBodyTooLarge');
  const copy: Table = new Map([[partitionKey, new Map(table.get(partitionKey))]]);
  const subResponses = actions.map((action) => {
    const etag = write(copy, action);
    return { status: 204, rowKey: action[1].rowKey, ...(etag === null ? {} : { etag }) };
  });
  table.set(partitionKey, copy.get(partitionKey) ?? new Map());
  return {
    status: 202,
    subResponses,
    getResponseForEntity: (rowKey) => subResponses.find((response) => response.rowKey === rowKey),
  };
}

function row(entity: TableEntity<object>): TableEntity {
  return { ...entity };
}

function checkEtag(stored: Stored | undefined, etag: string | undefined): void {
  if (stored === undefined) throw new StorageRefusal(404, 'ResourceNotFound');
  if (etag !== undefined && etag !== '*' && etag !== stored.etag) {
    throw new StorageRefusal(412, 'UpdateConditionNotSatisfied');
  }
}

function checkFields(fields: Fields): void {
  const { partitionKey, rowKey } = keysOf(fields);
  if (badKey.test(partitionKey) || badKey.test(rowKey)) throw new StorageRefusal(400, 'OutOfRangeInput');
  if (partitionKey.length > 512 || rowKey.length > 512) throw new StorageRefusal(400, 'KeyValueTooLarge');
  const texts = Object.values(fields).filter((value) => typeof value === 'string');
  if (texts.some((text) => text.length > MAX_TEXT_LENGTH)) {
    throw new StorageRefusal(400, 'PropertyValueTooLarge');
  }
  // Two bytes a character, as the service counts.
  if (texts.reduce((sum, { length }) => sum + 2 * length, 0) > MAX_ENTITY_IN_BYTES) {
    throw new StorageRefusal(400, 'EntityTooLarge');
  }
}

function keysOf(fields: Fields): { readonly partitionKey: string; readonly rowKey: string } {
  return { partitionKey: String(fields['partitionKey']), rowKey: String(fields['rowKey']) };
}

/** Fields without a value are not stored, and an ETag among them is none of the row. */
function given(entity: object): Fields {
  const fields = Object.entries(entity).filter(
    ([name, value]) => value !== undefined && value !== null && name !== 'etag' && name !== 'timestamp',
  );
  return Object.fromEntries(fields);
}

/** The only partition that the filter can find, where it begins by naming one; else all. */
function ofPartition(table: Table, filter: string): Table {
  const key = /^PartitionKey eq '([^']*)'(?: and |$)/.exec(filter)?.[1];
  const partition = key === undefined ? undefined : table.get(key);
  return key === undefined || partition === undefined || / or /.test(filter)
    ? table
    : new Map([[key, partition]]);
}

function sortedRows(table: Table): readonly Stored[] {
  const sorted = <Value>(map: Map<string, Value>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted(table).flatMap(([, partition]) => sorted(partition).map(([, stored]) => stored));
}

/** The SDK hands out what is stored as whatever type its caller names, and so does this. */
function shown<T>({ fields, etag }: Stored, select: readonly string[] | null): T {
  const names: Readonly<Record<string, string>> = {
    PartitionKey: 'partitionKey',
    RowKey: 'rowKey',
    Timestamp: 'timestamp',
  };
  const wanted = select === null ? null : new Set(select.map((name) => names[name] ?? name));
  const kept = Object.entries(fields).filter(([name]) => wanted === null || wanted.has(name));
  return { ...Object.fromEntries(kept), etag } as T;
}

/** Rows one by one, or in pages; every page is a call of its own. */
function pagesOf<T extends object>(around: Around, read: () => Promise<TableEntityResultPage<T>>) {
  async function* byPage(): AsyncGenerator<TableEntityResultPage<T>> {
    const rows = await read();
    for (let at = 0; at === 0 || at < rows.length; at += PAGE) {
      if (at > 0) await around(() => {});
      yield rows.slice(at, at + PAGE);
    }
  }
  let rows: TableEntityResultPage<T> | null = null;
  let at = 0;
  const next = async (): Promise<IteratorResult<TableEntityResult<T>>> => {
    rows ??= await read();
    if (at > 0 && at < rows.length && at % PAGE === 0) await around(() => {});
    const value = rows[at];
    at += 1;
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  };
  return {
    next,
    [Symbol.asyncIterator]() {
      return this;
    },
    byPage,
  };
}
