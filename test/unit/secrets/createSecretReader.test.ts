import { defaultSecretLimits } from '../../../shared/secrets/secretLimits.ts';
import { HOUR_IN_MS, MINUTE_IN_MS, restError, secretsUnderTest } from './secretsUnderTest.ts';

const first = { ok: true, value: 'first-value', version: 'version-1', isStale: false };
const second = { ok: true, value: 'second-value', version: 'version-2', isStale: false };
const stale = { ...first, isStale: true };
const failed = (code: string) => ({ ok: false, failure: { code, message: expect.any(String) } });

describe('a secret that is read', () => {
  test('is asked for once, however often it is needed within its time, in any case of its name', async () => {
    const { reader, clock, vault } = secretsUnderTest();

    expect(await reader.read('partner-app')).toEqual(first);
    await clock.advance(8 * MINUTE_IN_MS);
    expect(await reader.read('Partner-App')).toEqual(first);

    expect(vault.reads).toEqual(['partner-app']);
  });

  test('is asked for once when a thousand callers need it together', async () => {
    const { reader, vault } = secretsUnderTest();

    const answers = await Promise.all(Array.from({ length: 1_000 }, () => reader.read('partner-app')));

    expect(new Set(answers.map((answer) => answer.ok && answer.value))).toEqual(new Set(['first-value']));
    expect(vault.reads).toHaveLength(1);
  });

  test('is read anew after its time, so that a rotated value is found without a restart', async () => {
    const { reader, clock, rotate } = secretsUnderTest();
    await reader.read('partner-app');
    rotate();

    await clock.advance(11 * MINUTE_IN_MS);

    expect(await reader.read('partner-app')).toEqual(second);
  });

  test('is read anew at another instant by each app, so that they do not all come at once', async () => {
    const freshForInMs = await Promise.all(
      [1, 2, 3, 4, 5].map(async (seed) => {
        const { reader, clock, vault } = secretsUnderTest({ seed });
        await reader.read('partner-app');
        let passedInMs = 0;
        while (vault.reads.length === 1) {
          await clock.advance(1_000);
          passedInMs += 1_000;
          await reader.read('partner-app');
        }
        return passedInMs;
      }),
    );

    expect(new Set(freshForInMs).size).toBe(5);
    expect(Math.min(...freshForInMs)).toBeGreaterThanOrEqual(9 * MINUTE_IN_MS);
    expect(Math.max(...freshForInMs)).toBeLessThanOrEqual(11 * MINUTE_IN_MS);
  });

  test('is read anew after the clock was set back, and not kept an hour longer', async () => {
    const { reader, clock, rotate } = secretsUnderTest();
    await clock.advance(HOUR_IN_MS);
    await reader.read('partner-app');
    rotate();

    await clock.advance(-HOUR_IN_MS);

    expect(await reader.read('partner-app')).toEqual(second);
  });
});

describe('a secret whose value was refused', () => {
  test('is read past the cache, once for all who were refused', async () => {
    const { reader, clock, vault, rotate } = secretsUnderTest();
    await reader.read('partner-app');
    await clock.advance(MINUTE_IN_MS);
    rotate();

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => reader.refresh('partner-app', 'version-1')),
    );

    expect(answers).toEqual(Array.from({ length: 100 }, () => second));
    expect(await reader.refresh('partner-app', 'version-1')).toEqual(second);
    expect(vault.reads).toHaveLength(2);
  });

  test('is not read again when a newer value than the refused one has been read since', async () => {
    const { reader, clock, vault, rotate } = secretsUnderTest();
    await reader.read('partner-app');
    rotate();
    await clock.advance(11 * MINUTE_IN_MS);
    await reader.read('partner-app');
    await clock.advance(MINUTE_IN_MS);

    expect(await reader.refresh('partner-app', 'version-1')).toEqual(second);

    expect(vault.reads).toHaveLength(2);
  });

  test('is not read again and again for somebody who is refused all the time', async () => {
    const { reader, clock, vault } = secretsUnderTest();
    await reader.read('partner-app');

    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1_000);
      expect(await reader.refresh('partner-app', 'version-1')).toEqual(first);
    }

    expect(vault.reads.length).toBeLessThanOrEqual(7);
  });

  test('is not handed out again by a refresh while the vault is down, but still to others', async () => {
    const { reader, clock, vault, settled } = secretsUnderTest();
    await reader.read('partner-app');
    await clock.advance(MINUTE_IN_MS);
    vault.error = restError(500);

    expect(await settled(reader.refresh('partner-app', 'version-1'))).toEqual(failed('vault_unavailable'));

    expect(await reader.read('partner-app')).toEqual(first);
  });
});

describe('while the vault cannot be asked', () => {
  test.each([
    ['answers 500', restError(500)],
    ['is throttled', restError(429)],
    ['cannot be reached', Object.assign(new Error('connect ECONNREFUSED'), { name: 'RestError' })],
    ['gets no token', Object.assign(new Error('x'), { name: 'CredentialUnavailableError' })],
    ['refuses the token', restError(401)],
  ])('and %s, the old value is handed out and called stale', async (_how, error) => {
    const { reader, clock, vault, settled } = secretsUnderTest();
    await reader.read('partner-app');
    vault.error = error;
    await clock.advance(HOUR_IN_MS);

    expect(await settled(reader.read('partner-app'))).toEqual(stale);
  });

  test('the old value is handed out for six hours and no longer', async () => {
    const { reader, clock, vault, settled } = secretsUnderTest();
    await reader.read('partner-app');
    vault.error = restError(500);

    await clock.advance(5.9 * HOUR_IN_MS);
    expect(await settled(reader.read('partner-app'))).toEqual(stale);
    await clock.advance(0.1 * HOUR_IN_MS);
    expect(await settled(reader.read('partner-app'))).toEqual(failed('vault_unavailable'));
  });

  test('and when it can be again, the new value comes within seconds', async () => {
    const { reader, clock, vault, rotate, settled } = secretsUnderTest();
    await reader.read('partner-app');
    vault.error = restError(500);
    await clock.advance(HOUR_IN_MS);
    await settled(reader.read('partner-app'));
    vault.error = null;
    rotate();

    await clock.advance(defaultSecretLimits.failureStandsForInMs);

    expect(await reader.read('partner-app')).toEqual(second);
  });

  test('a value that was never read is a failure that says so, tried twice', async () => {
    const { reader, vault, settled } = secretsUnderTest();
    vault.error = restError(500);

    expect(await settled(reader.read('partner-app'))).toEqual(failed('vault_unavailable'));

    expect(vault.reads).toHaveLength(2);
  });

  test('one bad answer is not noticed by whoever reads', async () => {
    const { reader, clock, vault } = secretsUnderTest();
    vault.error = restError(500);
    const answering = reader.read('partner-app');
    await clock.advance(1);
    vault.error = null;

    await clock.advance(defaultSecretLimits.backOffCapInMs);

    expect(await answering).toEqual(first);
  });

  test('a vault that never answers holds its caller up for seconds, not for ever', async () => {
    const { reader, clock, vault, settled } = secretsUnderTest();
    vault.isHanging = true;
    const fromMs = clock.now();

    expect(await settled(reader.read('partner-app'))).toEqual(failed('vault_unavailable'));

    expect(clock.now() - fromMs).toBeLessThan(12_000);
  });

  test('it is not asked at every call', async () => {
    const { reader, clock, vault, settled } = secretsUnderTest();
    vault.error = restError(500);
    await settled(reader.read('partner-app'));
    const reads = vault.reads.length;

    for (let call = 0; call < 100; call += 1) {
      expect(await reader.read('partner-app')).toEqual(failed('vault_unavailable'));
      await clock.advance(10);
    }

    expect(vault.reads).toHaveLength(reads);
  });
});

describe('a throttled vault', () => {
  test('is asked for nothing at all until it may be, and then again', async () => {
    const { reader, clock, vault } = secretsUnderTest();
    vault.error = restError(429, { 'retry-after': '30' });
    expect(await reader.read('partner-app')).toEqual(failed('vault_throttled'));
    vault.error = null;

    await clock.advance(29_000);
    expect(await reader.read('another')).toEqual(failed('vault_throttled'));
    expect(vault.reads).toEqual(['partner-app']);
    await clock.advance(1_000);
    expect(await reader.read('another')).toEqual(first);
  });

  test('is obeyed for a minute at most, however long it asks for', async () => {
    const { reader, clock, vault } = secretsUnderTest();
    vault.error = restError(429, { 'retry-after': '86400' });
    await reader.read('partner-app');
    vault.error = null;

    await clock.advance(MINUTE_IN_MS);

    expect(await reader.read('partner-app')).toEqual(first);
  });

  test('is asked again at once when the clock was set back meanwhile', async () => {
    const { reader, clock, vault } = secretsUnderTest();
    vault.error = restError(429, { 'retry-after': '30' });
    await reader.read('partner-app');
    vault.error = null;

    await clock.advance(-HOUR_IN_MS);

    expect(await reader.read('partner-app')).toEqual(first);
  });
});

describe('a secret that was taken away', () => {
  test.each([
    ['deleted', restError(404), 'secret_not_found'],
    ['forbidden', restError(403), 'secret_forbidden'],
  ])(
    'because it is %s, is not used any longer, not even when the vault fails afterwards',
    async (_how, error, code) => {
      const { reader, clock, vault, settled } = secretsUnderTest();
      await reader.read('partner-app');
      vault.error = error;

      await clock.advance(11 * MINUTE_IN_MS);
      expect(await reader.read('partner-app')).toEqual(failed(code));
      vault.error = restError(500);
      await clock.advance(MINUTE_IN_MS);
      expect(await settled(reader.read('partner-app'))).toEqual(failed('vault_unavailable'));
    },
  );

  test('and an empty value is as good as none', async () => {
    const { reader, vault } = secretsUnderTest();
    vault.value = '';

    expect(await reader.read('partner-app')).toEqual(failed('secret_not_found'));
  });

  test('a name that no secret can have is not asked for', async () => {
    const { reader, vault } = secretsUnderTest();

    for (const name of ['', 'a/b', '../keys', 'a'.repeat(128), 'ä']) {
      expect(await reader.read(name)).toEqual(failed('secret_not_found'));
      expect(await reader.refresh(name, 'x')).toEqual(failed('secret_not_found'));
    }

    expect(vault.reads).toEqual([]);
  });
});
