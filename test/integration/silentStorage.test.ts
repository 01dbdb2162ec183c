import { createServer, type Server } from 'node:http';
import { seenBlobsOf } from '../../shared/composition/seenBlobs.ts';
import { openTable } from '../../shared/ledger/tables.ts';
import { createRunQueue } from '../../shared/runs/runQueue.ts';
import { readSettings } from '../../shared/settings/readSettings.ts';

let server: Server;
let url = '';
beforeAll(async () => {
  // Takes every request and answers none.
  server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const connectionString = () =>
  `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=${Buffer.from('key').toString('base64')};` +
  `TableEndpoint=${url}/a;QueueEndpoint=${url}/a;BlobEndpoint=${url}/a;`;

test('a table that never answers is given up within the limit, retries included', async () => {
  const opening = openTable({ kind: 'connectionString', connectionString: connectionString() }, 'T', 200);

  await expect(opening).rejects.toMatchObject({ name: 'LedgerError', code: 'ledger_unavailable' });
});

test('a queue that never answers is given up within the limit', async () => {
  const queue = createRunQueue(async () => {
    const { QueueServiceClient } = await import('@azure/storage-queue');
    return QueueServiceClient.fromConnectionString(connectionString()).getQueueClient('q');
  }, 200);

  await expect(queue.send('r', 0)).rejects.toMatchObject({ name: 'LedgerError', code: 'ledger_unavailable' });
});

test('a blob that never answers is given up within the limit, and so is each later look at it', async () => {
  const read = readSettings({
    ...{ TENANT_ID: '11111111-1111-4111-8111-111111111111', AzureWebJobsStorage: connectionString() },
    INSIGHTS_BASE_URL: 'https://api.partnercenter.microsoft.com/insights/v1/mpn',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const noIdentity = () => Promise.reject(new Error('a connection string needs none'));
  const seen = seenBlobsOf(read.settings, noIdentity, 200);
  const late = { name: 'LedgerError', code: 'ledger_unavailable' };

  await expect(seen.read('account')).rejects.toMatchObject(late);
  await expect(seen.claim('account', null, 0)).rejects.toMatchObject(late);
});
