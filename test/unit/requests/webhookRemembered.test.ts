import { receiveWebhook, type WebhookRequest } from '../../../shared/webhooks/receiveWebhook.ts';
import { hashToken } from '../../../shared/webhooks/sign.ts';
import type { WebhookParts } from '../../../shared/webhooks/webhookParts.ts';
import { createWorld, type ProcessUnderTest, reportId } from '../../requests/world.ts';

const DAY_IN_MS = 86_400_000;
const TOKEN = 'a-token-of-the-sender';

const source = (name: string) => ({
  ...{ name, kind: 'generic', secretName: 'hook', authentication: { type: 'token' } },
  ...{ reports: { ids: [reportId(1)] }, fields: { action: '/do', id: '/id' } },
});

function webhooksOf({ composed }: ProcessUnderTest): WebhookParts {
  const secret = { ok: true, value: hashToken(TOKEN), version: '1', isStale: false } as const;
  const vault = { read: async () => secret, refresh: async () => secret };
  return { ...composed.webhooks, secrets: vault };
}

function delivery(process: ProcessUnderTest, body: object): WebhookRequest {
  const tell = (line: string) => void process.lines.push(line);
  return {
    ...{ method: 'POST', source: 'ops', correlationId: 'c', teller: { info: tell, warn: tell, error: tell } },
    delivery: {
      headers: new Headers({ 'content-type': 'application/json' }),
      body: new TextEncoder().encode(JSON.stringify(body)),
      query: new URLSearchParams({ token: TOKEN }),
    },
  };
}

const settings = { WEBHOOKS: JSON.stringify([source('ops')]), KEY_VAULT_URL: 'https://v.vault.azure.net' };

test('a delivery whose reports are paused is answered so, though the storage takes no word of it any more, and sent again does no more', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one', settings);
  const webhooks = webhooksOf(process);
  const send = () => world.settle(receiveWebhook(webhooks, delivery(process, { do: 'pause', id: '1' })));
  process.storage = ({ table }) =>
    table === 'IntermissionWebhooks' && world.insights.puts.length > 0 ? 'refused' : 'passes';

  const first = await send();
  expect([first.status, world.insights.statuses.get(reportId(1))]).toEqual([200, 'Paused']);
  process.storage = () => 'passes';
  const second = await send();

  expect([second.status, world.insights.puts.length]).toEqual([200, 1]);
});

test('what webhooks said is forgotten by the tick of a later day, of sources that are gone as well, and no sender waits for it', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one', settings);
  await world.settle(process.tick());
  const send = (id: string) => receiveWebhook(webhooksOf(process), delivery(process, { do: 'pause', id }));
  for (const id of ['1', '2', '3']) await world.settle(send(id));
  const remembered = () => world.tables.dump().match(/"partitionKey":"ops"/g)?.length ?? 0;
  expect(remembered()).toBe(3);
  await world.time.runUntil(world.time.now() + 9 * DAY_IN_MS);

  const later = world.startProcess('later', {
    ...{ WEBHOOKS: JSON.stringify([source('other')]), KEY_VAULT_URL: 'https://v.vault.azure.net' },
  });
  await world.settle(later.tick());

  expect(remembered()).toBe(0);
});
