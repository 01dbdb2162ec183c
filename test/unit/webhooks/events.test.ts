import { CloudEvent, HTTP } from 'cloudevents';
import fc from 'fast-check';
import type { Delivery } from '../../../shared/webhooks/delivery.ts';
import { mapDelivery } from '../../../shared/webhooks/mapDelivery.ts';
import type { WebhookSource } from '../../../shared/webhooks/webhookSource.ts';
import {
  askedBy,
  deliveryOf,
  FOREIGN_REPORT,
  HOUR_MS,
  intentOf,
  NOW_MS,
  OTHER_REPORT,
  REPORT,
  sourceOf,
  written,
} from './sampleSource.ts';

const grid = sourceOf({ kind: 'eventGrid' });
const cloud = sourceOf({ kind: 'cloudEvents', allowedOrigins: ['a.example'] });
const standard = sourceOf({ kind: 'standard' });

function map(source: WebhookSource, delivery: Delivery, nowMs = NOW_MS) {
  const signed = { deliveryId: 'msg_1', timestampMs: NOW_MS - 1_000 };
  const unsigned = { deliveryId: null, timestampMs: null };
  const verified = { ok: true, ...(source.format.kind === 'standard' ? signed : unsigned) } as const;
  return mapDelivery({ source, delivery, verified, nowMs });
}

const gridEvent = (data: unknown, more: object = {}) => ({
  id: 'e-1',
  topic: '/subscriptions/s/topics/t',
  subject: 'loads/nightly',
  eventType: 'Contoso.Maintenance',
  eventTime: '2026-05-01T11:59:00Z',
  dataVersion: '1',
  data,
  ...more,
});

const mapGrid = (data: unknown, more: object = {}, source = grid) =>
  map(source, deliveryOf({ body: [gridEvent(data, more)] }))[0];

describe('an instruction in an event', () => {
  test('pauses all that the source may touch, for its default', () => {
    expect(intentOf(mapGrid({ action: 'pause' }))).toEqual({
      action: 'pause',
      key: 'ops:loads/nightly',
      deliveryId: expect.stringMatching(/^ops:sha256-/),
      saidAtMs: Date.UTC(2026, 4, 1, 11, 59),
      rank: 2,
      reason: 'Contoso.Maintenance loads/nightly',
      fromMs: NOW_MS,
      untilMs: NOW_MS + 4 * HOUR_MS,
      untilBy: 'default',
      reportIds: null,
      deniedReportIds: [],
      isWholeKey: true,
    });
  });

  test('names reports in any case, each once, and gets only those it may touch', () => {
    const reportIds = [REPORT.toUpperCase(), ` ${REPORT} `, FOREIGN_REPORT];

    expect(intentOf(mapGrid({ action: 'pause', reportIds }))).toMatchObject({
      reportIds: [REPORT],
      deniedReportIds: [FOREIGN_REPORT],
    });
  });

  test.each([
    [{ until: '2026-05-01T15:00:00+02:00' }, NOW_MS, NOW_MS + HOUR_MS, 'sender'],
    [{ duration: 'PT2H' }, NOW_MS, NOW_MS - 60_000 + 2 * HOUR_MS, 'sender'],
    [{ from: '2026-05-01T13:00:00Z', duration: 'PT2H' }, NOW_MS + HOUR_MS, NOW_MS + 3 * HOUR_MS, 'sender'],
    [{ from: '2026-05-01T13:00:00Z' }, NOW_MS + HOUR_MS, NOW_MS + 5 * HOUR_MS, 'default'],
    [{ until: '2027-05-01T15:00:00Z' }, NOW_MS, NOW_MS + 48 * HOUR_MS, 'maximum'],
    [{ duration: 'P300D' }, NOW_MS, NOW_MS + 48 * HOUR_MS, 'maximum'],
  ])(
    'ends when it says, or by default, and never after the maximum: %j',
    (more, fromMs, untilMs, untilBy) => {
      expect(intentOf(mapGrid({ action: 'pause', ...more }))).toMatchObject({ fromMs, untilMs, untilBy });
    },
  );

  test('that names the zero time of Go or .NET as its beginning or its end names none', () => {
    const none = '0001-01-01T00:00:00Z';

    expect(intentOf(mapGrid({ action: 'pause', from: none, until: none }))).toMatchObject({
      ...{ action: 'pause', fromMs: NOW_MS, untilMs: NOW_MS + 4 * HOUR_MS, untilBy: 'default' },
    });
  });

  test.each([
    ['as a JSON text', (text: string) => text],
    [
      'as content that Logic Apps did not take for JSON',
      (text: string) => ({
        ...{ '$content-type': 'application/octet-stream', $content: Buffer.from(text).toString('base64') },
      }),
    ],
  ])('is understood where it comes %s', (_how, wrap) => {
    const text = JSON.stringify({ action: 'pause', reportIds: [REPORT] });

    expect(intentOf(mapGrid(wrap(text)))).toMatchObject({ action: 'pause', reportIds: [REPORT] });
    expect(intentOf(mapGrid(wrap('no JSON at all')))).toMatchObject({ action: 'ignore' });
  });

  test('ends by its duration at the same instant however late a retry comes', () => {
    const delivery = deliveryOf({ body: [gridEvent({ action: 'pause', duration: 'PT2H' })] });
    const untils = [NOW_MS, NOW_MS + HOUR_MS].map((nowMs) => intentOf(map(grid, delivery, nowMs)[0]));

    expect(untils.map((intent) => intent.action === 'pause' && intent.untilMs)).toEqual(
      Array(2).fill(NOW_MS - 60_000 + 2 * HOUR_MS),
    );
  });

  test('whose end has passed ends what the same key held', () => {
    expect(
      intentOf(mapGrid({ action: 'pause', reportIds: [REPORT], until: '2026-05-01T11:59:30Z' })),
    ).toMatchObject({
      action: 'resume',
      because: 'over_already',
      reportIds: null,
    });
  });

  test('resumes what its key holds, reports of others included in the naming', () => {
    expect(intentOf(mapGrid({ action: 'resume' }))).toMatchObject({
      action: 'resume',
      rank: 3,
      reportIds: null,
    });
    expect(intentOf(mapGrid({ action: 'resume', reportIds: [FOREIGN_REPORT] }))).toMatchObject({
      reportIds: [FOREIGN_REPORT],
    });
  });

  test('may ask for nothing', () => {
    expect(intentOf(mapGrid({ action: 'ignore' }))).toMatchObject({
      action: 'ignore',
      because: 'asked_to_ignore',
    });
  });

  test('is limited in reports when it pauses, never when it resumes', () => {
    const source = sourceOf({ kind: 'eventGrid', reports: { all: true }, maxReports: 1 });
    const reportIds = [REPORT, OTHER_REPORT];

    expect(mapGrid({ action: 'pause', reportIds }, {}, source)).toMatchObject({
      ok: false,
      code: 'too_many_reports',
    });
    expect(mapGrid({ action: 'resume', reportIds }, {}, source)).toMatchObject({ ok: true });
    expect(mapGrid({ action: 'pause', reportIds: [REPORT] }, {}, source)).toMatchObject({ ok: true });
  });

  test.each([
    ['another action', { action: 'delete' }, 'bad_field', 'action'],
    ['an action in capitals', { action: 'Pause', more: 1 }, 'bad_field', 'action'],
    ['a property that we do not know', { action: 'pause', reportID: REPORT }, 'bad_field', 'reportID'],
    ['an empty list of reports', { action: 'pause', reportIds: [] }, 'bad_field', 'reportIds'],
    ['one report that is no list', { action: 'pause', reportIds: REPORT }, 'bad_field', 'reportIds'],
    ['a report that is no UUID', { action: 'pause', reportIds: [REPORT, '*'] }, 'bad_field', 'reportIds'],
    [
      'foreign reports only',
      { action: 'pause', reportIds: [FOREIGN_REPORT] },
      'report_not_allowed',
      'reportIds',
    ],
    ['an end that is none', { action: 'pause', until: 'tomorrow' }, 'bad_field', 'until'],
    ['an end without offset', { action: 'pause', until: '2026-05-01T15:00:00' }, 'bad_field', 'until'],
    ['an end in seconds', { action: 'pause', until: 1_777_000_000 }, 'bad_field', 'until'],
    ['an empty end', { action: 'pause', until: '' }, 'bad_field', 'until'],
    [
      'an end before its start',
      { action: 'pause', from: '2026-05-01T15:00:00Z', until: '2026-05-01T14:00:00Z' },
      'bad_field',
      'until',
    ],
    [
      'two ends',
      { action: 'pause', until: '2026-05-01T15:00:00Z', duration: 'PT1H' },
      'bad_field',
      'duration',
    ],
    ['a duration of months', { action: 'pause', duration: 'P1M' }, 'bad_field', 'duration'],
    ['a negative duration', { action: 'pause', duration: '-PT1H' }, 'bad_field', 'duration'],
    [
      'a start years ahead',
      { action: 'pause', from: '2030-01-01T00:00:00Z' },
      'instant_out_of_range',
      'from',
    ],
    ['an empty key', { action: 'pause', key: '' }, 'bad_field', 'key'],
  ])('is refused by name with %s', (_what, data, code, field) => {
    expect(mapGrid(data)).toEqual({ ok: false, code, field });
  });
});

describe('an event that asks for nothing here', () => {
  test.each([
    ['no data', undefined],
    ['a list', []],
    ['data of another kind', { api: 'PutBlob', url: 'https://a.example' }],
    ['an action of a registry', { action: 'push', target: { tag: 'v1' } }],
  ])('is ignored, with %s', (_what, data) => {
    expect(intentOf(mapGrid(data))).toMatchObject({ action: 'ignore', because: 'not_for_us' });
  });

  test('is ignored in every envelope', () => {
    const foreign = { type: 'invoice.paid', timestamp: '2026-05-01T11:59:00Z' };
    const event = { specversion: '1.0', id: '1', source: '/s', type: 't', datacontenttype: 'text/xml' };
    const answers = [
      map(standard, deliveryOf({ body: { ...foreign, data: { amount: 1 } } })),
      map(standard, deliveryOf({ body: foreign })),
      map(cloud, deliveryOf({ body: { ...event, data: '<a/>' } })),
    ];

    expect(answers.map(([one]) => intentOf(one))).toMatchObject(
      Array(3).fill({ action: 'ignore', because: 'not_for_us' }),
    );
  });
});

describe('a batch of Event Grid', () => {
  test('is read event by event, and a bad one leaves the others', () => {
    const body = [
      gridEvent({ action: 'pause' }),
      { id: 'x' },
      gridEvent({ action: 'resume' }, { id: 'e-2' }),
      null,
    ];

    expect(map(grid, deliveryOf({ body })).map((one) => (one.ok ? one.intent.action : one.code))).toEqual([
      'pause',
      'foreign_payload',
      'resume',
      'foreign_payload',
    ]);
  });

  test.each([
    [{}, 'ops:loads/nightly'],
    [{ subject: '' }, 'ops:all'],
    [{ subject: null }, 'ops:all'],
    [{ subject: 'a b' }, expect.stringMatching(/^ops:sha256-/)],
  ])('is about its subject, else the source: %j', (more, key) => {
    expect(intentOf(mapGrid({ action: 'pause' }, more)).key).toEqual(key);
    expect(intentOf(mapGrid({ action: 'pause', key: 'mine' }, more)).key).toBe('ops:mine');
  });

  test('knows an event again by its id and topic', () => {
    const idOf = (more: object) => intentOf(mapGrid({ action: 'pause' }, more)).deliveryId;

    expect(idOf({ eventTime: '2026-05-01T11:58:00Z' })).toBe(idOf({}));
    expect(
      new Set([
        idOf({}),
        idOf({ id: 'e-2' }),
        idOf({ topic: 't' }),
        idOf({ topic: 'a', id: 'b' }),
        idOf({ topic: 'b', id: 'a' }),
        idOf({ topic: 'ab', id: 'c' }),
        idOf({ topic: 'a', id: 'bc' }),
      ]).size,
    ).toBe(7);
  });

  test.each([
    ['2026-05-01T11:59:00', Date.UTC(2026, 4, 1, 11, 59)],
    ['2026-05-01T11:59:00.1234567', Date.UTC(2026, 4, 1, 11, 59, 0, 123)],
    ['2026-05-01 11:59', Date.UTC(2026, 4, 1, 11, 59)],
    ['2026-05-01T13:59:00.123456789+02:00', Date.UTC(2026, 4, 1, 11, 59, 0, 123)],
    // The local time of somebody in the east; the arrival is nearer to the truth.
    ['2026-05-01T14:00:00', NOW_MS],
  ])('may say its time as %s', (eventTime, saidAtMs) => {
    expect(askedBy(mapGrid({ action: 'pause' }, { eventTime }))).toMatchObject({ saidAtMs });
  });

  test('is told when its subscription is deleted, and does nothing', () => {
    expect(
      intentOf(mapGrid({}, { eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent' })),
    ).toMatchObject({
      action: 'ignore',
      because: 'subscription_deleted',
    });
  });

  test.each([
    [{ eventTime: 'x' }, 'bad_field'],
    [{ eventTime: undefined }, 'foreign_payload'],
    [{ eventTime: '2026-05-01T13:00:00Z' }, 'said_ahead_of_time'],
    [{ eventTime: '2026-04-01T13:00:00Z' }, 'said_too_long_ago'],
  ])('is refused by name when it was said: %j', (more, code) => {
    expect(mapGrid({ action: 'pause' }, more)).toMatchObject({ ok: false, code });
  });

  test('is bounded, and must be a list', () => {
    const codes = (body: unknown) => map(grid, deliveryOf({ body })).map((one) => one.ok || one.code);

    expect(codes(Array(5_001).fill(1))).toEqual(['too_many_events']);
    expect(codes(Array(5_000).fill(1))).toHaveLength(5_000);
    expect(codes(gridEvent({ action: 'pause' }))).toEqual(['foreign_payload']);
    expect(codes([])).toEqual([]);
  });
});

describe('a CloudEvent', () => {
  const time = '2026-05-01T11:59:00.000Z';
  const event = new CloudEvent({
    id: 'c-1',
    source: '/loads',
    type: 'com.contoso.pause',
    subject: 'nightly',
    time,
    data: { action: 'pause' },
  });

  /** What the authors' own library sends. */
  function sent({ headers, body }: ReturnType<typeof HTTP.binary>) {
    const plain = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    return deliveryOf({ body: String(body), headers: Object.fromEntries(plain) });
  }

  test.each([
    ['binary', sent(HTTP.binary(event))],
    ['structured', sent(HTTP.structured(event))],
    ['structured as plain JSON', deliveryOf({ body: event.toString() })],
    [
      'batched',
      deliveryOf({
        body: `[${event.toString()}]`,
        headers: { 'content-type': 'application/cloudevents-batch+json' },
      }),
    ],
    ['batched as plain JSON', deliveryOf({ body: `[${event.toString()}]` })],
  ])("of the authors' own library is read %s", (_what, delivery) => {
    expect(map(cloud, delivery)).toEqual([
      {
        ok: true,
        intent: expect.objectContaining({
          action: 'pause',
          key: 'ops:nightly',
          reason: 'com.contoso.pause nightly',
          saidAtMs: Date.parse(time),
          deliveryId: intentOf(map(cloud, sent(HTTP.binary(event)))[0]).deliveryId,
        }),
      },
    ]);
  });

  const mapEvent = (more: object) =>
    map(cloud, deliveryOf({ body: { ...JSON.parse(event.toString()), ...more } }))[0];

  test('may bring its data as bytes', () => {
    const data = Buffer.from(JSON.stringify({ action: 'pause', key: 'k' })).toString('base64');

    for (const data_base64 of [data, data.replace(/=+$/, '')]) {
      expect(askedBy(mapEvent({ data: undefined, data_base64 }))).toMatchObject({
        action: 'pause',
        key: 'ops:k',
      });
    }
  });

  test('without time is dated by its arrival', () => {
    expect(askedBy(mapEvent({ time: undefined })).saidAtMs).toBe(NOW_MS);
  });

  test.each([
    [{ specversion: '0.3' }, 'foreign_payload'],
    [{ id: '' }, 'foreign_payload'],
    [{ source: undefined }, 'foreign_payload'],
    [{ type: 1 }, 'foreign_payload'],
    [{ data_base64: 'e30=' }, 'bad_field'],
    [{ data: undefined, data_base64: 'e30' + '*' }, 'bad_field'],
    [{ data: undefined, data_base64: 'bm8gSlNPTg==' }, 'bad_field'],
    [{ time: 'yesterday' }, 'bad_field'],
  ])('is refused by name: %j', (more, code) => {
    expect(mapEvent(more)).toMatchObject({ ok: false, code });
  });

  test.each(['%E2%82%AC', '%', 'a%ZZ'])(
    'in binary mode has its attributes decoded, or as they are: %s',
    (subject) => {
      const { headers, body } = HTTP.binary(event);
      const delivery = sent({ body, headers: { ...headers, 'ce-subject': subject } });

      expect(map(cloud, delivery)).toMatchObject([{ ok: true }]);
    },
  );

  test('that says batch and is none is refused', () => {
    const delivery = deliveryOf({
      body: event.toString(),
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    });

    expect(map(cloud, delivery)).toMatchObject([{ ok: false, code: 'foreign_payload' }]);
  });
});

describe('a Standard Webhooks payload', () => {
  const mapStandard = (body: unknown) => map(standard, deliveryOf({ body }))[0];
  const payload = {
    type: 'maintenance.started',
    timestamp: '2026-05-01T11:00:00.123456Z',
    data: { action: 'pause' },
  };

  test('is dated by its event, not by the attempt that brought it', () => {
    expect(intentOf(mapStandard(payload))).toMatchObject({
      action: 'pause',
      key: 'ops:all',
      deliveryId: 'ops:msg_1',
      saidAtMs: Date.UTC(2026, 4, 1, 11, 0, 0, 123),
      reason: 'maintenance.started',
    });
    expect(askedBy(mapStandard({ ...payload, timestamp: undefined })).saidAtMs).toBe(NOW_MS - 1_000);
  });

  test.each([
    [{ action: 'pause' }, 'missing_field'],
    [{ ...payload, timestamp: 'now' }, 'bad_field'],
    [{ ...payload, timestamp: 5 }, 'foreign_payload'],
    [[payload], 'foreign_payload'],
    [null, 'foreign_payload'],
  ])('is refused by name: %j', (body, code) => {
    expect(mapStandard(body)).toMatchObject({ ok: false, code });
  });
});

test('no payload whatever makes the mapping throw, or pause what the source may not touch', () => {
  const generic = sourceOf({
    kind: 'generic',
    authentication: { type: 'token' },
    fields: { action: '/action', reportIds: '/reportIds', until: '/until', key: '/key', reason: '/reason' },
  });
  const azure = sourceOf({ kind: 'azureMonitor', otherAlerts: true });
  const instruction = fc.record(
    {
      action: fc.constantFrom('pause', 'resume', 'ignore'),
      reportIds: fc.oneof(fc.array(fc.constantFrom(REPORT, OTHER_REPORT, FOREIGN_REPORT)), fc.jsonValue()),
      until: fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.jsonValue(),
      ),
      reason: fc.string({ unit: 'binary' }),
      key: fc.string({ unit: 'binary' }),
    },
    { requiredKeys: ['action'] },
  );
  const anything = fc.oneof(
    fc.jsonValue(),
    instruction,
    instruction.map((data) => [gridEvent(data)]),
    instruction.map((data) => ({ data })),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom(grid, cloud, standard, generic, azure), (body, source) => {
      for (const one of map(source, deliveryOf({ body: JSON.stringify(body) }))) {
        if (!one.ok || one.intent.action === 'ignore') continue;
        const { intent } = one;
        expect(intent.key).toMatch(/^ops:[\x21-\x7e]{1,192}$/);
        expect(intent.deliveryId).toMatch(/^ops:[\x21-\x7e]{1,192}$/);
        expect(intent.reason).not.toMatch(/\p{Cc}/u);
        if (intent.action !== 'pause') continue;
        expect(written.reports.ids).toEqual(expect.arrayContaining([...(intent.reportIds ?? [])]));
        expect(intent.untilMs).toBeGreaterThan(Math.max(NOW_MS, intent.fromMs));
        expect(intent.untilMs - intent.fromMs).toBeLessThanOrEqual(source.maxHoldMs);
      }
    }),
    { seed: 7, numRuns: 1_500 },
  );
});
