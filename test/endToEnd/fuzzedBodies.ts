import fc from 'fast-check';
import { reportId, UNKNOWN_REPORT } from './emulatorDoor.ts';

const MEBIBYTE = 1024 * 1024;

/** The ids of the seeded reports. */
export const knownIds = Array.from({ length: 50 }, (_, at) => reportId(at + 1));

/** Texts that break what reads them. */
export const oddText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom(
    ...['', ' ', '0', 'null', 'undefined', 'NaN', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\ufeff'],
    ...[
      '../../etc/passwd',
      '..%2f..',
      '%',
      '%zz',
      "' or 1 eq 1",
      '<script>',
      '{{7*7}}',
      '\u202eevil',
      'é'.repeat(50),
    ],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'x'.repeat(300),
      'x'.repeat(5_000),
      '\r\nset-cookie: a=b',
      '|',
      '/',
    ],
  ),
);
/** Instants that are none, and some that are. */
export const oddInstant = fc.constantFrom(
  ...[
    '2099-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '9999-12-31T23:59:59.999999999Z',
  ],
  ...[
    '0000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    '2099-01-01T00:00:00+23:59',
  ],
  ...[
    '2099-13-01T00:00:00Z',
    '2099-01-01',
    '2099-01-01T24:00:00Z',
    '2016-12-31T23:59:60Z',
    '1969-12-31T00:00:00Z',
  ],
);
const oddDuration = fc.constantFrom(
  ...[
    'PT1H',
    'PT0S',
    '-PT1H',
    'P1Y',
    'P99999999D',
    'PT99999999999999999999H',
    'PT1E9H',
    'PT0.0000001S',
    'P1W',
    'pt1h',
  ],
  ...['P106751991167D', 'PT2562047788015215H', 'PT1H1H', 'P', 'PT', 'P1DT', 'PT1.5H'],
);
const oddId = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...knownIds) },
  fc.constantFrom(
    UNKNOWN_REPORT,
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ),
  fc.constantFrom(...knownIds).map((id) => id.toUpperCase()),
  fc.uuid(),
  oddText,
);
const mostlySaneText = fc.oneof({ weight: 5, arbitrary: fc.constant('maintenance') }, oddText);
const anyJson = fc.jsonValue({ maxDepth: 3 });
const oddNumber = fc.constantFrom(0, -1, 1.5, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53);

/** One of the good values, and sometimes none of them. */
const mostly = <Value>(good: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: good },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: oddNumber },
  );

const changeBody = fc.record(
  {
    reportIds: mostly(fc.array(oddId, { minLength: 1, maxLength: 6 })),
    account: mostly(fc.constantFrom('default', 'default', 'other', 'No Account', '')),
    until: mostly(oddInstant),
    duration: mostly(oddDuration),
    reason: mostly(oddText),
    requestId: mostly(fc.oneof(fc.constantFrom('one', 'two', 'three'), oddText)),
    includeWindows: mostly(fc.boolean()),
    takeOver: mostly(fc.boolean()),
    code: mostly(oddText),
    ['__proto__']: anyJson,
    constructor: anyJson,
  },
  { requiredKeys: [] },
);
const saneBody = fc.record(
  {
    reportIds: fc.uniqueArray(
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...knownIds) }, fc.constant(UNKNOWN_REPORT)),
      { minLength: 1, maxLength: 3 },
    ),
    reason: mostlySaneText,
    requestId: fc.constantFrom('one', 'two', 'three'),
  },
  { requiredKeys: ['reportIds'] },
);

const instruction = fc.record(
  {
    action: fc.oneof(fc.constantFrom('pause', 'resume', 'PAUSE'), oddText),
    reportIds: mostly(fc.array(oddId, { maxLength: 4 })),
    key: mostly(oddText),
    reason: mostly(oddText),
    until: mostly(oddInstant),
    duration: mostly(oddDuration),
    from: mostly(oddInstant),
  },
  { requiredKeys: [] },
);
const event = fc.record(
  {
    specversion: fc.constantFrom('1.0', '0.3', 1),
    type: fc.oneof(fc.constantFrom('intermission.pause', 'intermission.resume'), oddText),
    source: oddText,
    id: oddText,
    time: fc.oneof(oddInstant, anyJson),
    eventType: fc.oneof(fc.constantFrom('Microsoft.EventGrid.SubscriptionValidationEvent'), oddText),
    eventTime: oddInstant,
    subject: oddText,
    data: fc.oneof(instruction, anyJson, fc.record({ validationCode: oddText })),
    timestamp: mostly(oddInstant),
    schemaId: fc.constantFrom('azureMonitorCommonAlertSchema', 'other'),
  },
  { requiredKeys: [] },
);
/** Understood by every kind of source, so that it is acted on. */
const saneEvent = fc
  .record({
    action: fc.constantFrom('pause', 'resume'),
    reportIds: fc.uniqueArray(fc.constantFrom(...knownIds), { minLength: 1, maxLength: 3 }),
    key: fc.constantFrom('one', 'two'),
    duration: fc.constant('PT1H'),
    reason: mostlySaneText,
    id: fc.uuid(),
  })
  .map((said) => {
    const now = new Date().toISOString();
    return {
      ...{ ...said, id: said.id, data: said, timestamp: now, time: now, eventTime: now },
      ...{ specversion: '1.0', source: '/fuzz', type: 'maintenance', eventType: 'maintenance' },
      ...{ subject: 'fuzz', topic: 'fuzz', dataVersion: '1', metadataVersion: '1' },
    };
  });

/** What a sender of webhooks may say. */
export const webhookBody = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.oneof(
      saneEvent,
      saneEvent.map((one) => [one]),
    ),
  },
  fc.record({ type: oddText, timestamp: fc.constant(new Date().toISOString()), data: instruction }),
  event,
  fc.array(event, { maxLength: 4 }),
  instruction,
);

const adoption = fc.record(
  {
    reportId: oddId,
    pausedAtUtc: fc.oneof(oddInstant, fc.constantFrom('2026-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z')),
    modifiedTime: fc.oneof(fc.constantFrom('', '2026-01-01T00:00:00Z'), oddText),
    contents: fc.oneof({ weight: 5, arbitrary: fc.constant('description=00000000') }, oddText),
  },
  { requiredKeys: ['reportId', 'pausedAtUtc', 'modifiedTime', 'contents'] },
);

/** Bodies of the doors that want another one than a change of reports does. */
export const bodiesOfDoors: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  '/api/adopt': fc.record({
    pauses: fc.array(adoption, { minLength: 1, maxLength: 4 }),
    reason: mostlySaneText,
  }),
  '/api/accounts/{account}/relearn': fc.record({ reason: mostlySaneText }),
  '/api/windows/{window}/end': fc.record({ reason: mostlySaneText }),
  '/api/windows/{window}/extend': fc.record(
    { reason: mostlySaneText, by: fc.constantFrom('PT1H', 'P1Y', '2h', 'PT0S', 'P400D'), until: oddInstant },
    { requiredKeys: ['reason'] },
  ),
  '/api/exemptions': fc.record(
    {
      reportIds: fc.array(oddText, { maxLength: 3 }),
      windows: fc.array(oddText, { maxLength: 3 }),
      allWindows: fc.boolean(),
      until: oddInstant,
      duration: fc.constantFrom('PT1H', 'P1Y', '2h', 'PT0S', 'P400D'),
      timeZone: fc.oneof(fc.constantFrom('UTC', 'CET'), oddText),
      reason: mostlySaneText,
    },
    { requiredKeys: ['reason'] },
  ),
  '/api/exemptions/{exemption}/end': fc.record({ reason: mostlySaneText }),
  '/api/accounts/{account}/consent': fc.record({
    code: fc.oneof(fc.constant('the-code'), oddText),
    codeVerifier: fc.oneof(fc.constant('v'.repeat(43)), oddText),
    redirectUri: fc.oneof(
      fc.constantFrom('http://localhost:8400/', 'http://localhost@evil.example/', 'javascript:1'),
      oddText,
    ),
  }),
};

/** Around every bound of `docs/bounds.md`, and far beyond. */
const oddCount = fc.constantFrom(0, 1, 49, 50, 51, 9_999, 10_000, 10_001, 19_999, 20_000, 20_001, 100_001);
const oddDepth = fc.constantFrom(1, 30, 31, 32, 33, 1_000, 20_000, 200_000);
const oddLength = fc.constantFrom(127, 128, 129, 499, 500, 501, 20_000, 200_000);
const oddItem = fc.constantFrom(
  '0',
  '""',
  'null',
  '[]',
  '{}',
  '[[]]',
  '{"a":{}}',
  `"${knownIds[0]}"`,
  '1e999',
);
const listOf = (count: number, item: string) => `[${new Array<string>(count).fill(item).join(',')}]`;
const listed = fc.constantFrom('reportIds', 'pauses', 'account', 'reason', 'data', 'k');

/** Bodies whose sizes, depths and counts are the trouble. */
const outsizedBody = fc
  .oneof(
    fc
      .tuple(listed, oddCount, oddItem)
      .map(([name, count, item]) => `{"reason":"x","${name}":${listOf(count, item)}}`),
    fc.tuple(listed, oddDepth).map(([name, depth]) => `{"${name}":${'['.repeat(depth)}${']'.repeat(depth)}}`),
    fc
      .tuple(listed, oddDepth)
      .map(([name, depth]) => `{"${name}":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`),
    oddCount.map((count) => `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join(',')}}`),
    oddCount.map((count) => `[${Array.from({ length: count }, (_, at) => `{"k${at}":0}`).join(',')}]`),
    fc
      .tuple(fc.constantFrom('reason', 'requestId', 'account', 'until', 'duration'), oddLength)
      .map(([name, length]) => `{"reportIds":["${knownIds[0]}"],"${name}":"${'x'.repeat(length)}"}`),
    oddCount.map((count) => {
      const pause = `{"reportId":"${knownIds[0]}","pausedAtUtc":"2026-01-01T00:00:00Z","modifiedTime":"","contents":"description=00000000"}`;
      return `{"reason":"x","pauses":${listOf(Math.min(count, 4_000), pause)}}`;
    }),
  )
  .map((text) => Buffer.from(text));

/** The bytes of a body: good, nearly good, and no good at all. */
export const anyBody = fc.oneof(
  { weight: 6, arbitrary: changeBody.map((body) => Buffer.from(JSON.stringify(body))) },
  { weight: 8, arbitrary: saneBody.map((body) => Buffer.from(JSON.stringify(body))) },
  { weight: 2, arbitrary: webhookBody.map((body) => Buffer.from(JSON.stringify(body))) },
  { weight: 1, arbitrary: anyJson.map((body) => Buffer.from(JSON.stringify(body))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 2, arbitrary: changeBody.chain((body) => brokenOff(JSON.stringify(body))) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      Buffer.alloc(0),
      Buffer.from('{"reportIds":'),
      Buffer.from(`{"reportIds":["${knownIds[0]}"],"reportIds":[],"reportIds":["${knownIds[1]}"]}`),
      Buffer.from(`{"__proto__":{"reportIds":["${knownIds[0]}"]},"reason":"x"}`),
      Buffer.from(`\ufeff{"reportIds":["${knownIds[0]}"]}`),
      Buffer.from(`{"reportIds":["${knownIds[0]}"],"reason":"\\ud800 alone"}`),
      Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
      Buffer.from(`{"reportIds":["${knownIds[0]}"]}`, 'utf16le'),
      Buffer.from(`{"reportIds":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      Buffer.from(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
      Buffer.from('1e999999'),
      Buffer.from(`{"reportIds":${JSON.stringify(new Array(1_000).fill(knownIds[0]))}}`),
    ),
  },
  { weight: 3, arbitrary: outsizedBody },
  { weight: 1, arbitrary: fc.constantFrom(MEBIBYTE - 30, MEBIBYTE, MEBIBYTE + 1).map((size) => big(size)) },
);

function brokenOff(text: string): fc.Arbitrary<Buffer> {
  return fc.integer({ min: 0, max: text.length }).map((length) => Buffer.from(text.slice(0, length)));
}

function big(size: number): Buffer {
  const frame = `{"reportIds":["${knownIds[0]}"],"reason":""}`;
  return Buffer.from(frame.replace('""', `"${'x'.repeat(size - frame.length)}"`));
}
