import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { createEntraVerifier, type VerifyEntraToken } from '../../shared/callers/verifyEntraToken.ts';
import { audiencesOf } from '../../shared/settings/audiencesOf.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import {
  API,
  claimsV1,
  claimsV2,
  OTHER_TENANT,
  startTokenAuthority,
  TENANT,
  type TokenAuthority,
} from '../fakes/tokenAuthority.ts';

const rule = { tenantId: TENANT, audiences: audiencesOf(API) };
const START_MS = Date.UTC(2026, 4, 1, 12);
const MINUTE_MS = 60_000;

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('a token of Entra', () => {
  let authority: TokenAuthority;
  let clock: ReturnType<typeof createFakeClock>;
  let verify: VerifyEntraToken;
  beforeAll(async () => {
    authority = await startTokenAuthority();
  });
  beforeEach(() => {
    authority.requests.length = 0;
    authority.setTrouble('none');
    clock = createFakeClock({ startMs: START_MS });
    verify = createEntraVerifier(authority.url, clock);
  });
  afterAll(() => authority.close());

  const v2 = (more = {}) => claimsV2(authority.url, clock.now(), more);
  const verdictOf = async (token: string | Promise<string>) => {
    const verdict = await verify(await token, rule);
    return verdict.kind === 'refused' ? verdict.because : verdict.kind;
  };

  test('of version 1 or 2 counts, for the client id and for the identifier URI', async () => {
    const tokens = [
      v2(),
      v2({ aud: `api://${API}` }),
      claimsV1(clock.now()),
      claimsV1(clock.now(), { aud: API }),
    ];

    for (const claims of tokens) {
      expect(await verdictOf(authority.sign(claims))).toBe('proven');
    }
    expect(authority.requests).toEqual([`/${TENANT}/discovery/v2.0/keys`]);
  });

  test('tells who it speaks for', async () => {
    const user = {
      scp: 'user_impersonation',
      preferred_username: 'ana@contoso.example',
      roles: ['Reports.Read'],
    };

    expect(await verify(await authority.sign(v2(user)), rule)).toEqual({
      kind: 'proven',
      principal: {
        ...{ kind: 'user', name: 'ana@contoso.example', roles: ['Reports.Read'] },
        clientId: 'aaaaaaaa-0000-4000-8000-000000000001',
        objectId: 'bbbbbbbb-0000-4000-8000-000000000001',
      },
    });
    expect(await verify(await authority.sign(v2()), rule)).toMatchObject({
      principal: { kind: 'app', name: null },
    });
    const named = { app_displayname: 'Nightly', preferred_username: 'not-a-user', roles: undefined };
    expect(await verify(await authority.sign(v2(named)), rule)).toMatchObject({
      principal: { kind: 'app', name: 'Nightly', roles: [] },
    });
  });

  test.each([
    ['of another tenant', { tid: OTHER_TENANT }, 'token_not_of_tenant'],
    ['without a tenant', { tid: undefined }, 'token_not_of_tenant'],
    [
      'by the issuer of another tenant',
      { iss: `https://sts.windows.net/${OTHER_TENANT}/` },
      'token_not_of_tenant',
    ],
    [
      'by an issuer with one letter more',
      { iss: `https://sts.windows.net/${TENANT}/x` },
      'token_not_of_tenant',
    ],
    [
      'by an issuer without the last slash',
      { iss: `https://sts.windows.net/${TENANT}` },
      'token_not_of_tenant',
    ],
    [
      'by the issuer of the other version',
      { iss: `https://sts.windows.net/${TENANT}/` },
      'token_not_of_tenant',
    ],
    ['for another app', { aud: 'https://graph.microsoft.com' }, 'token_wrong_audience'],
    ['for nobody', { aud: undefined }, 'token_wrong_audience'],
    ['for something that begins like us', { aud: `${API}0` }, 'token_wrong_audience'],
    ['that is over', { exp: START_MS / 1000 - 61 }, 'token_expired'],
    ['that never ends', { exp: undefined }, 'token_expired'],
    ['of the future', { nbf: START_MS / 1000 + 61 }, 'token_not_yet_valid'],
    ['without a beginning', { nbf: undefined }, 'token_not_yet_valid'],
    ['whose time is text', { exp: '4102444800' }, 'token_expired'],
    ['without an app, as ID tokens are', { azp: undefined }, 'token_not_of_tenant'],
    ['whose roles are no list', { roles: 'Intermission.Operate' }, 'token_not_of_tenant'],
  ])('%s is refused', async (_what, more, because) => {
    expect(await verdictOf(authority.sign(v2(more)))).toBe(because);
  });

  test('is taken while the clocks are a minute apart', async () => {
    const now = START_MS / 1000;

    expect(await verdictOf(authority.sign(v2({ exp: now - 59 })))).toBe('proven');
    expect(await verdictOf(authority.sign(v2({ nbf: now + 60 })))).toBe('proven');
  });

  test('without a signature, or signed by what everybody knows, is refused', async () => {
    const { kid, jwk } = authority.key();
    const body = encode(v2());
    const unsigned = `${encode({ alg: 'none', typ: 'JWT', kid })}.${body}.`;
    const hmacHead = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${body}`;
    const imported = await importJWK(jwk, 'RS256');
    const publicPem = imported instanceof Uint8Array ? '' : await exportSPKI(imported);
    const hmacOf = (secret: string) => createHmac('sha256', secret).update(hmacHead).digest('base64url');
    const good = await authority.sign(v2());
    const [head = '', , signature = ''] = good.split('.');

    expect(await verdictOf(unsigned)).toBe('token_forged');
    expect(await verdictOf(`${unsigned}${signature}`)).toBe('token_forged');
    expect(publicPem).toContain('PUBLIC KEY');
    expect(await verdictOf(`${hmacHead}.${hmacOf(publicPem)}`)).toBe('token_forged');
    expect(await verdictOf(`${hmacHead}.${hmacOf(jwk.n ?? '')}`)).toBe('token_forged');
    expect(await verdictOf(`${head}.${encode(v2({ roles: ['Reports.Read'] }))}.${signature}`)).toBe(
      'token_forged',
    );
    expect(await verdictOf(good.replace(head, encode({ alg: 'PS256', typ: 'JWT', kid })))).toBe(
      'token_forged',
    );
    expect(await verdictOf(good)).toBe('proven');
  });

  test('names no place for its own key: jku, x5u and jwk are never looked at', async () => {
    const other = await startTokenAuthority();
    const mine = await other.makeKey();
    const elsewhere = { jku: `${other.url}/${TENANT}/discovery/v2.0/keys`, x5u: `${other.url}/chain.pem` };

    const verdicts = [
      await verdictOf(authority.sign(v2(), elsewhere, mine)),
      await verdictOf(authority.sign(v2(), { ...elsewhere, kid: authority.key().kid }, mine)),
      await verdictOf(authority.sign(v2(), { jwk: mine.jwk, kid: authority.key().kid }, mine)),
    ];
    const { requests } = other;
    await other.close();

    expect(verdicts).toEqual(['token_unknown_key', 'token_forged', 'token_forged']);
    expect(requests).toEqual([]);
  });

  test('that wants something we do not know (crit) is refused', async () => {
    const token = await authority.sign(v2());
    const [, body, signature] = token.split('.');
    const head = encode({ alg: 'RS256', kid: authority.key().kid, crit: ['exp'], exp: 1 });

    expect(await verdictOf(`${head}.${body}.${signature}`)).toBe('token_malformed');
    for (const odd of ['a.b.c', 'e30.e30.e30', `${encode('[]')}.${body}.${signature}`]) {
      expect(await verdictOf(odd)).toBe('token_malformed');
    }
  });

  test('of a key that is known is judged without asking again for six hours', async () => {
    const token = await authority.sign(v2({ exp: START_MS / 1000 + 100_000 }));
    for (const waitMs of [0, MINUTE_MS, 6 * 60 * MINUTE_MS - MINUTE_MS - 1]) {
      await clock.advance(waitMs);
      expect(await verdictOf(token)).toBe('proven');
    }
    expect(authority.requests).toHaveLength(1);
    await clock.advance(1);
    await verdictOf(token);
    expect(authority.requests).toHaveLength(2);
  });

  test('of a key that is new is taken after asking once more, and not sooner than half a minute after the last time', async () => {
    expect(await verdictOf(authority.sign(v2()))).toBe('proven');
    await authority.rotate();

    expect(await verdictOf(authority.sign(v2()))).toBe('token_unknown_key');
    expect(authority.requests).toHaveLength(1);
    await clock.advance(30_000);
    expect(await verdictOf(authority.sign(v2()))).toBe('proven');
    expect(authority.requests).toHaveLength(2);
  });

  test('of unknown keys, a hundred at once, makes one call', async () => {
    await verdictOf(authority.sign(v2()));
    await clock.advance(MINUTE_MS);
    const stranger = await authority.makeKey();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => authority.sign(v2(), {}, stranger)));

    const verdicts = await Promise.all(tokens.map(verdictOf));

    expect(new Set(verdicts)).toEqual(new Set(['token_unknown_key']));
    expect(authority.requests).toHaveLength(2);
  });

  test('of a key that is no longer published is refused within six hours', async () => {
    const old = authority.key();
    await verdictOf(authority.sign(v2()));
    await authority.rotate({ keepsOld: false });
    await clock.advance(6 * 60 * MINUTE_MS);

    expect(await verdictOf(authority.sign(v2(), {}, old))).toBe('token_unknown_key');
  });

  test.each(['status', 'hangUp', 'garbage', 'redirect', 'tooLong'] as const)(
    'cannot be judged while the keys cannot be had (%s), and is asked about again after five seconds',
    async (trouble) => {
      authority.setTrouble(trouble);
      const token = await authority.sign(v2());

      expect(await verdictOf(token)).toBe('unreachable');
      expect(await verdictOf(token)).toBe('unreachable');
      expect(authority.requests).toEqual([`/${TENANT}/discovery/v2.0/keys`]);
      authority.setTrouble('none');
      await clock.advance(5_000);
      expect(await verdictOf(token)).toBe('proven');
    },
  );

  test('is judged by the keys that are known for a day of an outage, and not longer', async () => {
    const long = { exp: START_MS / 1000 + 200_000 };
    const token = await authority.sign(v2(long));
    await verdictOf(token);
    authority.setTrouble('hangUp');

    await clock.advance(23 * 60 * MINUTE_MS);
    expect(await verdictOf(token)).toBe('proven');
    const stranger = await authority.makeKey();
    expect(await verdictOf(authority.sign(v2(long), {}, stranger))).toBe('unreachable');
    await clock.advance(61 * MINUTE_MS);
    expect(await verdictOf(token)).toBe('unreachable');
  });
});
