import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { startAzurite } from '../../local/storage/startAzurite.ts';

describe('the storage of the local cloud', () => {
  test('keeps what the real table client writes, also over a restart where it has a directory', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'azurite-'));
    const entity = { partitionKey: 'holds', rowKey: 'one', until: '2026-01-05T10:00:00Z' };
    const clientOf = (connectionString: string) =>
      TableClient.fromConnectionString(connectionString, 'ledger', { allowInsecureConnection: true });

    const first = await startAzurite({ directory, nodePath: process.execPath });
    const client = clientOf(first.connectionString);
    await client.createTable();
    await client.createEntity(entity);
    expect(await client.getEntity('holds', 'one')).toMatchObject(entity);
    await first.stop();

    const second = await startAzurite({ directory, nodePath: process.execPath });
    expect(await clientOf(second.connectionString).getEntity('holds', 'one')).toMatchObject(entity);
    await second.kill();
    rmSync(directory, { recursive: true });
  }, 30_000);
});
