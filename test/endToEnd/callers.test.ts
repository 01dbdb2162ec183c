import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import { defaultEntraSeed, IDENTITY_CLIENT_ID } from '../../local/entra/directory/entraSeed.ts';
import { startEntra } from '../../local/entra/startEntra.ts';
import { API, claimsV2, OTHER_TENANT, startTokenAuthority, TENANT } from '../fakes/tokenAuthority.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { hostKeys } from './appUnderTest.ts';
import { type CallersCloud, startCallersCloud } from './callersCloud.ts';
import { documentOf, runCtl } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const EVENT_GRID = '4962773b-9cdb-44cf-a8bf-237846a00ab7';
const HOOK = 'api://intermission-hooks';
const hookReports = [reportId(20)];

const sources = [
  {
    name: 'grid',
    kind: 'eventGrid',
    reports: { ids: hookReports },
    entra: { tenantId: OTHER_TENANT, audience: HOOK },
  },
];

/** Open to anybody, or by a proof of their own. */
const OPEN = new Set(['page', 'pageFile', 'health', 'openApi', 'runStatus', 'webhook']);

const runShape = z.object({ runId: z.string(), status: z.string() });

describe('an app that lets in who has a token of Entra', () => {
  const ana = 'cccccccc-0000-4000-8000-00000000000a';
  const user = { scp: 'user_impersonation', oid: ana, preferred_username: 'ana@contoso.example' };
  const robot = { azp: 'dddddddd-0000-4000-8000-00000000000b', app_displayname: 'Night\u0007ly\u202e load' };
  let cloud: CallersCloud;
  let app: AppUnderTest;
  const ask: (...asking: ParametersOfAsk) => ReturnType<CallersCloud['ask']> = (...asking) =>
    cloud.ask(app, ...asking);
  beforeAll(async () => {
    cloud = await startCallersCloud();
    app = await cloud.startApp({ WEBHOOKS: JSON.stringify(sources) });
  });
  afterAll(() => cloud.stop());

  test('asks for it at every door itself: no key and no header of the platform opens one', async () => {
    const http = app.host.functions.filter(({ type }) => type === 'httpTrigger');
    const guarded = http.filter(({ name }) => !OPEN.has(name));
    const principal = Buffer.from(
      JSON.stringify({ claims: [{ typ: 'roles', val: 'Intermission.Operate' }] }),
    );
    const headers = {
      'x-functions-key': hostKeys.master,
      'x-ms-client-principal': principal.toString('base64'),
      'x-ms-client-principal-id': ana,
      'x-ms-client-principal-idp': 'aad',
      'x-ms-token-aad-access-token': await cloud.tokenOf(['Intermission.Operate']),
    };

    expect(http.map(({ authLevel }) => authLevel)).toEqual(http.map(() => 'anonymous'));
    expect(guarded.length).toBeGreaterThan(10);
    for (const { methods, route } of guarded) {
      const { status, headers: answered, json } = await ask(methods[0] ?? '', `/${route}`, { headers });
      expect([route, status, answered.get('www-authenticate')]).toEqual([route, 401, 'Bearer']);
      expect(json).toMatchObject({ code: 'not_signed_in' });
    }
    expect(cloud.authority.requests).toEqual([]);
    expect(await cloud.emulator.requests()).toEqual([]);
  });

  test('lets anybody ask whether it is well', async () => {
    expect(await ask('GET', '/api/health')).toMatchObject({ status: 200, json: { status: 'ok' } });
  });

  test.each([
    [['Reports.Read'], [200, 403, 403, 403, 403, 403]],
    [['Reports.Pause'], [200, 400, 400, 403, 403, 403]],
    [['Intermission.Operate'], [200, 400, 400, 400, 400, 400]],
    [['Insights.Read'], [403, 403, 403, 403, 403, 403]],
    [[], [403, 403, 403, 403, 403, 403]],
  ])('opens to the roles %j what they are for', async (roles, statuses) => {
    const token = await cloud.tokenOf(roles);
    const takeOver = { reportIds: [reportId(1)], takeOver: true };
    const answers = [
      await ask('GET', '/api/health/details', { token }),
      await ask('POST', '/api/pause', { token, body: {} }),
      // A request without its reason.
      await ask('POST', '/api/resume', { token, body: takeOver }),
      await ask('POST', '/api/drain', { token, body: { reason: 5 } }),
      await ask('POST', '/api/accounts/default/relearn', { token, body: { reason: 5 } }),
      await ask('POST', '/api/windows/default/end', { token, body: { reason: 5 } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  test('keeps the consent for who has the role for it, whatever else somebody may', async () => {
    const everything = await cloud.tokenOf(['Reports.Read', 'Reports.Pause', 'Intermission.Operate']);
    const consenting = await cloud.tokenOf(['Intermission.Consent']);
    const path = '/api/accounts/default/consent';
    const answers = [
      await ask('GET', path, { token: everything }),
      await ask('POST', path, { token: everything, body: {} }),
      // Let in: this account signs in without a user, and needs no consent.
      await ask('POST', path, { token: consenting, body: {} }),
      await ask('GET', '/api/windows', { token: consenting }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 409, 403]);
    expect(answers[0]?.json).toMatchObject({ code: 'role_missing', role: 'Intermission.Consent' });
  });

  test('keeps what overrules others for its operators', async () => {
    const token = await cloud.tokenOf(['Reports.Pause']);
    for (const more of [{ takeOver: true }, { includeWindows: true }]) {
      const body = { reportIds: [reportId(1)], reason: 'mine now', ...more };
      const answer = await ask('POST', '/api/resume', { token, body });

      expect([answer.status, answer.json]).toEqual([
        403,
        expect.objectContaining({ code: 'role_missing', role: 'Intermission.Operate' }),
      ]);
    }
  });

  test('tells a user with a scope and no role which role it takes', async () => {
    const token = await cloud.tokenOf([], user);

    expect(await ask('POST', '/api/pause', { token, body: {} })).toMatchObject({
      status: 403,
      json: { role: 'Reports.Pause', title: expect.stringContaining('a scope alone opens no door') },
    });
  });

  test('takes nothing that is not a good token of its own tenant, and gives no hint', async () => {
    const other = await startTokenAuthority();
    const { kid, jwk } = cloud.authority.key();
    const claims = claimsV2(cloud.authority.url, Date.now());
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${encode({ alg: 'none', kid })}.${encode(claims)}`;
    const hmac = `${encode({ alg: 'HS256', kid })}.${encode(claims)}`;
    const now = Math.floor(Date.now() / 1000);
    const theirs = await other.makeKey();
    const jku = `${other.url}/${OTHER_TENANT}/discovery/v2.0/keys`;
    const bad: Readonly<Record<string, string>> = {
      'no signature': `${none}.`,
      'a signature that says none': `${none}.AAAA`,
      'signed by the public key': `${hmac}.${createHmac('sha256', jwk.n ?? '')
        .update(hmac)
        .digest('base64url')}`,
      'another tenant': await cloud.sign({ ...claims, tid: OTHER_TENANT }),
      'another issuer': await cloud.sign({ ...claims, iss: 'https://issuer.example' }),
      'another audience': await cloud.sign({ ...claims, aud: HOOK }),
      expired: await cloud.sign({ ...claims, exp: now - 120 }),
      'not yet': await cloud.sign({ ...claims, nbf: now + 120 }),
      'an ID token': await cloud.sign({ ...claims, azp: undefined }),
      'a key of others': await cloud.sign(claims, {}, theirs),
      'a key elsewhere': await cloud.sign(claims, { jku, x5u: jku }, theirs),
      'a key elsewhere under our name': await cloud.sign(claims, { jku, kid }, theirs),
      'too long': await cloud.sign({ ...claims, more: 'x'.repeat(10_000) }),
    };
    const answers = await Promise.all(
      Object.entries(bad).map(async ([what, token]) => {
        const { status, headers, text } = await ask('POST', '/api/drain', {
          token,
          body: { confirm: 'drain' },
        });
        return [what, status, headers.get('www-authenticate'), text];
      }),
    );
    const { requests } = other;
    await other.close();

    const [[, , , text] = []] = answers;
    expect(answers).toEqual(
      Object.keys(bad).map((what) => [what, 401, 'Bearer error="invalid_token"', text]),
    );
    expect(requests).toEqual([]);
    expect(new Set(cloud.authority.requests).size).toBe(1);
  });

  test('takes a token from one header alone: not from the query, and not two', async () => {
    const token = await cloud.tokenOf(['Intermission.Operate']);
    const statuses = [
      (await ask('GET', `/api/windows?access_token=${token}&token=${token}&code=${token}`)).status,
      await cloud.askTwice(app, '/api/windows', [`Bearer ${token}`, `Bearer ${token}`]),
      await cloud.askTwice(app, '/api/windows', ['Bearer a.b.c', `Bearer ${token}`]),
      await cloud.askTwice(app, '/api/windows', [`Bearer ${token}`]),
    ];

    expect(statuses).toEqual([401, 401, 401, 200]);
  });

  test('keeps who asked and why, by an id that is proven and a name that is tame', async () => {
    const id = reportId(2);
    const [byAna, byRobot] = [
      await cloud.tokenOf(['Reports.Pause'], user),
      await cloud.tokenOf(['Reports.Pause'], robot),
    ];
    await ask('POST', '/api/pause', { token: byAna, body: { reportIds: [id], reason: 'moving house' } });
    await ask('POST', '/api/pause', {
      ...{ token: byRobot, body: { reportIds: [id], reason: 'nightly', requestId: 'one' } },
      headers: { 'x-requested-by': 'the chief' },
    });

    const { json } = await ask('GET', `/api/reports/${id}`, { token: byAna });

    expect(json).toMatchObject({
      holds: expect.arrayContaining([
        expect.objectContaining({ who: `entra:user:${ana} (ana@contoso.example)`, why: 'moving house' }),
        expect.objectContaining({ who: `entra:app:${robot.azp} (Night ly load)`, why: 'nightly' }),
      ]),
    });
  });

  test('gives nobody the answer or the request of another', async () => {
    const body = { reportIds: [reportId(3)], requestId: 'deploy' };
    const headers = { 'idempotency-key': 'the-same-key' };
    const [byAna, byRobot] = [
      await cloud.tokenOf(['Reports.Pause'], user),
      await cloud.tokenOf(['Reports.Pause'], robot),
    ];
    const first = await ask('POST', '/api/pause', { token: byAna, body, headers });
    const again = await ask('POST', '/api/pause', { token: byAna, body, headers });
    const others = await ask('POST', '/api/pause', {
      token: byRobot,
      body: { reportIds: [reportId(4)] },
      headers,
    });
    const ended = await ask('POST', '/api/resume', { token: byRobot, body: { requestId: 'deploy' } });

    expect(
      [first, again, others].map(({ headers: answered }) => answered.get('idempotent-replayed')),
    ).toEqual([...[null, 'true', null]]);
    expect([first.status, others.status, ended.status]).toEqual([200, 200, 404]);
    expect(ended.json).toMatchObject({ code: 'unknown_request' });
    expect(await cloud.emulator.statuses([reportId(3)])).toEqual(['Paused']);
  });

  test('lets a poller without credentials see its own run, by the address it was given, and no more', async () => {
    const token = await cloud.tokenOf(['Reports.Pause'], robot);
    const accepted = await ask('POST', '/api/pause', {
      ...{ token, body: { reportIds: [reportId(5)] } },
      headers: { prefer: 'respond-async' },
    });
    const location = accepted.headers.get('location') ?? '';
    const { runId } = runShape.parse(accepted.json);

    expect(accepted.status).toBe(202);
    expect([200, 202]).toContain((await cloud.askAt(location, 'GET')).status);
    expect((await ask('GET', `/api/runs/${runId}`)).status).toBe(401);
    expect((await ask('GET', `/api/runs/${runId}`, { token })).status).toBeLessThan(300);
    expect((await ask('GET', `/api/runs/${runId}/status`, { token })).status).toBe(404);
  });

  test('takes a webhook whose sender Entra vouches for, and nobody else’s', async () => {
    const code = 'the-code';
    const event = {
      id: 'e-1',
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      data: { validationCode: code },
    };
    const now = claimsV2(cloud.authority.url, Date.now());
    const claims = {
      ...{ ...now, tid: OTHER_TENANT, iss: `${cloud.authority.url}/${OTHER_TENANT}/v2.0`, aud: HOOK },
      ...{ azp: EVENT_GRID, roles: ['AzureEventGridSecureWebhookSubscriber'] },
    };
    const send = async (more: object, path = 'grid') =>
      ask('POST', `/api/webhooks/${path}`, {
        ...{ token: await cloud.sign({ ...claims, ...more }), body: [event] },
        headers: { 'content-type': 'application/json' },
      });

    expect(await send({})).toMatchObject({ status: 200, json: { validationResponse: code } });
    for (const bad of [
      { azp: robot.azp },
      { roles: [] },
      { roles: ['Intermission.Operate'] },
      { scp: 'x' },
      now,
    ]) {
      expect(await send(bad)).toMatchObject({ status: 401, json: { code: 'webhook_refused' } });
    }
    const query = `grid?token=${await cloud.sign(claims)}`;
    expect((await ask('POST', `/api/webhooks/${query}`, { body: [event] })).status).toBe(401);
    expect(cloud.events('WebhookRefused').map(({ because }) => because)).toEqual([
      // One a minute of each kind; the four with the wrong sender are of one.
      ...['token_wrong_sender', 'token_not_of_tenant', 'no_token'],
    ]);
  });

  test('answers no other website: no header of CORS, and OPTIONS only to webhooks', async () => {
    const token = await cloud.tokenOf(['Reports.Read']);
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const answers = [
      await ask('OPTIONS', '/api/pause', { headers }),
      await ask('OPTIONS', '/api/webhooks/grid', { headers }),
      await ask('GET', '/api/windows', { headers, token }),
      await ask('GET', '/api/windows', { headers }),
      await ask('POST', '/api/pause', { headers, token, body: {} }),
      await ask('GET', '/api/health', { headers }),
      await ask('GET', `/api/reports/${reportId(999)}`, { headers, token }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 401, 200, 401, 403, 200, 404]);
    const names = answers.flatMap(({ headers: answered }) => [...answered.keys()]);
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
    // The first is the host's own.
    for (const { headers: answered } of answers.slice(1)) {
      expect([answered.get('cache-control'), answered.get('x-content-type-options')]).toEqual([
        'no-store',
        'nosniff',
      ]);
    }
  });

  test('is worked on with the sign-in of the Azure CLI', async () => {
    const token = await cloud.tokenOf(['Reports.Read'], user);
    const PATH = cloud.pathWithAz(
      `echo '{"accessToken":"${token}","expires_on":4102444800,"tokenType":"Bearer"}'`,
    );
    const ctl = (...argv: readonly string[]) =>
      runCtl([...argv, '--url', app.host.url, '--audience', 'api://intermission', '--json'], { PATH });

    const windows = await ctl('windows');
    const drain = await ctl('drain', '--yes');

    expect([windows.exitCode, documentOf(windows).ok]).toEqual([0, true]);
    expect([drain.exitCode, documentOf(drain).error]).toEqual([
      3,
      { code: 'role_missing', message: expect.stringContaining('Intermission.Operate') },
    ]);
  });

  test('tells every refusal with its reason, and nothing of a token to anybody', async () => {
    const refused = cloud.events('CallerRefused');

    expect(new Set(refused.map(({ because }) => because))).toEqual(
      new Set([
        ...['no_bearer_token', 'role_missing', 'token_expired', 'token_forged', 'token_malformed'],
        ...['token_not_of_tenant', 'token_not_yet_valid', 'token_unknown_key', 'token_wrong_audience'],
      ]),
    );
    expect(
      refused.filter(({ because, caller }) => (because === 'role_missing') !== (caller !== null)),
    ).toEqual([]);
    cloud.expectNoToken();
  });

  test('lets nobody in while Entra cannot be asked, and says when to come again', async () => {
    cloud.authority.setTrouble('hangUp');
    const lonely = await cloud.startApp();
    const token = await cloud.tokenOf(['Intermission.Operate']);

    const { status, headers, json } = await cloud.ask(lonely, 'POST', '/api/drain', {
      token,
      body: { confirm: 'drain' },
    });
    cloud.authority.setTrouble('none');

    expect([status, headers.get('retry-after')]).toEqual([503, '30']);
    expect(json).toMatchObject({ code: 'sign_in_unavailable' });
  });

  test('takes the tokens of a managed identity as the local cloud’s Entra issues them', async () => {
    const certificate = await cloud.certificates.issue(HOST_NAMES.login);
    const entra = await startEntra({
      ...{ port: 0, issuer: cloud.issuer, certificate, nowMs: Date.now, seed: defaultEntraSeed },
    });
    try {
      const audience = 'api://intermission';
      const clientId = IDENTITY_CLIENT_ID;
      const other = await cloud.startApp({ AUTHORITY_HOST: entra.url, AUTH_AUDIENCE: `${API},${audience}` });
      const identity = { kind: 'app', mfa: false, tenantId: TENANT, clientId, userName: null } as const;
      const windows = async () => {
        const times = { issuedAtMs: Date.now(), lifetimeInSeconds: 3_600 };
        const token = await entra.identityIssuer.issue({ ...identity, ...times, audience });
        return (await cloud.ask(other, 'GET', '/api/windows', { token })).status;
      };

      const without = await windows();
      entra.directory.assignRoles({ clientId, audience, roles: ['Reports.Read'] });

      expect([without, await windows()]).toEqual([403, 200]);
      expect(entra.requests.map(({ endpoint }) => endpoint)).toEqual(['keys']);
    } finally {
      await entra.close();
    }
  });

  test('lets nobody in where the settings do not say whose tokens count', async () => {
    const broken = await cloud.startApp({ AUTH_TENANT_ID: '' });
    const token = await cloud.tokenOf(['Intermission.Operate']);
    const headers = { 'x-functions-key': hostKeys.master };
    const answers = await Promise.all(
      ['/api/windows', '/api/health/details', '/api/reports'].map((path) =>
        cloud.ask(broken, 'GET', path, { token, headers }),
      ),
    );

    expect(answers.map(({ status, json }) => [status, json])).toEqual(
      answers.map(() => [500, expect.objectContaining({ code: 'config_invalid' })]),
    );
    expect(broken.host.logs.map(({ message }) => message).join('\n')).toContain('AUTH_TENANT_ID');
    expect((await cloud.ask(broken, 'GET', '/api/health')).status).toBe(503);
  });
});

type ParametersOfAsk = Parameters<CallersCloud['ask']> extends [AppUnderTest, ...infer Rest] ? Rest : never;
