import { randomUUID } from 'node:crypto';
import { ManagedIdentityCredential } from '@azure/identity';
import type { IdentityFault } from '../../local/identity/identityFault.ts';
import { type IdentityEndpoint, startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { explainVaultError } from '../../shared/secrets/explainVaultError.ts';
import { identityToken } from '../../shared/signIn/managedIdentity.ts';

const RESOURCE = 'https://api.partnercenter.microsoft.com';
const SECRET = 'do-not-show-this';

const answer = (status: number, body: Readonly<Record<string, unknown>> | string): IdentityFault => ({
  ...{ kind: 'answer', status, body },
});

/** As App Service words it; its 404s begin with capitals. */
const appService = (status: number, message: string) =>
  answer(status, { statusCode: status, message: `${message} ${SECRET}`, correlationId: randomUUID() });

// MSAL keeps the first endpoint of the process in a static: so there is one for all tests, and one identity for each.
describe('what the endpoint of the managed identity answers, through the real SDK', () => {
  const userAssignedClientIds = Array.from({ length: 40 }, () => randomUUID());
  const identities = userAssignedClientIds.values();
  let endpoint: IdentityEndpoint;

  beforeAll(async () => {
    endpoint = await startIdentityEndpoint({
      ...{ port: 0, issuer: await createTokenIssuer(), header: 'identity-secret', clientId: randomUUID() },
      ...{ tenantId: randomUUID(), userAssignedClientIds, lifetimeInSeconds: 3_600, nowMs: Date.now },
    });
    Object.assign(process.env, { IDENTITY_ENDPOINT: endpoint.url, IDENTITY_HEADER: endpoint.header });
  });
  afterAll(() => endpoint.close());

  /** The SDK would ask again for seconds; what is told is the same. */
  const credential = () =>
    new ManagedIdentityCredential({
      clientId: identities.next().value ?? '',
      retryOptions: { maxRetries: 0 },
    });

  test.each<[string, IdentityFault, string, boolean]>([
    [
      'no such identity',
      appService(
        400,
        'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
      ),
      'identity_missing',
      true,
    ],
    [
      'no identity, in the words of a virtual machine',
      answer(400, { error: 'invalid_request', error_description: `Identity not found ${SECRET}` }),
      'identity_missing',
      true,
    ],
    [
      'that Entra refuses it',
      appService(400, 'AADSTS500011: The resource principal named'),
      'sign_in_failed',
      false,
    ],
    ['a wrong header', appService(401, 'Unauthorized'), 'identity_unavailable', true],
    ['a ban', appService(403, 'Forbidden'), 'identity_unavailable', true],
    ['nothing there', answer(404, { StatusCode: 404, Message: SECRET }), 'identity_unavailable', true],
    ['that it is gone for now', appService(410, 'Gone'), 'identity_unavailable', true],
    ['to wait', appService(429, 'Too many requests'), 'identity_unavailable', true],
    [
      "a fault, in Azure's JSON",
      appService(500, 'An unexpected error occured while fetching the AAD Token.'),
      'identity_unavailable',
      true,
    ],
    ['a fault of a gateway', answer(503, `<html>${SECRET}</html>`), 'identity_unavailable', true],
    ['a page', answer(200, `<html>${SECRET}</html>`), 'identity_unavailable', true],
    ['JSON without a token', answer(200, { message: SECRET }), 'identity_unavailable', true],
    ['nothing at all', { kind: 'reset' }, 'identity_unavailable', true],
  ])('%s', async (_what, fault, code, retryable) => {
    endpoint.failNext(1, fault);

    const fetched = await identityToken(async () => credential(), RESOURCE);

    expect(fetched).toMatchObject({ ok: false, failure: { code, retryable } });
    expect(JSON.stringify(fetched)).not.toMatch(new RegExp(`${SECRET}|127\\.0\\.0\\.1`));
  });

  test.each([
    [400, 'AZURE_CLIENT_ID', false],
    [500, 'HTTP 500', true],
  ])('is told of a vault too, %i', async (status, words, isTransient) => {
    endpoint.failNext(1, appService(status, 'x'));
    const thrown: unknown = await credential()
      .getToken(`${RESOURCE}/.default`)
      .catch((error: unknown) => error);

    expect(explainVaultError(thrown, 'the-secret', 0)).toMatchObject({
      failure: { code: 'vault_unavailable', message: expect.stringContaining(words) },
      isTransient,
    });
  });
});
