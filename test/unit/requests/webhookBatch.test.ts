import { receiveWebhook } from '../../../shared/webhooks/receiveWebhook.ts';
import { hashToken } from '../../../shared/webhooks/sign.ts';
import { createWorld } from '../../requests/world.ts';

const TOKEN = 'a-token-of-the-sender';

test('others have their turn while a long batch is read', async () => {
  const world = createWorld({ reports: 1 });
  const source = { name: 'grid', kind: 'eventGrid', secretName: 'hook', reports: { all: true } };
  const process = world.startProcess('one', {
    ...{ WEBHOOKS: JSON.stringify([source]), KEY_VAULT_URL: 'https://v.vault.azure.net' },
  });
  const secret = { ok: true, value: hashToken(TOKEN), version: '1', isStale: false } as const;
  let turns = 0;
  const giveWay = async () => {
    turns += 1;
  };
  const webhooks = {
    ...process.composed.webhooks,
    ...{ secrets: { read: async () => secret, refresh: async () => secret } },
    parts: { ...process.composed.parts, giveWay },
  };
  const eventTime = new Date(world.time.now()).toISOString();
  const events = Array.from({ length: 500 }, (_, at) => ({
    ...{ id: `${at}`, eventType: 'maintenance', subject: 's', eventTime, data: { state: 'other' } },
  }));

  const answer = await world.settle(
    receiveWebhook(webhooks, {
      ...{ method: 'POST', source: 'grid', correlationId: 'c' },
      teller: { info: () => {}, warn: () => {}, error: () => {} },
      delivery: {
        headers: new Headers({ 'content-type': 'application/json' }),
        body: new TextEncoder().encode(JSON.stringify(events)),
        query: new URLSearchParams({ token: TOKEN }),
      },
    }),
  );

  expect(answer).toMatchObject({ status: 200, body: { accepted: 500, refused: [] } });
  expect(turns).toBeGreaterThan(500 / 25 - 1);
});
