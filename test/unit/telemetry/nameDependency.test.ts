import { nameDependency, serviceOf } from '../../../shared/telemetry/nameDependency.ts';

const ID = 'a0000000-0000-4000-8000-000000000001';

describe('a call by its address', () => {
  test.each([
    [
      'PUT',
      `https://api.partnercenter.microsoft.com/insights/v1/mpn/ScheduledReport/pause/${ID}`,
      'partnerCenter',
      'PUT /ScheduledReport/pause/{id}',
    ],
    [
      'GET',
      'https://api.partnercenter.microsoft.com/insights/v1.1/cmp/ScheduledReport?reportName=secret',
      'partnerCenter',
      'GET /ScheduledReport',
    ],
    [
      'GET',
      `https://127.0.0.1:1/insights/v1/mpn/ScheduledReport/execution/${ID}%2C${ID}`,
      'partnerCenter',
      'GET /ScheduledReport/execution/{ids}',
    ],
    [
      'GET',
      `https://name.table.core.windows.net/IntermissionLive(PartitionKey='mpn.${ID}',RowKey='own|${ID}')`,
      'storage',
      'GET /IntermissionLive()',
    ],
    ['POST', 'http://127.0.0.1:10002/devstoreaccount1/$batch', 'storage', 'POST /$batch'],
    [
      'DELETE',
      `https://name.queue.core.windows.net/intermission-runs/messages/${ID}?popreceipt=x`,
      'storage',
      'DELETE /intermission-runs/messages/{id}',
    ],
    [
      'GET',
      'https://name.vault.azure.net/secrets/webhook-sample/0123456789abcdef',
      'keyVault',
      'GET /secrets/{name}/{version}',
    ],
    [
      'GET',
      'https://local.vault.localhost:1/secrets/webhook-sample?api-version=1',
      'keyVault',
      'GET /secrets/{name}',
    ],
    [
      'POST',
      `https://login.microsoftonline.com/${ID}/oauth2/v2.0/token`,
      'entra',
      'POST /{id}/oauth2/v2.0/token',
    ],
    [
      'GET',
      `https://login.microsoftonline.com/${ID}/discovery/v2.0/keys`,
      'entra',
      'GET /{id}/discovery/v2.0/keys',
    ],
    ['GET', 'http://127.0.0.1:41/msi/token?resource=https://x.example', 'managedIdentity', 'GET /msi/token'],
  ])('%s %s', (method, address, service, name) => {
    const url = new URL(address);

    expect([serviceOf(url), nameDependency(method, url)]).toEqual([service, name]);
  });
});
