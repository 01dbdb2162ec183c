import { createHmac } from 'node:crypto';
import { MAX_BODY_IN_BYTES } from '../../../shared/webhooks/contentRules.ts';
import type { Delivery } from '../../../shared/webhooks/delivery.ts';
import { readSecrets } from '../../../shared/webhooks/readSecrets.ts';
import { createSecret, hashToken, signHmac } from '../../../shared/webhooks/sign.ts';
import { verifyDelivery } from '../../../shared/webhooks/verifyDelivery.ts';
import { verifyHmac } from '../../../shared/webhooks/verifyHmac.ts';
import { verifyToken } from '../../../shared/webhooks/verifyToken.ts';
import type { HmacAuthentication } from '../../../shared/webhooks/webhookSource.ts';
import { deliveryOf, NOW_MS, sourceOf, TOKEN } from './sampleSource.ts';

const KEY = 'a-key-of-an-hmac-0123456789';
const BODY = '{"action":"pause","why":"Wartung ü 日本"}';
const hex: HmacAuthentication = { type: 'hmac', header: 'x-signature', encoding: 'hex', prefix: 'sha256=' };
const bare: HmacAuthentication = { ...hex, encoding: 'base64', prefix: '' };

/** Made without any code of ours. */
const hexOf = (body: string, key = KEY) => createHmac('sha256', key).update(body).digest('hex');
const base64Of = (body: string, key = KEY) => createHmac('sha256', key).update(body).digest('base64');

function check(signature: string, { authentication = hex, secret = KEY, body = BODY } = {}) {
  const delivery = deliveryOf({ body, headers: { 'X-Signature': signature } });
  return verifyHmac({ delivery, secrets: readSecrets('hmac', secret), nowMs: NOW_MS }, authentication);
}

describe('a delivery signed by a bare HMAC', () => {
  test('fits the example that GitHub publishes', () => {
    const key = Buffer.from("It's a Secret to Everybody");

    expect(signHmac({ key, body: Buffer.from('Hello, World!'), authentication: hex })).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  test.each([
    ['hex', `sha256=${hexOf(BODY)}`, hex],
    ['hex in capitals', `sha256=${hexOf(BODY).toUpperCase()}`, hex],
    ['hex behind a prefix with capitals', `HMAC=${hexOf(BODY)}`, { ...hex, prefix: 'HMAC=' }],
    ['base64', base64Of(BODY), bare],
  ])('is taken as %s', (_what, signature, authentication) => {
    expect(check(signature, { authentication })).toEqual({ ok: true, deliveryId: null, timestampMs: null });
  });

  test.each([
    ['nothing', ''],
    ['the prefix alone', 'sha256='],
    ['no prefix', hexOf(BODY)],
    ['another prefix', `sha1=${hexOf(BODY)}`],
    ['the prefix in capitals', `SHA256=${hexOf(BODY)}`],
    ['another body', `sha256=${hexOf(`${BODY} `)}`],
    ['another key', `sha256=${hexOf(BODY, `${KEY}x`)}`],
    ['an empty key', `sha256=${hexOf(BODY, '')}`],
    ['a part of the signature', `sha256=${hexOf(BODY).slice(0, 62)}`],
    ['more than the signature', `sha256=${hexOf(BODY)}00`],
    ['the other encoding', `sha256=${base64Of(BODY)}`],
    ['two signatures', `sha256=${hexOf(BODY)}, sha256=${hexOf(BODY)}`],
  ])('is refused with %s', (_what, signature) => {
    expect(check(signature).ok).toBe(false);
  });

  test('that has no signature is told apart, for our own event', () => {
    expect(check('')).toEqual({ ok: false, because: 'missing_header' });
  });

  test('is refused when base64 is written in another way', () => {
    const signature = base64Of(BODY);

    expect(check(signature.replace('=', ''), { authentication: bare }).ok).toBe(false);
    expect(check(`${signature}=`, { authentication: bare }).ok).toBe(false);
  });

  test('is refused while the secret is empty or too short', () => {
    for (const secret of ['', ' \n', 'short']) {
      expect(check(`sha256=${hexOf(BODY, secret)}`, { secret })).toEqual({
        ok: false,
        because: 'no_usable_secret',
      });
    }
  });

  test('is taken by either of two keys while they are rotated', () => {
    const next = createSecret('hmac').forSender;

    for (const key of [KEY, next]) {
      expect(check(`sha256=${hexOf(BODY, key)}`, { secret: `${KEY}\n${next}` }).ok).toBe(true);
    }
  });
});

test('a delivery that is too large is refused whatever its proof', () => {
  const body = 'x'.repeat(MAX_BODY_IN_BYTES);
  const authentication = { type: 'hmac', header: 'x-signature', encoding: 'hex' };
  const fields = { id: '/id', action: '/action' };
  const source = sourceOf({ kind: 'generic', authentication, fields });
  const verdictOf = (text: string) => {
    const delivery = deliveryOf({ body: text, headers: { 'x-signature': hexOf(text) } });
    return verifyDelivery({ source, secretText: KEY, byEntra: null, delivery, nowMs: NOW_MS });
  };

  expect(verdictOf(body)).toMatchObject({ ok: true });
  expect(verdictOf(`${body}x`)).toEqual({ ok: false, because: 'too_large' });
});

function checkToken(delivery: Delivery, secret = hashToken(TOKEN)) {
  return verifyToken({ delivery, secrets: readSecrets('token', secret), nowMs: NOW_MS });
}

const withQuery = (query: string, headers = {}) => deliveryOf({ body: '{}', query, headers });

describe('a delivery with a token', () => {
  test.each([
    ['in the URL', withQuery(`token=${TOKEN}`)],
    ['in the URL as OAuth names it', withQuery(`access_token=${TOKEN}`)],
    ['as bearer', withQuery('', { authorization: `Bearer ${TOKEN}` })],
    ['as bearer in small letters', withQuery('', { authorization: `bearer ${TOKEN}` })],
    ['as bearer behind two blanks', withQuery('', { authorization: `Bearer  ${TOKEN}` })],
    [
      'in the URL beside a foreign bearer',
      withQuery(`token=${TOKEN}`, { authorization: 'Bearer eyJhbGciOiJub25lIn0' }),
    ],
  ])('is taken %s', (_what, delivery) => {
    expect(checkToken(delivery)).toEqual({ ok: true, deliveryId: null, timestampMs: null });
  });

  test.each([
    ['none', withQuery('')],
    ['an empty one', withQuery('token=')],
    ['another one', withQuery(`token=${TOKEN}x`)],
    ['a part of it', withQuery(`token=${TOKEN.slice(0, -1)}`)],
    ['other capitals', withQuery(`token=${TOKEN.toUpperCase()}`)],
    ['a blank behind it', withQuery(`token=${TOKEN}%20`)],
    ['its hash', withQuery(`token=${hashToken(TOKEN)}`)],
    ['an endless one', withQuery(`token=${'x'.repeat(100_000)}`)],
    ['it as basic authentication', withQuery('', { authorization: `Basic ${TOKEN}` })],
    ['it without a scheme', withQuery('', { authorization: TOKEN })],
    ['something before the bearer', withQuery('', { authorization: `x Bearer ${TOKEN}` })],
    ['something behind the bearer', withQuery('', { authorization: `Bearer ${TOKEN} x` })],
    ['it under another name', withQuery(`key=${TOKEN}`)],
    ['it second of two', withQuery(`token=x&token=${TOKEN}`)],
  ])('is refused with %s', (_what, delivery) => {
    expect(checkToken(delivery).ok).toBe(false);
  });

  test('is said to have none, for our own event, where it is missing, empty or longer than any', () => {
    for (const query of ['', 'token=', `token=${'x'.repeat(513)}`]) {
      expect(checkToken(withQuery(query))).toEqual({ ok: false, because: 'no_token' });
    }
    const longest = 'x'.repeat(512);
    expect(checkToken(withQuery(`token=${longest}`), hashToken(longest)).ok).toBe(true);
  });

  test('is refused while no hash is stored, or the token itself', () => {
    for (const secret of ['', TOKEN]) {
      expect(checkToken(withQuery(`token=${TOKEN}`), secret)).toEqual({
        ok: false,
        because: 'no_usable_secret',
      });
    }
  });

  test('is taken by either of two while they are rotated, and not by a third', () => {
    const tokens = [TOKEN, 'the-next-token-0123456789', 'one-too-many-0123456789'];
    const secret = tokens.map(hashToken).join('\n');

    expect(tokens.map((token) => checkToken(withQuery(`token=${token}`), secret).ok)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
