import { randomUUID } from 'node:crypto';
import { ManagedIdentityCredential } from '@azure/identity';
import { type IdentityEndpoint, startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { createTokenIssuer, type TokenIssuer } from '../../local/tokens/tokenIssuer.ts';

const resource = 'https://api.partnercenter.microsoft.com';
const scope = `${resource}/.default`;
const systemClientId = '11111111-1111-4111-8111-111111111111';

// MSAL keeps the first endpoint of the process in a static: so there is one for all tests, and one identity for each.
describe('the managed identity endpoint of the local cloud', () => {
  const userAssignedClientIds = Array.from({ length: 8 }, () => randomUUID());
  const identities = userAssignedClientIds.values();
  const nextIdentity = () => identities.next().value ?? '';
  let issuer: TokenIssuer;
  let endpoint: IdentityEndpoint;

  beforeAll(async () => {
    issuer = await createTokenIssuer();
    endpoint = await startIdentityEndpoint({
      port: 0,
      issuer,
      header: 'identity-secret',
      tenantId: '22222222-2222-4222-8222-222222222222',
      clientId: systemClientId,
      userAssignedClientIds,
      lifetimeInSeconds: 3_600,
      nowMs: () => Date.now(),
    });
    Object.assign(process.env, { IDENTITY_ENDPOINT: endpoint.url, IDENTITY_HEADER: endpoint.header });
  });

  afterAll(async () => {
    await endpoint.close();
  });

  test('gives the real credential a token that the Insights API takes', async () => {
    const clientId = nextIdentity();

    const token = await new ManagedIdentityCredential({ clientId }).getToken(scope);

    const verdict = await issuer.verify(token.token, { audience: resource, nowMs: Date.now() });
    expect(verdict).toMatchObject({ ok: true, principal: { kind: 'app', clientId, mfa: false } });
    expect(token.expiresOnTimestamp - Date.now()).toBeGreaterThan(3_500_000);
    expect(endpoint.requests.at(-1)).toEqual({ resource, clientId, status: 200 });
  });

  test('gives the system-assigned identity where no client id is named', async () => {
    const token = await new ManagedIdentityCredential().getToken(scope);

    const verdict = await issuer.verify(token.token, { audience: resource, nowMs: Date.now() });
    expect(verdict).toMatchObject({ ok: true, principal: { clientId: systemClientId } });
  });

  test.each([
    ['no secret', {}, `api-version=2019-08-01&resource=${resource}`, 401],
    ['a wrong secret', { 'x-identity-header': 'x' }, `api-version=2019-08-01&resource=${resource}`, 401],
    [
      'an old api-version',
      { 'x-identity-header': 'identity-secret' },
      `api-version=2017-09-01&resource=${resource}`,
      400,
    ],
    ['no resource', { 'x-identity-header': 'identity-secret' }, 'api-version=2019-08-01', 400],
    [
      'an unknown identity',
      { 'x-identity-header': 'identity-secret' },
      `api-version=2019-08-01&resource=${resource}&client_id=x`,
      400,
    ],
  ])('refuses %s', async (_what, headers, query, status) => {
    const response = await fetch(`${endpoint.url}?${query}`, {
      headers: new Headers(Object.entries(headers)),
    });

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ statusCode: status, message: expect.any(String) });
  });

  test('answers 404 beside its path', async () => {
    expect((await fetch(new URL('/other', endpoint.url))).status).toBe(404);
  });

  test('fails as often as it was told, and the credential gets over it', async () => {
    const before = endpoint.requests.length;
    const clientId = nextIdentity();
    endpoint.failNext(1, { kind: 'status', status: 500 });

    await new ManagedIdentityCredential({ clientId }).getToken(scope);

    expect(endpoint.requests.slice(before).map(({ status }) => status)).toEqual([500, 200]);
  });

  test('tells a caller to wait when it was told to', async () => {
    endpoint.failNext(1, { kind: 'status', status: 429, retryAfterInSeconds: 7 });

    const response = await ask();

    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await ask()).status).toBe(200);
  });

  test('can reset a connection, and hang until the caller gives up', async () => {
    endpoint.failNext(1, { kind: 'reset' });
    await expect(ask()).rejects.toThrow('fetch failed');

    endpoint.failNext(1, { kind: 'hang' });
    await expect(ask(AbortSignal.timeout(50))).rejects.toThrow('aborted');
    expect(endpoint.requests.at(-1)?.status).toBe(0);
  });

  test('can be slow', async () => {
    endpoint.failNext(1, { kind: 'slow', delayInMs: 60 });
    const startedAtMs = performance.now();

    expect((await ask()).status).toBe(200);

    expect(performance.now() - startedAtMs).toBeGreaterThan(50);
  });

  const ask = (signal: AbortSignal | null = null) =>
    fetch(`${endpoint.url}?api-version=2019-08-01&resource=${resource}`, {
      headers: { 'x-identity-header': endpoint.header },
      signal,
    });
});
