import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { readSecrets } from '../../../shared/webhooks/readSecrets.ts';
import { createSecret, standardHeaders } from '../../../shared/webhooks/sign.ts';
import { verifyStandard } from '../../../shared/webhooks/verifyStandard.ts';
import { deliveryOf, NOW_MS, STANDARD_KEY } from './sampleSource.ts';

const BODY = '{"type":"maintenance","data":{"action":"pause"}}';

/** The headers that the authors' own library makes. */
function signedByThem({ key = STANDARD_KEY, id = 'msg_1', atMs = NOW_MS, body = BODY } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(atMs / 1000)),
    'webhook-signature': new Webhook(key).sign(id, new Date(atMs), body),
  };
}

function verify(
  headers: Readonly<Record<string, string>>,
  { body = BODY as string | Uint8Array, secret = STANDARD_KEY, nowMs = NOW_MS } = {},
) {
  return verifyStandard({
    delivery: deliveryOf({ body, headers }),
    secrets: readSecrets('standard', secret),
    nowMs,
  });
}

const withMine = (change: Readonly<Record<string, string>>) => ({ ...signedByThem(), ...change });

describe('a Standard Webhooks delivery', () => {
  test("signed by the authors' own library is taken", () => {
    expect(verify(signedByThem())).toEqual({ ok: true, deliveryId: 'msg_1', timestampMs: NOW_MS });
  });

  test('fits the example that the authors publish, and fails with one sign changed', () => {
    const published = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const body = '{"test": 2432232314}';
    const nowMs = 1_614_265_330_000;

    expect(verify(published, { body, nowMs })).toMatchObject({ ok: true });
    expect(verify(published, { body: '{"test": 2432232315}', nowMs })).toMatchObject({ ok: false });
  });

  test("that we sign is taken by the authors' own library, whatever the text", () => {
    const nowMs = Date.now();
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
        (text, id) => {
          const { forSender } = createSecret('standard');
          const body = Buffer.from(JSON.stringify({ text }));
          const { keys } = readSecrets('standard', forSender);
          const headers = standardHeaders({ keys, id, nowMs, body });

          expect(new Webhook(forSender).verify(body, headers)).toEqual({ text });
          expect(verify(headers, { body, secret: forSender, nowMs })).toMatchObject({
            ok: true,
            deliveryId: id,
          });
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  test('is over the bytes as they came, also where they are no text', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const headers = standardHeaders({
      keys: readSecrets('standard', STANDARD_KEY).keys,
      id: 'a',
      nowMs: NOW_MS,
      body,
    });

    expect(verify(headers, { body })).toMatchObject({ ok: true });
    expect(verify(headers, { body: Buffer.from([0xff, 0xfe, 0x00, 0x81]) })).toMatchObject({ ok: false });
  });

  test('is refused with any one bit of the body changed', () => {
    const headers = signedByThem();
    const original = Buffer.from(BODY);
    fc.assert(
      fc.property(fc.nat(original.length * 8 - 1), (bit) => {
        const body = Buffer.from(original);
        body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verify(headers, { body })).toEqual({ ok: false, because: 'no_matching_secret' });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test.each([
    ['no id', { 'webhook-id': '' }, 'missing_header'],
    ['no timestamp', { 'webhook-timestamp': '' }, 'missing_header'],
    ['no signature', { 'webhook-signature': '' }, 'missing_header'],
    ['another id', { 'webhook-id': 'msg_2' }, 'no_matching_secret'],
    ['an id with a blank', { 'webhook-id': 'msg 1' }, 'bad_delivery_id'],
    ['an endless id', { 'webhook-id': 'x'.repeat(257) }, 'bad_delivery_id'],
    ['a later timestamp', { 'webhook-timestamp': String(NOW_MS / 1000 + 1) }, 'no_matching_secret'],
    ['a timestamp with a tail', { 'webhook-timestamp': `${NOW_MS / 1000}x` }, 'bad_timestamp'],
    ['a timestamp with a fraction', { 'webhook-timestamp': `${NOW_MS / 1000}.0` }, 'bad_timestamp'],
    ['a timestamp with a zero before', { 'webhook-timestamp': `0${NOW_MS / 1000}` }, 'bad_timestamp'],
    ['a timestamp in hex', { 'webhook-timestamp': '0x69f4' }, 'bad_timestamp'],
    ['a negative timestamp', { 'webhook-timestamp': '-1' }, 'bad_timestamp'],
    ['a timestamp in milliseconds', { 'webhook-timestamp': String(NOW_MS) }, 'bad_timestamp'],
    ['an endless timestamp', { 'webhook-timestamp': '9'.repeat(400) }, 'bad_timestamp'],
    ['an empty v1', { 'webhook-signature': 'v1,' }, 'no_matching_secret'],
    [
      'no version',
      { 'webhook-signature': signedByThem()['webhook-signature'].slice(3) },
      'no_matching_secret',
    ],
    [
      'another version',
      { 'webhook-signature': signedByThem()['webhook-signature'].replace('v1', 'v1a') },
      'no_matching_secret',
    ],
    [
      'a signature cut short',
      { 'webhook-signature': signedByThem()['webhook-signature'].slice(0, -2) },
      'no_matching_secret',
    ],
    [
      'a signature made longer',
      { 'webhook-signature': `${signedByThem()['webhook-signature']}AAAA` },
      'no_matching_secret',
    ],
    [
      'a signature without padding',
      { 'webhook-signature': signedByThem()['webhook-signature'].slice(0, -1) },
      'no_matching_secret',
    ],
    [
      'a signature of another key',
      signedByThem({ key: createSecret('standard').forSender }),
      'no_matching_secret',
    ],
    [
      'too many signatures',
      { 'webhook-signature': Array(33).fill('v1,AAAA').join(' ') },
      'too_many_signatures',
    ],
  ])('is refused with %s', (_what, change, because) => {
    expect(verify(withMine(change))).toEqual({ ok: false, because });
  });

  test.each(['', ' ', 'whsec_', 'whsec_AAAA'])('is refused while the secret is %j', (secret) => {
    expect(verify(signedByThem(), { secret })).toEqual({ ok: false, because: 'no_usable_secret' });
  });

  test('is never taken for the signature of an empty key', () => {
    const keys = [Buffer.alloc(0)];
    const headers = standardHeaders({ keys, id: 'msg_1', nowMs: NOW_MS, body: Buffer.from(BODY) });

    expect(verify(headers)).toMatchObject({ ok: false });
    expect(verify(headers, { secret: '' })).toMatchObject({ ok: false });
  });

  test.each([
    [-301_000, 'timestamp_ahead'],
    [-300_001, 'timestamp_ahead'],
    [-300_000, null],
    [0, null],
    [300_000, null],
    [300_999, null],
    [301_000, 'stale'],
    [86_400_000, 'stale'],
  ])("that is %i ms old is judged as by the authors' own library", (ageMs, because) => {
    const headers = signedByThem({ atMs: NOW_MS - (NOW_MS % 1000) });
    const nowMs = NOW_MS + ageMs;
    jest.useFakeTimers({ now: nowMs });
    try {
      const theirs = () => new Webhook(STANDARD_KEY).verify(BODY, headers);
      if (because === null) expect(theirs).not.toThrow();
      else expect(theirs).toThrow();
    } finally {
      jest.useRealTimers();
    }

    expect(verify(headers, { nowMs })).toMatchObject(
      because === null ? { ok: true } : { ok: false, because },
    );
  });

  test('that is old and forged is told apart from one that is old, for our own event', () => {
    const nowMs = NOW_MS + 3_600_000;

    expect(verify(signedByThem(), { nowMs })).toEqual({ ok: false, because: 'stale' });
    expect(verify(withMine({ 'webhook-id': 'x' }), { nowMs })).toEqual({
      ok: false,
      because: 'no_matching_secret',
    });
  });

  describe('while keys are rotated', () => {
    const next = createSecret('standard').forSender;
    const both = `${STANDARD_KEY}\n${next}`;

    test.each([STANDARD_KEY, next])('is taken by either key that we hold', (key) => {
      expect(verify(signedByThem({ key }), { secret: both })).toMatchObject({ ok: true });
    });

    test.each([STANDARD_KEY, next])('is taken by either key that the sender signs with', (secret) => {
      const { keys } = readSecrets('standard', both);
      const headers = standardHeaders({ keys, id: 'msg_1', nowMs: NOW_MS, body: Buffer.from(BODY) });

      expect(verify(headers, { secret })).toMatchObject({ ok: true });
      expect(() => new Webhook(STANDARD_KEY).sign('a', new Date(), '')).not.toThrow();
    });

    test('is refused by a key that was taken out', () => {
      expect(verify(signedByThem(), { secret: next })).toMatchObject({ ok: false });
    });

    test('is taken with 32 signatures, and with any number of kinds that we do not know', () => {
      const { 'webhook-signature': mine } = signedByThem();
      const others = (one: string, count: number) => `${`${one} `.repeat(count)}${mine}`;

      expect(verify(withMine({ 'webhook-signature': others('v1,AAAA', 31) }))).toMatchObject({ ok: true });
      expect(verify(withMine({ 'webhook-signature': others('v1a,AAAA', 40) }))).toMatchObject({ ok: true });
    });

    test('is taken with signatures of kinds that we do not know beside ours', () => {
      const { 'webhook-signature': mine } = signedByThem();

      expect(verify(withMine({ 'webhook-signature': `v1a,AAAA v2,x ,, ${mine} v1,zzzz` }))).toMatchObject({
        ok: true,
      });
    });
  });
});
