import { type Azurite, startAzurite } from '../../local/storage/startAzurite.ts';
import type { TableClient, TransactionAction } from '../../shared/ledger/azureTypes.ts';
import { storageStatus } from '../../shared/ledger/ledgerError.ts';
import { openTable } from '../../shared/ledger/tables.ts';
import { createMemoryTables } from '../simulation/memoryTables.ts';

/** What a call came to: its value, or the status of the refusal. */
async function told(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return { refusedWith: storageStatus(error) };
  }
}

const row = (rowKey: string, json = '1', partitionKey = 'p') => ({
  partitionKey,
  rowKey,
  schemaVersion: 1,
  json,
});
const create = (rowKey: string, json?: string): TransactionAction => ['create', row(rowKey, json)];
const upsert = (rowKey: string, json?: string): TransactionAction => ['upsert', row(rowKey, json), 'Replace'];

async function keysOf(table: TableClient, filter?: string): Promise<readonly string[]> {
  const keys: string[] = [];
  const options = filter === undefined ? {} : { queryOptions: { filter } };
  for await (const { partitionKey, rowKey } of table.listEntities(options)) {
    keys.push(`${partitionKey}/${rowKey}`);
  }
  return keys;
}

async function filled(table: TableClient): Promise<void> {
  for (const [partition, key] of [
    ['a', 'hold|1'],
    ['a', 'hold|2'],
    ['a', 'lease'],
    ['a', 'own|1'],
    ['app', 'heartbeat'],
    ['b', 'own|1'],
    ['b', 'run'],
  ] as const) {
    await table.createEntity(row(key, 'x', partition));
  }
}

/** Each case is told by the storage what came of it; both storages must tell the same. */
const cases: Readonly<Record<string, (table: TableClient) => Promise<unknown>>> = {
  'a row is created once': async (table) => [
    typeof (await table.createEntity(row('one'))).etag,
    await told(() => table.createEntity(row('one', '2'))),
    (await table.getEntity<{ json: string }>('p', 'one')).json,
  ],
  'a row comes back with its fields and its ETag': async (table) => {
    const { etag } = await table.createEntity(row('one', '{"a":1}'));
    const { partitionKey, rowKey, schemaVersion, json, ...rest } = await table.getEntity<{
      schemaVersion: number;
      json: string;
    }>('p', 'one');
    return [partitionKey, rowKey, schemaVersion, json, rest.etag === etag];
  },
  'a row that is not there is 404': async (table) => [
    await told(() => table.getEntity('p', 'none')),
    await told(() => table.updateEntity(row('none'), 'Replace')),
    await told(() => table.updateEntity(row('none'), 'Replace', { etag: 'W/"1"' })),
    await told(() => table.deleteEntity('p', 'none')),
  ],
  'a write under an old ETag is 412': async (table) => {
    const { etag = '' } = await table.createEntity(row('one'));
    await table.updateEntity(row('one', '2'), 'Replace', { etag });
    return [
      await told(() => table.updateEntity(row('one', '3'), 'Replace', { etag })),
      await told(() => table.deleteEntity('p', 'one', { etag })),
      (await table.getEntity<{ json: string }>('p', 'one')).json,
    ];
  },
  'an update under the ETag of the last one passes': async (table) => {
    const { etag = '' } = await table.createEntity(row('one'));
    const next = await table.updateEntity(row('one', '2'), 'Replace', { etag });
    await table.updateEntity(row('one', '3'), 'Replace', { etag: next.etag ?? '' });
    return (await table.getEntity<{ json: string }>('p', 'one')).json;
  },
  'a replaced row loses its other fields, a merged one keeps them': async (table) => {
    await table.createEntity({ ...row('one'), more0: 'kept?' });
    await table.createEntity({ ...row('two'), more0: 'kept?' });
    await table.upsertEntity(row('one', '2'), 'Replace');
    await table.upsertEntity(row('two', '2'), 'Merge');
    const one = await table.getEntity<Record<string, unknown>>('p', 'one');
    const two = await table.getEntity<Record<string, unknown>>('p', 'two');
    return [one['more0'] ?? null, two['more0']];
  },
  'a transaction answers an ETag for each row, in order': async (table) => {
    const { status, subResponses } = await table.submitTransaction([create('one'), upsert('two')]);
    const { etag } = await table.getEntity('p', 'two');
    return [status, subResponses.length, subResponses[1]?.etag?.trim() === etag];
  },
  'a transaction whose first row is taken writes nothing': async (table) => {
    await table.createEntity(row('one'));
    return [await told(() => table.submitTransaction([create('one'), upsert('two')])), await keysOf(table)];
  },
  'a transaction whose last row was changed writes nothing': async (table) => {
    const { etag = '' } = await table.createEntity(row('one'));
    await table.upsertEntity(row('one', '2'), 'Replace');
    const fenced: TransactionAction = ['update', row('one', '3'), 'Replace', { etag }];
    return [
      await told(() => table.submitTransaction([upsert('two'), fenced])),
      await keysOf(table),
      (await table.getEntity<{ json: string }>('p', 'one')).json,
    ];
  },
  'a transaction that deletes what is not there writes nothing': async (table) => [
    await told(() =>
      table.submitTransaction([upsert('two'), ['delete', { partitionKey: 'p', rowKey: 'none' }]]),
    ),
    await keysOf(table),
  ],
  'a transaction deletes and updates what is there': async (table) => {
    const { etag = '' } = await table.createEntity(row('one'));
    await table.createEntity(row('two'));
    await table.submitTransaction([
      ['update', row('one', '2'), 'Replace', { etag }],
      ['delete', { partitionKey: 'p', rowKey: 'two' }],
    ]);
    return keysOf(table);
  },
  'a transaction names a row once': async (table) => [
    await told(() => table.submitTransaction([upsert('one'), upsert('one', '2')])),
    await keysOf(table),
  ],
  'a transaction takes a hundred rows and no more': async (table) => {
    const rows = (count: number) => Array.from({ length: count }, (_, at) => upsert(`row${at}`));
    await table.submitTransaction(rows(100));
    return [
      (await keysOf(table)).length,
      await told(() => table.submitTransaction([...rows(100), upsert('more')])),
    ];
  },
  'a property takes 32,768 characters': async (table) => {
    await table.createEntity(row('full', 'x'.repeat(32_768)));
    return [await told(() => table.createEntity(row('over', 'x'.repeat(32_769)))), await keysOf(table)];
  },
  'rows come in the order of their keys': async (table) => {
    for (const key of ['b|2', 'a', 'b|10', 'B', 'b}']) await table.createEntity(row(key));
    return keysOf(table);
  },
  'filters: one partition': async (table) => {
    await filled(table);
    return keysOf(table, "PartitionKey eq 'a'");
  },
  'filters: a kind of row': async (table) => {
    await filled(table);
    return keysOf(table, "RowKey gt 'hold|' and RowKey lt 'hold}'");
  },
  'filters: ranges of partitions and several kinds': async (table) => {
    await filled(table);
    const kinds = "((RowKey gt 'own|' and RowKey lt 'own}') or (RowKey gt 'hold|' and RowKey lt 'hold}'))";
    return keysOf(table, `PartitionKey ne 'app' and PartitionKey ge 'b' and ${kinds}`);
  },
  'filters: not, numbers and a quote in a text': async (table) => {
    await table.createEntity({ ...row("it's"), size: 3 });
    await table.createEntity({ ...row('other'), size: 5 });
    return [
      await keysOf(table, "RowKey eq 'it''s'"),
      await keysOf(table, 'size ge 4'),
      await keysOf(table, 'not (size eq 5)'),
    ];
  },
  'filters: what was changed before an instant': async (table) => {
    await table.createEntity(row('one'));
    return [
      await keysOf(table, "Timestamp lt datetime'2020-01-01T00:00:00.000Z'"),
      await keysOf(table, "Timestamp lt datetime'2200-01-01T00:00:00.000Z'"),
    ];
  },
  'only what is selected comes back': async (table) => {
    await table.createEntity(row('one'));
    const select = { queryOptions: { select: ['PartitionKey', 'RowKey'] } };
    const found: unknown[] = [];
    for await (const { etag, ...rest } of table.listEntities(select)) {
      found.push([
        typeof etag,
        Object.keys(rest)
          .filter((name) => name !== 'odata.etag')
          .sort(),
      ]);
    }
    return found;
  },
  'more rows than an answer holds come all': async (table) => {
    for (let at = 0; at < 1_100; at += 100) {
      await table.submitTransaction(
        Array.from({ length: 100 }, (_, more) => upsert(`row${String(at + more).padStart(4, '0')}`)),
      );
    }
    return (await keysOf(table)).length;
  },
};

describe('the tables in memory do as the storage emulator does', () => {
  let azurite: Azurite;
  let count = 0;
  beforeAll(async () => {
    azurite = await startAzurite({ directory: null, nodePath: process.execPath });
  });
  afterAll(() => azurite.stop());

  test.each(Object.entries(cases))('%s', async (_, play) => {
    count += 1;
    const { connectionString } = azurite;
    const real = await openTable({ kind: 'connectionString', connectionString }, `Case${count}`);
    const expected = await play(real);
    const inMemory = await play(createMemoryTables(() => Date.parse('2026-03-01T00:00:00Z')).open('T'));
    expect(inMemory).toEqual(expected);
  });
});

test('rows of two partitions are no transaction', async () => {
  const table = createMemoryTables(() => 0).open('T');
  const other: TransactionAction = ['upsert', row('two', '1', 'other')];
  await expect(table.submitTransaction([upsert('one'), other])).rejects.toThrow('same partition');
  expect(await keysOf(table)).toEqual([]);
});

test('more than four MiB is no transaction', async () => {
  const table = createMemoryTables(() => 0).open('T');
  const big = (key: string): TransactionAction => [
    'upsert',
    { ...row(key), a: 'x'.repeat(32_000), b: 'x'.repeat(32_000) },
    'Replace',
  ];
  const actions = Array.from({ length: 70 }, (_, at) => big(`row${at}`));
  expect(await told(() => table.submitTransaction(actions))).toEqual({ refusedWith: 413 });
});

test('all clients of a table see the same rows, whoever opened it first', async () => {
  const tables = createMemoryTables(() => 0);
  await tables.open('T').createEntity(row('one'));
  expect(await keysOf(tables.open('T'))).toEqual(['p/one']);
  expect(await keysOf(tables.open('Other'))).toEqual([]);
});
