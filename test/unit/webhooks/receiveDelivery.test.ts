import { mappedAnswer, rateLimitedAnswer } from '../../../shared/webhooks/answerDelivery.ts';
import type { Delivery } from '../../../shared/webhooks/delivery.ts';
import { receiveDelivery } from '../../../shared/webhooks/receiveDelivery.ts';
import { hashToken } from '../../../shared/webhooks/sign.ts';
import type { WebhookSource } from '../../../shared/webhooks/webhookSource.ts';
import { deliveryOf, NOW_MS, STANDARD_KEY, sourceOf, TOKEN } from './sampleSource.ts';

const grid = sourceOf({ kind: 'eventGrid' });
const cloud = sourceOf({ kind: 'cloudEvents', allowedOrigins: ['eventgrid.azure.net'], ratePerMinute: 30 });
const standard = sourceOf({ kind: 'standard' });
const query = `token=${TOKEN}`;

function receive(
  source: WebhookSource | null,
  delivery: Delivery,
  { method = 'POST', secretText = hashToken(TOKEN) } = {},
) {
  return receiveDelivery({ method, source, secretText, delivery, nowMs: NOW_MS });
}

function statusOf(...given: Parameters<typeof receive>) {
  const received = receive(...given);
  return received.kind === 'answer' ? received.answer.status : received.kind;
}

const validation = {
  id: 'e1',
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  eventTime: '2026-05-01T12:00:00Z',
  subject: '',
  data: { validationCode: '512d38b6-c7b8', validationUrl: 'https://attacker.example/validate' },
};

describe('the handshake of Event Grid', () => {
  test('is answered at once with the code, and with nothing of the URL', () => {
    expect(receive(grid, deliveryOf({ body: [validation], query }))).toMatchObject({
      kind: 'answer',
      because: null,
      answer: { status: 200, body: { validationResponse: '512d38b6-c7b8' } },
    });
    expect(JSON.stringify(receive(grid, deliveryOf({ body: [validation], query })))).not.toContain(
      'attacker',
    );
  });

  test.each(['', 'token=x', `token=${TOKEN}x`])('gives no code to %j', (wrong) => {
    const received = receive(grid, deliveryOf({ body: [validation], query: wrong }));

    expect(received).toMatchObject({ kind: 'answer', answer: { status: 401 } });
    expect(JSON.stringify(received)).not.toContain('512d38b6');
  });

  test.each([
    ['beside other events', [validation, { ...validation, eventType: 'x' }]],
    ['behind other events', [{ ...validation, eventType: 'x' }, validation]],
    ['twice', [validation, validation]],
    ['without code', [{ ...validation, data: {} }]],
    ['with an empty code', [{ ...validation, data: { validationCode: '' } }]],
    ['with a code of control characters', [{ ...validation, data: { validationCode: 'a\r\nb' } }]],
    ['with an endless code', [{ ...validation, data: { validationCode: 'x'.repeat(257) } }]],
    ['with a code that is no text', [{ ...validation, data: { validationCode: 1 } }]],
    ['without data', [{ ...validation, data: null }]],
  ])('is not answered %s', (_what, body) => {
    expect(receive(grid, deliveryOf({ body, query }))).toMatchObject({
      kind: 'events',
      mapped: [{ ok: false, code: 'foreign_payload', field: 'validationCode' }],
    });
  });

  test('is none for a source of another kind', () => {
    const received = receive(cloud, deliveryOf({ body: [validation], query }));

    expect(received).toMatchObject({ kind: 'events', mapped: [{ ok: false, code: 'foreign_payload' }] });
  });
});

describe('the handshake of CloudEvents', () => {
  const ask = (headers: Readonly<Record<string, string>>, source = cloud, given = query) =>
    receive(source, deliveryOf({ body: '', headers, query: given }), { method: 'OPTIONS' });

  test.each([
    [{}, '30'],
    [{ 'WebHook-Request-Rate': '12' }, '12'],
    [{ 'WebHook-Request-Rate': '3000' }, '30'],
    [{ 'WebHook-Request-Rate': '0' }, '30'],
    [{ 'WebHook-Request-Rate': '*' }, '30'],
    [{ 'WebHook-Request-Callback': 'https://attacker.example/confirm' }, '30'],
  ])('allows an origin that may send, with %j', (more, rate) => {
    const received = ask({ 'WebHook-Request-Origin': 'EventGrid.azure.net', ...more });

    expect(received).toMatchObject({
      kind: 'answer',
      because: null,
      answer: {
        status: 200,
        headers: {
          'webhook-allowed-origin': 'eventgrid.azure.net',
          'webhook-allowed-rate': rate,
          allow: 'POST, OPTIONS',
        },
      },
    });
    expect(JSON.stringify(received)).not.toContain('attacker');
  });

  test.each([
    ['of another origin', { 'WebHook-Request-Origin': 'attacker.example' }, query],
    ['of an origin that ends like ours', { 'WebHook-Request-Origin': 'x.eventgrid.azure.net' }, query],
    ['of every origin', { 'WebHook-Request-Origin': '*' }, query],
    ['of no origin', {}, query],
    ['of an empty origin', { 'WebHook-Request-Origin': '' }, query],
    ['without token', { 'WebHook-Request-Origin': 'eventgrid.azure.net' }, ''],
    ['of a browser', { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' }, query],
  ])('agrees to nothing for a request %s', (_what, headers, given) => {
    const received = ask(headers, cloud, given);

    expect(received).toMatchObject({ kind: 'answer', answer: { status: 401 } });
    expect(JSON.stringify(received)).not.toMatch(/webhook-allowed|access-control/i);
  });

  test('is none for a source of another kind', () => {
    expect(ask({ 'WebHook-Request-Origin': 'eventgrid.azure.net' }, grid)).toMatchObject({
      answer: { status: 401 },
    });
  });

  test('lets no event of another origin in later', () => {
    const event = { body: '{}', query, headers: { 'WebHook-Request-Origin': 'attacker.example' } };

    expect(receive(cloud, deliveryOf(event))).toMatchObject({
      answer: { status: 401 },
      because: 'origin_not_allowed',
    });
  });
});

describe('a webhook door', () => {
  test('answers all that is not authentic alike, sources that do not exist included', () => {
    const body = '{"a":1}';
    const refusals = [
      receive(null, deliveryOf({ body })),
      receive(grid, deliveryOf({ body })),
      receive(grid, deliveryOf({ body, query: 'token=wrong' })),
      receive(grid, deliveryOf({ body, query }), { secretText: '' }),
      receive({ ...grid, retired: true }, deliveryOf({ body })),
      receive(grid, deliveryOf({ body, headers: { 'content-type': 'text/html' } })),
      receive(standard, deliveryOf({ body }), { secretText: STANDARD_KEY }),
      receive(
        standard,
        deliveryOf({
          body,
          headers: { 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' },
        }),
        { secretText: STANDARD_KEY },
      ),
      receive(cloud, deliveryOf({ body, query, headers: { 'webhook-request-origin': 'x' } })),
      receive(null, deliveryOf({ body }), { method: 'OPTIONS' }),
    ];
    const answers = refusals.map((one) => (one.kind === 'answer' ? JSON.stringify(one.answer) : one.kind));

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"status":401');
    expect(new Set(refusals.map((one) => one.kind === 'answer' && one.because)).size).toBeGreaterThan(4);
  });

  test("tells a retired source's sender that it is gone", () => {
    expect(statusOf({ ...grid, retired: true }, deliveryOf({ body: '[]', query }))).toBe(410);
  });

  test.each([
    ['text/plain', 415],
    ['', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/jsonp', 415],
    ['application/json; charset=utf-16', 415],
    ['application/cloudevents+json', 415],
    ['application/json', 'events'],
    ['Application/JSON; charset="UTF-8"', 'events'],
  ])("answers %j from Event Grid's schema with %s", (contentType, expected) => {
    expect(statusOf(grid, deliveryOf({ body: '[]', query, headers: { 'content-type': contentType } }))).toBe(
      expected,
    );
  });

  test('unpacks nothing', () => {
    expect(statusOf(grid, deliveryOf({ body: '[]', query, headers: { 'content-encoding': 'gzip' } }))).toBe(
      415,
    );
  });

  test('refuses a body over a mebibyte before it looks at anything, and takes one of just that size', () => {
    const body = (size: number) => Buffer.alloc(size, ' ').fill('[]', 0, 2);

    expect(statusOf(grid, deliveryOf({ body: body(1024 * 1024), query }))).toBe('events');
    expect(statusOf(grid, deliveryOf({ body: body(1024 * 1024 + 1), query }))).toBe(413);
    expect(statusOf(null, deliveryOf({ body: body(1024 * 1024 + 1) }))).toBe(413);
  });

  test.each(['GET', 'PUT', 'DELETE', 'HEAD', 'post'])('answers %s with 405', (method) => {
    expect(statusOf(grid, deliveryOf({ body: '[]', query }), { method })).toBe(405);
  });

  test.each([
    ['nothing', ''],
    ['cut off', '[{"id":'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['two values', '{} {}'],
  ])('refuses a body that is %s', (_what, body) => {
    expect(receive(grid, deliveryOf({ body, query }))).toMatchObject({
      mapped: [{ ok: false, code: 'not_json' }],
    });
  });

  test('answers a batch 200 when something in it was understood, else 400', () => {
    const refusal = { ok: false, code: 'foreign_payload', field: null } as const;
    const intent = {
      action: 'ignore',
      because: 'not_maintenance',
      key: 'k',
      deliveryId: 'd',
      saidAtMs: 0,
      rank: 0,
      reason: '',
    } as const;

    expect(mappedAnswer([refusal, { ok: true, intent }])).toMatchObject({
      status: 200,
      body: { accepted: 1, refused: [{ index: 0, code: 'foreign_payload' }] },
    });
    expect(mappedAnswer([refusal, refusal]).status).toBe(400);
    expect(mappedAnswer([]).status).toBe(200);
  });

  test.each([
    [0, '1'],
    [1, '1'],
    [1_001, '2'],
    [60_000, '60'],
  ])('says in whole seconds when to come again: %i ms', (retryAfterInMs, expected) => {
    expect(rateLimitedAnswer(retryAfterInMs)).toMatchObject({
      status: 429,
      headers: { 'retry-after': expected },
    });
  });
});
