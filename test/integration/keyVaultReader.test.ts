import { randomUUID } from 'node:crypto';
import { IMPATIENT, startVaultUnderTest, type VaultUnderTest, type VaultUser } from './keyVaultUnderTest.ts';

const HOUR_IN_MS = 3_600_000;
const failed = (code: string) => ({ ok: false, failure: { code, message: expect.any(String) } });

// A process that loads the SDKs takes seconds to start on a busy machine.
jest.setTimeout(60_000);

describe('the reader of secrets, over TLS with the managed identity', () => {
  let cloud: VaultUnderTest;
  let user: VaultUser;

  beforeAll(async () => {
    cloud = await startVaultUnderTest();
    user = await cloud.startUser();
  });

  afterEach(async () => {
    cloud.vault.clearFaults();
    // Past whatever failure still stands.
    await user.do({ do: 'moveClock', byInMs: 24 * HOUR_IN_MS });
  });
  afterAll(() => cloud.stop());

  /** A secret that nobody has read yet. */
  function newSecret() {
    const name = `secret-${randomUUID()}`;
    const value = `value-${randomUUID()}`;
    return { name, value, version: cloud.vault.setSecret(name, value) };
  }

  const readsOf = (name: string) =>
    cloud.vault.requests.filter((request) => request.name === name && request.status !== 401).length;

  test('asks the vault once for a thousand callers', async () => {
    const { name, value, version } = newSecret();

    const answers = await user.do({ do: 'read', name, times: 1_000 });

    expect(answers).toEqual(
      Array.from({ length: 1_000 }, () => ({ ok: true, value, version, isStale: false })),
    );
    expect(readsOf(name)).toBe(1);
  });

  test('finds a rotated value when the old one was refused', async () => {
    const { name, version } = newSecret();
    await user.do({ do: 'read', name });
    await user.do({ do: 'moveClock', byInMs: 60_000 });
    const newer = cloud.vault.setSecret(name, 'rotated');

    expect(await user.do({ do: 'refresh', name, refusedVersion: version })).toEqual({
      ...{ ok: true, value: 'rotated', version: newer, isStale: false },
    });
  });

  test.each([
    ['forbidden', { kind: 'forbidden' }, 'secret_forbidden'],
    ['not found', { kind: 'notFound' }, 'secret_not_found'],
    ['throttled', { kind: 'throttled', retryAfterInSeconds: 3_600 }, 'vault_throttled'],
    ['an error of its own', { kind: 'serverError' }, 'vault_unavailable'],
    ['a cut connection', { kind: 'reset', takesEffect: false }, 'vault_unavailable'],
  ] as const)('says what it is when the vault answers with %s', async (_what, fault, code) => {
    const { name } = newSecret();
    cloud.vault.planFault({ fault, count: Number.POSITIVE_INFINITY, operation: 'any' });

    expect(await user.do({ do: 'read', name })).toEqual(failed(code));
  });

  test('waits for a vault that is slow', async () => {
    const { name, value } = newSecret();
    cloud.vault.planFault({ fault: { kind: 'slow', delayInMs: 50 }, count: 1, operation: 'get' });

    expect(await user.do({ do: 'read', name })).toMatchObject({ ok: true, value, isStale: false });
  });

  test('does not show that one answer was bad', async () => {
    const { name, value } = newSecret();
    cloud.vault.planFault({ fault: { kind: 'serverError' }, count: 1, operation: 'get' });

    expect(await user.do({ do: 'read', name })).toMatchObject({ ok: true, value, isStale: false });
  });

  test('tells a disabled secret from a forbidden one', async () => {
    const { name, version } = newSecret();
    await user.do({ do: 'enable', name, version, enabled: false });

    expect(await user.do({ do: 'read', name })).toEqual({
      ok: false,
      failure: { code: 'secret_forbidden', message: `the latest version of the secret ${name} is disabled` },
    });
  });

  test('hands out the old value as stale for hours while the vault is down, and then none', async () => {
    const { name, value } = newSecret();
    await user.do({ do: 'read', name });
    cloud.vault.planFault({
      ...{ fault: { kind: 'serverError' }, count: Number.POSITIVE_INFINITY, operation: 'any' },
    });

    await user.do({ do: 'moveClock', byInMs: HOUR_IN_MS });
    expect(await user.do({ do: 'read', name })).toMatchObject({ ok: true, value, isStale: true });
    await user.do({ do: 'moveClock', byInMs: 6 * HOUR_IN_MS });
    expect(await user.do({ do: 'read', name })).toEqual(failed('vault_unavailable'));
  });

  test('says that the identity gave no token', async () => {
    const { name } = newSecret();
    const fresh = await cloud.startUser();
    cloud.identity.failNext(1, { kind: 'status', status: 400 });

    expect(await fresh.do({ do: 'read', name })).toEqual({
      ok: false,
      failure: { code: 'vault_unavailable', message: expect.stringContaining('gave no token for Key Vault') },
    });
  });

  test('leaves no value and no token in what the process writes at its most talkative, nor in the log of the vault', async () => {
    const { name, value } = newSecret();
    const fresh = await cloud.startUser();
    await fresh.do({ do: 'read', name });
    await fresh.do({ do: 'set', name, value: `${value}-written` });
    await fresh.do({ do: 'get', name });
    cloud.vault.planFault({ fault: { kind: 'forbidden' }, count: 1, operation: 'any' });
    await expect(fresh.do({ do: 'get', name })).rejects.toMatchObject({ statusCode: 403 });

    const written = fresh.output();

    expect(written).toContain(`/secrets/${name}`);
    expect(cloud.tokens.length).toBeGreaterThan(0);
    for (const secret of [value, ...cloud.tokens, cloud.identity.header]) {
      expect(written.includes(secret)).toBe(false);
      expect(JSON.stringify(cloud.vault.requests)).not.toContain(secret);
    }
  });

  // The last one: on a busy machine it may leave a fault of the identity behind.
  test('is held up neither by an identity nor by a vault that never answers', async () => {
    const impatient = await cloud.startUser(IMPATIENT);
    cloud.identity.failNext(2, { kind: 'hang' });
    expect(await impatient.do({ do: 'read', name: newSecret().name })).toEqual(failed('vault_unavailable'));

    const fault = { kind: 'hang' } as const;
    cloud.vault.planFault({ fault, count: Number.POSITIVE_INFINITY, operation: 'any' });
    expect(await impatient.do({ do: 'read', name: newSecret().name })).toEqual({
      ok: false,
      failure: { code: 'vault_unavailable', message: expect.stringContaining('did not answer within 0.3 s') },
    });
  });
});
