import { type AdmissionRequest, admit } from '../../../shared/callers/admit.ts';
import type { CallerCheck } from '../../../shared/callers/callerCheck.ts';
import type { EntraPrincipal } from '../../../shared/callers/entraPrincipal.ts';
import type { EntraVerdict } from '../../../shared/callers/verifyEntraToken.ts';
import { createRefusalSums } from '../../../shared/telemetry/refusalSums.ts';

const app: EntraPrincipal = {
  ...{ kind: 'app', clientId: 'app-id', objectId: 'object-id', name: null },
  roles: ['Reports.Pause', 'Somebody.Elses'],
};

function entra(verdict: EntraVerdict): CallerCheck {
  return {
    kind: 'entra',
    rule: { tenantId: 't', audiences: [] },
    verify: async () => verdict,
    refusals: createRefusalSums({ now: () => 0 }),
  };
}

const proven = (principal: EntraPrincipal) => entra({ kind: 'proven', principal });

function requestOf({
  headers = { authorization: 'Bearer a.b.c' },
  ...more
}: Partial<AdmissionRequest> & { readonly headers?: Readonly<Record<string, string>> } = {}) {
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const given = new Headers(headers);
  const request: AdmissionRequest = {
    ...{ role: 'Reports.Pause', registeredFor: 'entra', header: (name) => given.get(name) },
    ...{ teller: { info: tell, warn: tell, error: tell }, correlationId: 'c-1', ...more },
  };
  return { request, told };
}

describe('who is let in with AUTH entra', () => {
  test('is known by an id that does not change, with the roles that this app knows', async () => {
    const user = { ...app, kind: 'user', name: 'ana@contoso.example' } as const;

    expect(await admit(proven(app), requestOf().request)).toEqual({
      ok: true,
      caller: { id: 'entra:app:app-id', name: null, roles: ['Reports.Pause'] },
    });
    expect(await admit(proven(user), requestOf().request)).toMatchObject({
      caller: { id: 'entra:user:object-id', name: 'ana@contoso.example' },
    });
  });

  test('bears a name without control characters, links or tokens, and not endless', async () => {
    const name = `Ana\r\n\u202e see https://evil.example eyJhbGciOiJSUzI1NiJ9.x.y ${'x'.repeat(500)}`;
    const admitted = await admit(proven({ ...app, name }), requestOf().request);

    const shown = admitted.ok ? (admitted.caller.name ?? '') : '';
    expect(shown).toMatch(/^Ana see \[link\] \[token\] x+…$/);
    expect(shown).toHaveLength(100);
  });

  test.each([
    ['Reports.Read', ['Reports.Read'], true],
    ['Reports.Read', ['Reports.Pause'], true],
    ['Reports.Pause', ['Intermission.Operate'], true],
    ['Reports.Pause', ['Reports.Read'], false],
    ['Intermission.Operate', ['Reports.Read', 'Reports.Pause'], false],
    ['Intermission.Consent', ['Intermission.Consent'], true],
    ['Intermission.Consent', ['Reports.Read', 'Reports.Pause', 'Intermission.Operate'], false],
    ['Reports.Read', ['Intermission.Consent'], false],
    ['Reports.Read', ['reports.read', 'Reports.Read ', 'Insights.Read'], false],
    ['Reports.Read', [], false],
  ] as const)('needs for %s one that includes it: with %j it is %s', async (role, roles, isIn) => {
    expect((await admit(proven({ ...app, roles }), requestOf({ role }).request)).ok).toBe(isIn);
  });

  test('is told the role that is missing, and a user that a scope is none', async () => {
    const { request, told } = requestOf({ role: 'Intermission.Operate' });

    expect(await admit(proven({ ...app, kind: 'user' }), request)).toMatchObject({
      answer: {
        status: 403,
        headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
        body: {
          ...{ code: 'role_missing', role: 'Intermission.Operate' },
          title: expect.stringMatching(/Intermission\.Operate.*a scope alone opens no door/),
        },
      },
    });
    expect(told.map((line) => JSON.parse(line))).toEqual([
      {
        ...{ event: 'CallerRefused', because: 'role_missing', role: 'Intermission.Operate' },
        ...{ correlationId: 'c-1', caller: 'entra:user:object-id', count: 1 },
      },
    ]);
  });

  test('hears nothing of why a token is not taken, which the log says', async () => {
    const answers = [];
    const because = [];
    for (const reason of ['token_expired', 'token_forged', 'token_wrong_audience'] as const) {
      const { request, told } = requestOf();
      const admitted = await admit(entra({ kind: 'refused', because: reason }), request);
      answers.push(JSON.stringify(admitted));
      because.push(JSON.parse(told[0] ?? '').because);
    }

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"status":401');
    expect(because).toEqual(['token_expired', 'token_forged', 'token_wrong_audience']);
  });

  test('is asked for a token where there is none, and told that this one is not taken where there is', async () => {
    const refusal = { kind: 'refused', because: 'token_expired' } as const;
    const asked = async (headers: Readonly<Record<string, string>>) => {
      const { request, told } = requestOf({ headers });
      const admitted = await admit(entra(refusal), request);
      return { admitted, because: JSON.parse(told[0] ?? '').because };
    };
    const answered = (challenge: string) => ({
      answer: {
        ...{ status: 401, headers: { 'www-authenticate': challenge } },
        body: { code: 'not_signed_in', title: expect.stringContaining('Authorization') },
      },
    });

    expect(await asked({})).toMatchObject({ admitted: answered('Bearer'), because: 'no_bearer_token' });
    const invalid = answered('Bearer error="invalid_token"');
    expect(await asked({ authorization: 'a.b.c' })).toMatchObject({
      ...{ admitted: invalid, because: 'token_malformed' },
    });
    expect(await asked({ authorization: 'Bearer a.b.c' })).toMatchObject({
      ...{ admitted: invalid, because: 'token_expired' },
    });
  });

  test('that is an app is told to have the role assigned, and hears nothing of scopes', async () => {
    const { request } = requestOf({ role: 'Intermission.Operate' });

    expect(await admit(proven(app), request)).toMatchObject({
      answer: { body: { title: expect.stringMatching(/: assign it to the caller\.$/) } },
    });
  });

  test('is asked to come again while Entra cannot be asked', async () => {
    expect(await admit(entra({ kind: 'unreachable' }), requestOf().request)).toMatchObject({
      answer: {
        ...{ status: 503, headers: { 'retry-after': '30' } },
        body: { code: 'sign_in_unavailable', title: expect.stringContaining('nothing was done') },
      },
    });
  });

  test.each([
    ['no header', {}],
    ['an empty header', { authorization: ' ' }],
    ['no scheme', { authorization: 'a.b.c' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['two tokens', { authorization: 'Bearer a.b.c, Bearer a.b.c' }],
    ['a token without a signature', { authorization: 'Bearer a.b.' }],
    ['a token of five parts, which is encrypted', { authorization: 'Bearer a.b.c.d.e' }],
    ['an endless token', { authorization: `Bearer a.${'b'.repeat(13_000)}.c` }],
    [
      'only what the platform could have said',
      { 'x-ms-client-principal': 'e30=', 'x-ms-token-aad-access-token': 'a.b.c' },
    ],
    ['a function key', { 'x-functions-key': 'the-key' }],
  ])('is nobody with %s', async (_what, headers) => {
    const check: CallerCheck = {
      ...{
        kind: 'entra',
        rule: { tenantId: 't', audiences: [] },
        refusals: createRefusalSums({ now: () => 0 }),
      },
      verify: () => Promise.reject(new Error('nothing is verified')),
    };

    expect(await admit(check, requestOf({ headers }).request)).toMatchObject({ answer: { status: 401 } });
  });
});

describe('who is let in with AUTH keys', () => {
  const keys = { registeredFor: 'keys' } as const;

  test('may do all, and a token changes nothing', async () => {
    const plain = await admit({ kind: 'keys' }, requestOf({ ...keys, headers: {} }).request);
    const bearing = await admit({ kind: 'keys' }, requestOf(keys).request);

    expect(plain).toEqual({
      ok: true,
      caller: {
        id: 'function key',
        name: null,
        roles: ['Reports.Read', 'Reports.Pause', 'Intermission.Operate', 'Intermission.Consent'],
      },
    });
    expect(bearing).toEqual(plain);
  });

  test('may say a name, which is shown as a claim and changes nothing of the id', async () => {
    const headers = { 'x-requested-by': 'nightly deployment' };

    expect(await admit({ kind: 'keys' }, requestOf({ ...keys, headers }).request)).toMatchObject({
      caller: { id: 'function key', name: 'calls itself nightly deployment' },
    });
  });

  test('may not say more names than one', async () => {
    const headers = { 'x-requested-by': 'ana;bob, (carl)' };

    expect(await admit({ kind: 'keys' }, requestOf({ ...keys, headers }).request)).toMatchObject({
      caller: { name: 'calls itself ana bob carl' },
    });
  });
});

describe('nobody is let in', () => {
  test.each([
    ['that the settings do not say how', 'entra', { kind: 'unknown' }],
    ['that the settings have become another', 'entra', { kind: 'keys' }],
    ['that a key opened, while the settings want a token', 'keys', proven(app)],
  ] as const)('by a door %s', async (_what, registeredFor, check) => {
    expect(await admit(check, requestOf({ registeredFor }).request)).toMatchObject({
      ok: false,
      answer: { status: 500, body: { code: 'config_invalid', title: expect.stringContaining('restart') } },
    });
  });
});
