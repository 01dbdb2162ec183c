import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { ServerCertificate } from '../../local/certificates/createCertificateAuthority.ts';
import {
  CONSENT_REDIRECT_URI,
  ENTRA_API_ID,
  ENTRA_APP_ID,
  ENTRA_TENANT_ID,
  IDENTITY_CLIENT_ID,
  PARTNER_CENTER,
  PASSWORD_ONLY_USER,
  REPORTS_USER,
  USER_OF_OTHER_TENANT,
} from '../../local/entra/directory/entraSeed.ts';
import type { ClientProofCall } from './entraCalls.ts';
import { type EntraUnderTest, startEntraUnderTest } from './entraUnderTest.ts';

const access = { tenantId: ENTRA_TENANT_ID, clientId: ENTRA_APP_ID };
const scope = `${PARTNER_CENTER}/user_impersonation`;
const appScope = `${PARTNER_CENTER}/.default`;
const userGrantSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  userName: z.string(),
});

const openIdSchema = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keysSchema = z.object({
  keys: z.array(z.object({ kty: z.string(), kid: z.string(), n: z.string(), e: z.string() })),
});

describe("the local cloud's Entra", () => {
  let under: EntraUnderTest;
  let certificate: ServerCertificate;
  let proofs: Readonly<Record<ClientProofCall['by'], ClientProofCall>>;

  beforeAll(async () => {
    under = await startEntraUnderTest();
    certificate = await under.authority.issue(['app.example']);
    const { directory } = under.entra;
    directory.addCertificate({ clientId: ENTRA_APP_ID, certificatePem: certificate.certificate });
    proofs = {
      secret: { by: 'secret', secret: directory.addSecret({ clientId: ENTRA_APP_ID }) },
      certificate: { by: 'certificate', ...certificate },
      identity: { by: 'identity' },
    };
  }, 30_000);

  afterAll(() => under.stop());
  afterEach(() => under.entra.clearFaults());

  const principalOf = async (token: unknown, audience = PARTNER_CENTER) => {
    const verdict = await under.issuer.verify(String(token), { audience, nowMs: Date.now() });
    return verdict.ok ? verdict.principal : verdict.reason;
  };
  const consented = (userName = REPORTS_USER) =>
    under.entra.directory.issueRefreshToken({ clientId: ENTRA_APP_ID, userName });

  describe.each(['secret', 'certificate', 'identity'] as const)('for an app that shows its %s', (by) => {
    test('gives the real credential a token without a user', async () => {
      const answer = await under.do({ do: 'appToken', ...access, proof: proofs[by], scope: appScope });

      expect(await principalOf(answer['token'])).toMatchObject({ kind: 'app', clientId: ENTRA_APP_ID });
      expect(under.entra.requests.at(-1)).toMatchObject({
        ...{ endpoint: 'token', grant: 'client_credentials', status: 200 },
        clientProof: by === 'identity' ? 'federated' : by,
      });
    });

    test('gives MSAL a token of the user with MFA, and a new refresh token while the old one stays good', async () => {
      const first = consented();
      const call = { do: 'refresh', ...access, proof: proofs[by], scope } as const;

      const answer = userGrantSchema.parse(await under.do({ ...call, refreshToken: first }));

      expect(await principalOf(answer.accessToken)).toMatchObject({
        ...{ kind: 'user', mfa: true, userName: REPORTS_USER, clientId: ENTRA_APP_ID },
      });
      expect(answer.refreshToken).not.toBe(first);
      expect(answer.userName).toBe(REPORTS_USER);
      for (const refreshToken of [first, answer.refreshToken]) {
        await expect(under.do({ ...call, refreshToken })).resolves.toHaveProperty('accessToken');
      }
    });
  });

  test('gives MSAL the tokens for a code, once, to who has its verifier', async () => {
    const proof = proofs.identity;
    const redirectUri = CONSENT_REDIRECT_URI;
    const asked = z
      .object({ url: z.string(), verifier: z.string() })
      .parse(await under.do({ do: 'authorizeUrl', ...access, proof, redirectUri, scope }));
    const { pathname, search } = new URL(asked.url);
    const { code, state } = await decide(`${pathname}${search}`, REPORTS_USER, 'accept');
    const call = { do: 'redeemCode', ...access, proof, redirectUri, scope, code } as const;

    await expect(under.do({ ...call, verifier: 'x'.repeat(43) })).rejects.toThrow('AADSTS501481');
    const answer = userGrantSchema.parse(await under.do({ ...call, verifier: asked.verifier }));

    expect(state).toBe('a state');
    expect(await principalOf(answer.accessToken)).toMatchObject({ kind: 'user', mfa: true });
    await expect(under.do({ ...call, verifier: asked.verifier })).rejects.toThrow('AADSTS54005');
  });

  test('gives a managed identity the roles that it has on an API, in a token that the published keys verify', async () => {
    const audience = 'api://intermission';
    under.entra.directory.assignRoles({ clientId: IDENTITY_CLIENT_ID, audience, roles: ['Reports.Pause'] });

    const { token } = await under.do({ do: 'identityToken', scope: `${audience}/.default` });

    const about = openIdSchema.parse(
      JSON.parse((await under.ask(`/${ENTRA_TENANT_ID}/v2.0/.well-known/openid-configuration`)).text),
    );
    const keys = keysSchema.parse(JSON.parse((await under.ask(new URL(about.jwks_uri).pathname)).text));
    const { payload } = await jwtVerify(String(token), createLocalJWKSet(keys), {
      ...{ issuer: about.issuer, audience: ENTRA_API_ID },
    });
    expect(payload).toMatchObject({ roles: ['Reports.Pause'], tid: ENTRA_TENANT_ID, ver: '2.0' });
  });

  test('serves the first version of the token endpoint too', async () => {
    const { secret } = z.object({ secret: z.string() }).parse(proofs.secret);
    const proof = { client_id: ENTRA_APP_ID, client_secret: secret, resource: PARTNER_CENTER };
    const grant = { grant_type: 'refresh_token', refresh_token: consented() };

    const { body } = await under.askToken({ ...proof, ...grant }, '/oauth2/token');

    expect(body).toMatchObject({ expires_in: '3599', scope: 'user_impersonation', resource: PARTNER_CENTER });
    expect(await principalOf(body['access_token'])).toMatchObject({ kind: 'user', mfa: true });
  });

  test('says in the token when a user signed in with a password alone', async () => {
    const { body } = await askToken({ refresh_token: consented(PASSWORD_ONLY_USER) });

    expect(decodeJwt(String(body['access_token']))['amr']).toEqual(['pwd']);
  });

  describe('refuses', () => {
    const dayInMs = 86_400_000;
    let shiftedInMs = 0;

    afterEach(() => {
      under.entra.directory.demandMfa(REPORTS_USER, null);
      under.entra.shiftClock(-shiftedInMs);
      shiftedInMs = 0;
    });

    const wait = (byInMs: number) => {
      shiftedInMs += byInMs;
      under.entra.shiftClock(byInMs);
    };
    type Parameters = Readonly<Record<string, string>>;
    const cases: [number, string, number, string, () => Parameters | Promise<Parameters>][] = [
      [700082, 'a refresh token of 90 days', 400, 'invalid_grant', () => later(90 * dayInMs, refreshing())],
      [50173, 'a sign-in that was revoked', 400, 'invalid_grant', () => revoked('session')],
      [50173, 'a user whose grants were revoked', 400, 'invalid_grant', () => revoked('user')],
      [65001, 'a user who took the consent back', 400, 'invalid_grant', unconsented],
      [50076, 'a sign-in that needs MFA now', 400, 'interaction_required', () => demanded('signIn')],
      [50079, 'a user who must enroll for MFA', 400, 'interaction_required', () => demanded('enroll')],
      [9002313, 'a refresh token that is none', 400, 'invalid_grant', () => ({ refresh_token: 'none' })],
      [7000215, 'a wrong secret', 401, 'invalid_client', () => ({ client_secret: 'wrong' })],
      [7000222, 'an expired secret', 401, 'invalid_client', expiredSecret],
      [7000218, 'no proof at all', 401, 'invalid_client', () => ({ client_secret: '' })],
      [700016, 'an unknown app', 400, 'unauthorized_client', () => ({ client_id: ENTRA_TENANT_ID })],
      [70011, 'an unknown scope', 400, 'invalid_scope', () => ({ scope: `${PARTNER_CENTER}/all` })],
      [500011, 'an unknown resource', 400, 'invalid_resource', () => ({ scope: 'https://a.example/b' })],
      [28000, 'scopes of two resources', 400, 'invalid_scope', () => ({ scope: `${scope} api://a/b` })],
      [70003, 'other grants', 400, 'unsupported_grant_type', () => ({ grant_type: 'password' })],
      [900144, 'a request without its grant', 400, 'invalid_request', () => ({ grant_type: '' })],
      [70008, 'a code of 10 minutes', 400, 'invalid_grant', async () => later(600_000, await coded())],
      [
        500112,
        'a code for another address',
        400,
        'invalid_grant',
        () => coded('http://localhost:8401/consent'),
      ],
      [
        501481,
        'a verifier without a challenge',
        400,
        'invalid_grant',
        async () => ({ ...(await coded()), code_verifier: 'x' }),
      ],
    ];

    test.each(cases)('%i %s', async (code, _what, status, error, prepare) => {
      const answer = await askToken({ refresh_token: consented(), ...(await prepare()) });

      expect(answer).toMatchObject({
        status,
        body: {
          ...{ error, error_codes: [code], trace_id: expect.any(String), correlation_id: expect.any(String) },
          error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: .* Trace ID: `)),
        },
      });
      expect(under.entra.requests.at(-1)).toMatchObject({ errorCode: code, status });
    });

    const refreshing = () => ({ refresh_token: consented() });

    function later(byInMs: number, parameters: Parameters): Parameters {
      wait(byInMs);
      return parameters;
    }

    function revoked(what: 'session' | 'user'): Parameters {
      const parameters = refreshing();
      if (what === 'user') {
        under.entra.directory.revokeUser(REPORTS_USER);
        wait(1_000);
      } else {
        under.entra.directory.revokeSession(parameters.refresh_token);
      }
      return parameters;
    }

    function unconsented(): Parameters {
      const refresh_token = consented(PASSWORD_ONLY_USER);
      under.entra.directory.revokeConsent({ clientId: ENTRA_APP_ID, userName: PASSWORD_ONLY_USER });
      return { refresh_token };
    }

    function demanded(demand: 'signIn' | 'enroll'): Parameters {
      under.entra.directory.demandMfa(REPORTS_USER, demand);
      return refreshing();
    }

    function expiredSecret(): Parameters {
      const expiresAtMs = Date.now() - 1;
      return { client_secret: under.entra.directory.addSecret({ clientId: ENTRA_APP_ID, expiresAtMs }) };
    }

    async function coded(redirect_uri = CONSENT_REDIRECT_URI): Promise<Parameters> {
      const { code } = await decide(authorizePath(), REPORTS_USER, 'accept');
      return { grant_type: 'authorization_code', code, redirect_uri };
    }
  });

  describe('refuses a client assertion', () => {
    const claims = () => {
      const now = Math.floor(Date.now() / 1000);
      const aud = `${under.entra.url}/${ENTRA_TENANT_ID}/oauth2/v2.0/token`;
      return { iss: ENTRA_APP_ID, sub: ENTRA_APP_ID, aud, jti: 'one', nbf: now, exp: now + 300 };
    };

    test.each<[number, string, Readonly<Record<string, unknown>>]>([
      [700023, 'for somebody else', { aud: 'https://login.example/token' }],
      [700024, 'that has expired', { exp: 1 }],
      [700021, 'of another app', { sub: ENTRA_TENANT_ID }],
      [50027, 'without an id', { jti: undefined }],
    ])('%i %s', async (code, _what, changed) => {
      expect(await assert({ ...claims(), ...changed }, certificate)).toBe(code);
    });

    test('700027 that an unregistered certificate or another key signed', async () => {
      const other = await under.authority.issue(['other.example']);

      expect(await assert(claims(), other)).toBe(700027);
      expect(await assert(claims(), { ...certificate, privateKey: other.privateKey })).toBe(700027);
      expect(await assert(claims(), certificate)).toBeNull();
    });

    test('of an identity that the app does not trust, or for another audience, or from elsewhere', async () => {
      const { directory, identityIssuer } = under.entra;
      const identity = { kind: 'app', mfa: false, userName: null, tenantId: ENTRA_TENANT_ID } as const;
      const times = { issuedAtMs: Date.now(), lifetimeInSeconds: 300 };
      const tokenOf = (clientId: string, audience = 'api://AzureADTokenExchange') =>
        identityIssuer.issue({ ...identity, ...times, clientId, audience });

      expect(await show(await tokenOf(IDENTITY_CLIENT_ID))).toBeNull();
      expect(await show(await tokenOf(ENTRA_API_ID))).toBe(700213);
      expect(await show(await tokenOf(IDENTITY_CLIENT_ID, 'api://intermission'))).toBe(700212);
      expect(await show(await tokenOf(IDENTITY_CLIENT_ID, PARTNER_CENTER))).toBe(700211);
      directory.removeFederatedCredentials(ENTRA_APP_ID);
      expect(await show(await tokenOf(IDENTITY_CLIENT_ID))).toBe(70025);
      directory.trustIdentity({ clientId: ENTRA_APP_ID, identityClientId: IDENTITY_CLIENT_ID });
      expect(await show(await tokenOf(IDENTITY_CLIENT_ID))).toBeNull();
    });

    async function assert(payload: JWTPayload, { certificate: pem, privateKey }: ServerCertificate) {
      const thumbprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
      const jwt = new SignJWT(payload).setProtectedHeader({ alg: 'PS256', 'x5t#S256': thumbprint });
      return show(await jwt.sign(createPrivateKey(privateKey)));
    }

    /** The code of the refusal, or null. */
    async function show(client_assertion: string) {
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      const shown = { client_secret: '', client_assertion, client_assertion_type };
      const { body } = await askToken({ ...shown, refresh_token: consented() });
      return z.tuple([z.number()]).optional().parse(body['error_codes'])?.[0] ?? null;
    }
  });

  describe('on the sign-in page', () => {
    test('takes back a no to the app', async () => {
      expect(await decide(authorizePath(), REPORTS_USER, 'decline')).toMatchObject({
        ...{ error: 'access_denied', error_description: expect.stringContaining('AADSTS65004') },
        state: 'a state',
      });
    });

    test('posts the answer where the app asked for it so', async () => {
      const path = authorizePath({ response_mode: 'form_post' });
      const { text } = await postDecision(path, REPORTS_USER, 'accept');

      expect(text).toContain(`action="${CONSENT_REDIRECT_URI}"`);
      expect(text).toContain('name="code"');
      expect(text).toContain('name="state" value="a state"');
    });

    test('keeps a user of another tenant on the page', async () => {
      const answer = await postDecision(authorizePath(), USER_OF_OTHER_TENANT, 'accept');

      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('AADSTS50020')]);
    });

    test.each([
      ['AADSTS50011', 'an address that is not registered', { redirect_uri: 'http://localhost:8401/consent' }],
      ['AADSTS700016', 'an unknown app', { client_id: ENTRA_TENANT_ID }],
    ])('shows %s for %s and sends nothing there', async (code, _what, changed) => {
      const answer = await under.ask(authorizePath(changed));

      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(code)]);
      expect(answer.headers).not.toHaveProperty('location');
    });

    test.each([
      ['700051', { response_type: 'token' }],
      ['70011', { scope: 'openid' }],
      ['501481', { code_challenge: 'x', code_challenge_method: 'plain' }],
    ])('sends AADSTS%s back to the app', async (code, changed) => {
      const { status, headers } = await under.ask(authorizePath(changed));
      const location = new URL(String(headers['location']));

      expect([status, location.origin]).toEqual([302, 'http://localhost:8400']);
      expect(location.searchParams.get('error_description')).toContain(`AADSTS${code}`);
    });
  });

  test('fails as it was told', async () => {
    const fault = { kind: 'status', status: 429, retryAfterInSeconds: 7 } as const;
    under.entra.planFault({ fault, count: 1 });
    const throttled = await askToken({ refresh_token: consented() });
    expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '7']);

    under.entra.planFault({ fault: { kind: 'status', status: 503 }, count: 1, grant: 'refresh_token' });
    expect(await askToken({ refresh_token: consented() })).toMatchObject({
      ...{ status: 503, body: { error: 'temporarily_unavailable' } },
    });
    under.entra.planFault({ fault: { kind: 'garbage' }, count: 1, endpoint: 'keys' });
    expect((await under.ask(`/${ENTRA_TENANT_ID}/discovery/v2.0/keys`)).text).toContain('<html>');
    under.entra.planFault({ fault: { kind: 'reset', takesEffect: false }, count: 1 });
    await expect(askToken({ refresh_token: consented() })).rejects.toThrow('socket hang up');
    expect(under.entra.requests.at(-1)?.status).toBe(0);
    expect((await askToken({ refresh_token: consented() })).status).toBe(200);
  });

  test('is told over HTTP what to do, by this machine alone', async () => {
    const tell = (body: object, headers: Readonly<Record<string, string>> = {}) =>
      under.ask('/_admin/do', { method: 'POST', headers }, JSON.stringify(body));

    const added = await tell({ do: 'addSecret', clientId: ENTRA_APP_ID });
    const { secret } = z.object({ secret: z.string() }).parse(JSON.parse(added.text));
    expect((await askToken({ client_secret: secret, refresh_token: consented() })).status).toBe(200);
    expect((await tell({ do: 'revokeUser', userName: 'nobody@partner.example' })).status).toBe(400);
    expect((await tell({ do: 'clearFaults' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await tell({ do: 'clearFaults' }, { host: 'evil.example' })).status).toBe(403);
    expect(JSON.parse((await under.ask('/_admin/requests')).text)).toHaveLength(under.entra.requests.length);
    expect(under.entra.secrets()).toContain(secret);
  });

  const askToken = (changed: Readonly<Record<string, string>>) => {
    const { secret } = z.object({ secret: z.string() }).parse(proofs.secret);
    const defaults = { client_id: ENTRA_APP_ID, client_secret: secret, grant_type: 'refresh_token', scope };
    const parameters = Object.entries({ ...defaults, ...changed }).filter(([, value]) => value !== '');
    return under.askToken(Object.fromEntries(parameters));
  };

  const authorizePath = (changed: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams({
      ...{ client_id: ENTRA_APP_ID, response_type: 'code', redirect_uri: CONSENT_REDIRECT_URI },
      ...{ scope: `${scope} offline_access openid`, state: 'a state', ...changed },
    });
    return `/${ENTRA_TENANT_ID}/oauth2/v2.0/authorize?${query}`;
  };

  /** What a person does on the page, without a browser. */
  const postDecision = async (path: string, user: string, decision: 'accept' | 'decline') => {
    expect((await under.ask(path)).text).toContain(user);
    const request = path.slice(path.indexOf('?') + 1);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ request, user, decision }).toString();
    return under.ask(path, { method: 'POST', headers }, body);
  };

  const decide = async (path: string, user: string, decision: 'accept' | 'decline') => {
    const { headers } = await postDecision(path, user, decision);
    const { searchParams } = new URL(String(headers['location']));
    return z
      .object({ code: z.string().default('') })
      .loose()
      .parse(Object.fromEntries(searchParams));
  };
});
