import { randomUUID } from 'node:crypto';
import { KEY_VAULT_RESOURCE } from '../../local/keyVault/startKeyVault.ts';
import {
  CLIENT_ID,
  startVaultUnderTest,
  TENANT_ID,
  type VaultUnderTest,
  type VaultUser,
} from './keyVaultUnderTest.ts';

// A process that loads the SDKs takes seconds to start on a busy machine.
jest.setTimeout(60_000);

describe('the Key Vault of the local cloud, used by the real client', () => {
  let cloud: VaultUnderTest;
  let user: VaultUser;

  beforeAll(async () => {
    cloud = await startVaultUnderTest();
    user = await cloud.startUser();
  });

  afterEach(() => cloud.vault.clearFaults());
  afterAll(() => cloud.stop());

  const newName = () => `secret-${randomUUID()}`;

  test('takes a client from its challenge to the value with no check switched off', async () => {
    const name = newName();
    const version = cloud.vault.setSecret(name, 'the-value');
    const fresh = await cloud.startUser();
    const from = cloud.vault.requests.length;

    expect(await fresh.do({ do: 'get', name })).toMatchObject({
      ...{ name, value: 'the-value' },
      properties: { version, enabled: true, vaultUrl: cloud.vault.url },
    });

    expect(cloud.vault.requests.slice(from)).toEqual([
      { operation: 'get', name, version: null, clientId: null, status: 401 },
      { operation: 'get', name, version: null, clientId: CLIENT_ID, status: 200 },
    ]);
    expect(cloud.identity.requests.at(-1)).toMatchObject({ resource: KEY_VAULT_RESOURCE });
  });

  test('makes a new version at each write and keeps the old ones', async () => {
    const name = newName();

    await user.do({ do: 'set', name, value: 'first' });
    await user.do({ do: 'set', name: name.toUpperCase(), value: 'second' });

    expect(await user.do({ do: 'get', name })).toMatchObject({
      value: 'second',
      properties: { contentType: 'text/plain', tags: { for: 'a test' }, recoverableDays: 90 },
    });
    const [old] = cloud.vault.versions(name);
    const version = old?.version ?? '';
    expect(await user.do({ do: 'get', name, version })).toMatchObject({ value: 'first' });
  });

  test('gives no value of a disabled version, and gives it again when it is enabled', async () => {
    const name = newName();
    const version = cloud.vault.setSecret(name, 'the-value');

    expect(await user.do({ do: 'enable', name, version, enabled: false })).toMatchObject({ enabled: false });
    await expect(user.do({ do: 'get', name })).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' });
    await user.do({ do: 'enable', name, version, enabled: true });

    expect(await user.do({ do: 'get', name })).toMatchObject({ value: 'the-value' });
  });

  test('lists all versions over its pages, in no order of time, without their values', async () => {
    const name = newName();
    const written = Array.from({ length: 60 }, (_, index) => cloud.vault.setSecret(name, `value-${index}`));
    const from = cloud.vault.requests.length;

    const listed = await user.do({ do: 'listVersions', name });

    expect(listed).toEqual([...written].sort().map((version) => expect.objectContaining({ version })));
    expect(JSON.stringify(listed)).not.toContain('value-');
    expect(cloud.vault.requests.slice(from)).toHaveLength(3);
    expect(await user.do({ do: 'listVersions', name: newName() })).toEqual([]);
  });

  test('lists its secrets', async () => {
    const name = newName();
    cloud.vault.setSecret(name, 'the-value');

    expect(await user.do({ do: 'list' })).toContainEqual(expect.objectContaining({ name }));
  });

  test('keeps a deleted secret and its name until it is purged', async () => {
    const name = newName();
    cloud.vault.setSecret(name, 'the-value');

    await user.do({ do: 'delete', name });
    await expect(user.do({ do: 'get', name })).rejects.toMatchObject({ code: 'SecretNotFound' });
    await expect(user.do({ do: 'set', name, value: 'x' })).rejects.toMatchObject({ statusCode: 409 });
    expect(await user.do({ do: 'getDeleted', name })).toMatchObject({ name });
    await user.do({ do: 'recover', name });
    expect(await user.do({ do: 'get', name })).toMatchObject({ value: 'the-value' });
    await user.do({ do: 'delete', name });
    await user.do({ do: 'purge', name });
    await expect(user.do({ do: 'recover', name })).rejects.toMatchObject({ code: 'SecretNotFound' });

    expect(await user.do({ do: 'set', name, value: 'anew' })).toMatchObject({ value: 'anew' });
  });

  test('has no secret that was never written, nor a version', async () => {
    const name = newName();
    await expect(user.do({ do: 'get', name })).rejects.toMatchObject({ statusCode: 404 });
    cloud.vault.setSecret(name, 'the-value');

    await expect(user.do({ do: 'get', name, version: 'f'.repeat(32) })).rejects.toMatchObject({
      code: 'SecretNotFound',
    });
  });

  test.each([
    ['forbidden', { kind: 'forbidden' }, { statusCode: 403, code: 'Forbidden' }],
    ['not found', { kind: 'notFound' }, { statusCode: 404, code: 'SecretNotFound' }],
    ['throttled', { kind: 'throttled', retryAfterInSeconds: 0 }, { statusCode: 429, code: 'Throttled' }],
    ['an error of its own', { kind: 'serverError' }, { statusCode: 500 }],
    ['a cut connection', { kind: 'reset', takesEffect: false }, { statusCode: null }],
  ] as const)('answers with %s when told to, until it is told to stop', async (_what, fault, error) => {
    const name = newName();
    cloud.vault.setSecret(name, 'the-value');
    cloud.vault.planFault({ fault, count: Number.POSITIVE_INFINITY, operation: 'get' });

    await expect(user.do({ do: 'get', name })).rejects.toMatchObject(error);
    expect(await user.do({ do: 'set', name, value: 'written' })).toMatchObject({ value: 'written' });
    cloud.vault.clearFaults();

    expect(await user.do({ do: 'get', name })).toMatchObject({ value: 'written' });
  });

  test('fails as often as it is told, then no more, and the client never notices one throttled answer', async () => {
    const name = newName();
    cloud.vault.setSecret(name, 'the-value');
    const fault = { kind: 'throttled', retryAfterInSeconds: 0 } as const;
    cloud.vault.planFault({ fault, count: 1, operation: 'any' });

    expect(await user.do({ do: 'get', name })).toMatchObject({ value: 'the-value' });
  });

  test('can cut the connection after a write took effect', async () => {
    const name = newName();
    const fault = { kind: 'reset', takesEffect: true } as const;
    cloud.vault.planFault({ fault, count: 1, operation: 'set' });

    await user.do({ do: 'set', name, value: 'the-value' });

    expect(cloud.vault.versions(name)).toHaveLength(2);
  });

  test.each([
    ['for another resource', { audience: 'https://api.partnercenter.microsoft.com' }],
    ['of another tenant', { tenantId: '99999999-9999-4999-8999-999999999999' }],
    ['that has expired', { lifetimeInSeconds: -60 }],
  ])('challenges whoever brings a token %s', async (_which, wrong) => {
    const name = newName();
    cloud.vault.setSecret(name, 'the-value');
    const token = await cloud.issuer.issue({
      ...{ kind: 'app', mfa: false, userName: null, clientId: CLIENT_ID, tenantId: TENANT_ID },
      ...{ audience: KEY_VAULT_RESOURCE, issuedAtMs: Date.now(), lifetimeInSeconds: 60, ...wrong },
    });

    expect(await user.do({ do: 'fetch', path: `/secrets/${name}?api-version=2026-04-01`, token })).toEqual({
      status: 401,
      challenge: `Bearer authorization="https://login.localhost/${TENANT_ID}", resource="${KEY_VAULT_RESOURCE}"`,
      body: { error: { code: 'Unauthorized', message: expect.any(String) } },
    });
  });

  test('is served over TLS that only those trust who chose to', async () => {
    const stranger = await cloud.startUser({ NODE_EXTRA_CA_CERTS: '' });

    await expect(stranger.do({ do: 'get', name: newName() })).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  test.each(['localhost', 'login.localhost', 'any.vault.localhost', 'INGEST.localhost'])(
    'finds %s on loopback, whatever the resolver says',
    async (name) => {
      expect(await user.do({ do: 'resolve', name })).toEqual({ address: '127.0.0.1', family: 4 });
    },
  );
});
