import { receiveWebhook } from '../../../shared/webhooks/receiveWebhook.ts';
import { hashToken } from '../../../shared/webhooks/sign.ts';
import type { WebhookParts } from '../../../shared/webhooks/webhookParts.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds } from '../../requests/world.ts';

const TOKEN = 'a-token-of-the-sender';
const HOUR = 3_600_000;

function webhooksOf({ composed }: ProcessUnderTest): WebhookParts {
  const secret = { ok: true, value: hashToken(TOKEN), version: '1', isStale: false } as const;
  const vault = { read: async () => secret, refresh: async () => secret };
  return { ...composed.webhooks, secrets: vault };
}

/** A source that names no maintenance, so that all it says stands under one key. */
function createSender(reports: number, source: object) {
  const world = createWorld({ reports });
  const fields = {
    action: '/do',
    id: '/id',
    reportIds: '/ids',
    from: '/from',
    until: '/until',
    sentAt: '/at',
  };
  const process = world.startProcess('one', {
    WEBHOOKS: JSON.stringify([
      {
        ...{ name: 'ops', kind: 'generic', secretName: 'hook', authentication: { type: 'token' } },
        ...{ fields, maxReports: 10_000, maxHold: 'P7D', ...source },
      },
    ]),
    KEY_VAULT_URL: 'https://v.vault.azure.net',
  });
  const tell = (line: string) => void process.lines.push(line);
  const at = (ms: number) => new Date(world.time.now() + ms).toISOString();
  const send = (body: {
    readonly do: string;
    readonly ids?: readonly string[];
    readonly [more: string]: unknown;
  }) =>
    world.settle(
      receiveWebhook(webhooksOf(process), {
        ...{ method: 'POST', source: 'ops', correlationId: 'c' },
        teller: { info: tell, warn: tell, error: tell },
        delivery: {
          headers: new Headers({ 'content-type': 'application/json' }),
          body: new TextEncoder().encode(JSON.stringify({ at: at(0), ...body })),
          query: new URLSearchParams({ token: TOKEN }),
        },
      }),
    );
  return { world, process, send, at };
}

const notOurs = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `d0000000-0000-4000-8000-${String(from + at).padStart(12, '0')}`);

describe('what is remembered of one key of a webhook', () => {
  test('never keeps an end from being written, however much was ended', async () => {
    const { world, send } = createSender(1, { reports: { ids: [reportId(1)] } });
    expect((await send({ do: 'pause', id: 'p', ids: [reportId(1)] })).status).toBe(200);
    for (const part of [0, 1, 2]) {
      const { status } = await send({ do: 'resume', id: `r${part}`, ids: notOurs(part * 9_000, 9_000) });
      expect(status).toBe(200);
    }

    const answer = await send({ do: 'resume', id: 'end', ids: [reportId(1)] });

    expect([answer.status, world.insights.statuses.get(reportId(1))]).toEqual([200, 'Active']);
  });

  test('lets no pause that comes late undo an end that had to be forgotten, and says so', async () => {
    const { world, process, send, at } = createSender(1, { reports: { ids: [reportId(1)] } });
    await send({ do: 'pause', id: 'p', ids: [reportId(1)], at: at(-3 * HOUR) });
    await send({ do: 'resume', id: 'end', ids: [reportId(1)], at: at(-HOUR) });
    for (const part of [0, 1]) {
      await send({ do: 'resume', id: `r${part}`, ids: notOurs(part * 9_000, 9_000) });
    }

    const late = await send({
      do: 'pause',
      id: 'late',
      ids: [reportId(1)],
      at: at(-2 * HOUR),
      until: at(HOUR),
    });

    expect([late.status, world.insights.statuses.get(reportId(1))]).toEqual([400, 'Active']);
    expect(late.body).toMatchObject({ refused: [{ code: 'said_too_long_ago' }] });
    expect(process.lines.join('\n')).toContain('said_too_long_ago');
    const again = await send({ do: 'pause', id: 'again', ids: [reportId(1)] });
    expect([again.status, world.insights.statuses.get(reportId(1))]).toEqual([200, 'Paused']);
  });

  test('refuses pauses that are too many to be remembered as one, writes nothing of them, and takes their end', async () => {
    const { world, send, at } = createSender(11_500, { reports: { all: true } });
    const ids = reportIds(11_500);
    const tomorrow = { from: at(24 * HOUR), until: at(25 * HOUR) };
    const first = await send({ do: 'pause', id: 'p1', ids: ids.slice(0, 10_000), ...tomorrow });
    expect(first.status).toBeLessThan(300);
    const before = world.tables.dump();

    const second = await send({ do: 'pause', id: 'p2', ids: ids.slice(10_000), ...tomorrow });

    expect(second).toMatchObject({ status: 400, body: { refused: [{ code: 'too_much_said' }] } });
    const holds = (dump: string) => dump.match(/"rowKey":"hold\|/g)?.length;
    expect([holds(before), holds(world.tables.dump())]).toEqual([10_000, 10_000]);
    expect((await send({ do: 'resume', id: 'end', ids: ids.slice(0, 1_600) })).status).toBeLessThan(300);
    expect((await send({ do: 'pause', id: 'p3', ids: ids.slice(10_000), ...tomorrow })).status).toBe(200);
  });
});
