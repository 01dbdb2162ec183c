import { readSecrets } from '../../../shared/webhooks/readSecrets.ts';
import { createSecret, hashToken } from '../../../shared/webhooks/sign.ts';
import { STANDARD_KEY } from './sampleSource.ts';

const base64 = STANDARD_KEY.slice('whsec_'.length);

describe('the text of a secret', () => {
  test.each([
    [STANDARD_KEY, 1],
    [base64, 1],
    [`  ${STANDARD_KEY}\r\n`, 1],
    [`${STANDARD_KEY}\n${createSecret('standard').forKeyVault} ${base64}`, 3],
  ])('holds the keys of Standard Webhooks, with or without their prefix: %j', (text, count) => {
    const read = readSecrets('standard', text);

    expect(read).toMatchObject({ unusable: 0, keys: { length: count } });
    expect(read.keys[0]).toEqual(Buffer.from(base64, 'base64'));
  });

  test('holds a key whose padding was not copied', () => {
    const [padded, bytes] = [Buffer.alloc(20, 7).toString('base64'), Buffer.alloc(20, 7)];

    expect(padded.endsWith('=')).toBe(true);
    for (const text of [padded, padded.replace(/=+$/, ''), `whsec_${padded.replace(/=+$/, '')}`]) {
      expect(readSecrets('standard', text)).toEqual({ unusable: 0, keys: [bytes] });
    }
  });

  test.each([
    '',
    '  \n ',
    'whsec_',
    'whsec_AAAA',
    'whsec_!!!!',
    `${STANDARD_KEY}=`,
    'whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_whsec_',
    `${base64.slice(0, 8)}whsec_${base64.slice(8)}`,
  ])('has no key of Standard Webhooks in %j', (text) => {
    expect(readSecrets('standard', text).keys).toEqual([]);
  });

  test.each(['standard', 'hmac', 'token'] as const)('that is empty gives no key for %s', (type) => {
    expect(readSecrets(type, '')).toEqual({ keys: [], unusable: 0 });
  });

  test('counts what cannot be used and goes on with the rest', () => {
    expect(readSecrets('standard', `broken ${STANDARD_KEY} AAAA`)).toMatchObject({
      unusable: 2,
      keys: { length: 1 },
    });
    expect(readSecrets('hmac', 'short long-enough-to-be-a-key')).toMatchObject({
      unusable: 1,
      keys: { length: 1 },
    });
  });

  test('holds two tokens at most, by their hashes and never by themselves', () => {
    const hashes = ['one', 'two', 'three'].map(hashToken);

    expect(readSecrets('token', hashes.join('\n'))).toEqual({
      unusable: 1,
      keys: hashes.slice(0, 2).map((hash) => Buffer.from(hash, 'hex')),
    });
    expect(readSecrets('token', 'a-token-by-itself-0123456789')).toEqual({ unusable: 1, keys: [] });
  });

  test.each(['standard', 'hmac'] as const)('is a key for %s of 16 to 512 bytes', (type) => {
    const textOf = (bytes: number) =>
      type === 'hmac' ? 'k'.repeat(bytes) : Buffer.alloc(bytes, 7).toString('base64');
    const read = [15, 16, 512, 513].map((bytes) => readSecrets(type, textOf(bytes)).keys.length);

    expect(read).toEqual([0, 1, 1, 0]);
  });

  test('is the hash of a token and nothing around it', () => {
    const hash = hashToken('one');

    expect(readSecrets('token', `x${hash} ${hash}00 ${hash}`)).toMatchObject({
      unusable: 2,
      keys: { length: 1 },
    });
  });

  test('is bounded in the number of keys that are tried', () => {
    const many = Array.from({ length: 50 }, () => createSecret('standard').forKeyVault).join(' ');

    expect(readSecrets('standard', many)).toMatchObject({ unusable: 42, keys: { length: 8 } });
  });

  test.each(['standard', 'hmac', 'token'] as const)(
    'made here can be used, and no two are alike: %s',
    (type) => {
      const [first, second] = [createSecret(type), createSecret(type)];

      expect(readSecrets(type, `${first.forKeyVault} ${second.forKeyVault}`)).toMatchObject({
        unusable: 0,
        keys: { length: 2 },
      });
      expect(first.forSender).not.toBe(second.forSender);
      expect(first.forSender.length).toBeGreaterThanOrEqual(43);
    },
  );
});
