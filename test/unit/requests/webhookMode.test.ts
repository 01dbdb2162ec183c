import { receiveWebhook } from '../../../shared/webhooks/receiveWebhook.ts';
import { hashToken } from '../../../shared/webhooks/sign.ts';
import { createWorld, reportId } from '../../requests/world.ts';

const TOKEN = 'a-token-of-the-sender';

const source = {
  ...{ name: 'ops', kind: 'generic', secretName: 'hook', authentication: { type: 'token' } },
  ...{ reports: { all: true }, fields: { action: '/do', id: '/id', reportIds: '/ids', key: '/key' } },
};

/** One world, whose process may be started anew under another MODE. */
function createModes() {
  const world = createWorld({ reports: 2 });
  const start = (mode: string) => {
    const settings = { WEBHOOKS: JSON.stringify([source]), KEY_VAULT_URL: 'https://v.vault.azure.net' };
    const process = world.startProcess(mode, { ...settings, MODE: mode });
    const secret = { ok: true, value: hashToken(TOKEN), version: '1', isStale: false } as const;
    const webhooks = {
      ...process.composed.webhooks,
      secrets: { read: async () => secret, refresh: async () => secret },
    };
    const tell = (line: string) => void process.lines.push(line);
    const send = (body: object) =>
      world.settle(
        receiveWebhook(webhooks, {
          ...{ method: 'POST', source: 'ops', correlationId: 'c' },
          teller: { info: tell, warn: tell, error: tell },
          delivery: {
            headers: new Headers({ 'content-type': 'application/json' }),
            body: new TextEncoder().encode(JSON.stringify(body)),
            query: new URLSearchParams({ token: TOKEN }),
          },
        }),
      );
    const told = (name: string) =>
      process.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === name);
    return { process, send, told };
  };
  const holds = () => world.tables.dump().match(/"rowKey":"hold\|/g)?.length ?? 0;
  return { world, start, holds, statusOf: (at: number) => world.insights.statuses.get(reportId(at)) };
}

const pause = { do: 'pause', id: 'p', key: 'k', ids: [reportId(1)] };
const resume = { do: 'resume', id: 'r', key: 'k' };

describe('a webhook whose app is tried', () => {
  test('with MODE observe is told 200 and that nothing was begun, and the log says what would have been', async () => {
    const { world, start, holds } = createModes();
    const { send, told } = start('observe');

    for (const time of ['first', 'again']) {
      const answer = await send(pause);
      expect([time, answer]).toMatchObject([
        time,
        { status: 200, body: { ignored: [{ index: 0, because: 'observe_mode' }], refused: [] } },
      ]);
    }

    expect([world.insights.puts.length, holds(), told('WebhookApplied').length]).toEqual([0, 0, 0]);
    expect(told('WebhookNotBegun')[0]).toMatchObject({
      ...{ source: 'ops', because: 'observe_mode', action: 'pause', holds: 1 },
      untilUtc: expect.any(String),
    });
  });

  test('with MODE observe meets the same refusals as with act', async () => {
    const { send } = createModes().start('observe');

    const answer = await send({ ...pause, ids: ['c0000000-0000-4000-8000-000000000001'] });

    expect(answer).toMatchObject({ status: 400, body: { refused: [{ code: 'report_not_allowed' }] } });
  });

  test('pauses by the same delivery, sent again once MODE is act', async () => {
    const { start, statusOf } = createModes();
    await start('observe').send(pause);

    const answer = await start('act').send(pause);

    expect([answer.status, statusOf(1)]).toEqual([200, 'Paused']);
  });

  test('ends with MODE observe what it had paused before', async () => {
    const { start, statusOf } = createModes();
    await start('act').send(pause);
    expect(statusOf(1)).toBe('Paused');

    const answer = await start('observe').send(resume);

    expect([answer.status, statusOf(1)]).toEqual([200, 'Active']);
  });
});

describe('a webhook whose app is off', () => {
  test('is told 200 and that nothing was begun, and nobody is asked anything', async () => {
    const { world, start, holds } = createModes();

    const answer = await start('off').send(pause);

    expect(answer).toMatchObject({ status: 200, body: { ignored: [{ because: 'mode_off' }] } });
    expect([world.insights.puts.length, holds()]).toEqual([0, 0]);
  });

  test('loses no end: it is written and answered 202, and what was paused comes back when MODE is act again', async () => {
    const { world, start, statusOf } = createModes();
    await start('act').send(pause);

    const answer = await start('off').send(resume);
    expect([answer.status, statusOf(1)]).toEqual([202, 'Paused']);
    const { process } = start('act');
    await world.settle(process.tick());

    expect(statusOf(1)).toBe('Active');
  });
});
